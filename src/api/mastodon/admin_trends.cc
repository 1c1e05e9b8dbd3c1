#include "api/mastodon/admin_route.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/tag_view.h"
#include "api/mastodon/trend_view.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

/// What trends and what would if it were let, for those who look after the house.
namespace rookery::api::mastodon {

namespace {

using discover::trends::Audience;
using discover::trends::Kind;
using discover::trends::Review;
using discover::trends::Trend;

bool waits_for_review(const Call& call, const Trend& trend) {
    return trend.review == Review::kNone && call.services().trends.limits().review;
}

std::string render_tag_for_admins(const Call& call, const Trend& trend) {
    std::string tag = render_tag(call.api.config, trend.name, trend.history, {});
    tag = with_member(
        std::move(tag), "trendable", call.services().trends.limits().lets_show(trend.review)
    );
    tag = with_member(std::move(tag), "usable", true);
    return with_member(std::move(tag), "requires_review", waits_for_review(call, trend));
}

std::string render_link_for_admins(const Call& call, const Trend& trend) {
    return with_member(
        render_trending_link(trend), "requires_review", waits_for_review(call, trend)
    );
}

/// In their order; those that are gone are left out.
Task<Result<std::vector<std::string>>> render_posts(Call call, std::vector<Trend> trends) {
    std::unordered_map<PostId, bool> waiting;
    std::vector<PostId> ids;
    for (const Trend& trend : trends) {
        ids.emplace_back(trend.id);
        waiting.emplace(trend.id, waits_for_review(call, trend));
    }
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(auto page, co_await call.services().timelines.present(viewer, std::move(ids), false));
    std::vector<PostId> order;
    for (const feed::CardPtr& card : page) {
        order.push_back(card->post.id);
    }
    CO_TRY(auto entities, co_await call.api.status_view.render_each(std::move(page), viewer));
    for (std::size_t i = 0; i < entities.size(); ++i) {
        entities[i] = with_member(std::move(entities[i]), "requires_review", waiting.at(order[i]));
    }
    co_return entities;
}

Task<Result<std::vector<std::string>>> render(Call call, Kind kind, std::vector<Trend> trends) {
    if (kind == Kind::kPost) {
        co_return co_await render_posts(call, std::move(trends));
    }
    std::vector<std::string> entities;
    for (const Trend& trend : trends) {
        entities.push_back(
            kind == Kind::kTag ? render_tag_for_admins(call, trend)
                               : render_link_for_admins(call, trend)
        );
    }
    co_return entities;
}

template <Kind kind>
Task<Result<http::Response>> list(Call call) {
    CO_TRY(const auto page, parse_offset(call, kAdminPage));
    std::vector<Trend> trends = call.services().trends.list(kind, Audience::kModerators, {});
    const std::size_t first = std::min(page.offset, trends.size());
    const std::size_t last = std::min(first + page.limit, trends.size());
    const auto at = [&trends](std::size_t index) {
        return trends.begin() + static_cast<std::ptrdiff_t>(index);
    };
    std::vector<Trend> wanted(at(first), at(last));
    CO_TRY(const auto entities, co_await render(call, kind, std::move(wanted)));
    http::Response response = json_array(entities);
    add_offset_links(call, page, last < trends.size(), response);
    co_return response;
}

template <Kind kind, Review review>
Task<Result<http::Response>> decide(Call call) {
    CO_TRY(const auto id, call.path_id<PostId>());
    CO_TRY(
        Trend trend,
        co_await call.services().trends.decide(kind, id.value, review, call.account_id())
    );
    std::vector<Trend> only{std::move(trend)};
    CO_TRY(auto entities, co_await render(call, kind, std::move(only)));
    if (entities.empty()) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    co_return http::Response::json(std::move(entities.front()));
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kPost = http::Method::kPost;
constexpr std::string_view kRead = "admin:read";
constexpr std::string_view kWrite = "admin:write";
constexpr auto kApproved = Review::kApproved;
constexpr auto kRejected = Review::kRejected;
constexpr Route kRoutes[] = {
    admin_route(kGet, "/api/v1/admin/trends/tags", kRead, list<Kind::kTag>),
    admin_route(kGet, "/api/v1/admin/trends/links", kRead, list<Kind::kLink>),
    admin_route(kGet, "/api/v1/admin/trends/statuses", kRead, list<Kind::kPost>),
    admin_route(kPost, "/api/v1/admin/trends/tags/:id/approve", kWrite, decide<Kind::kTag, kApproved>),
    admin_route(kPost, "/api/v1/admin/trends/tags/:id/reject", kWrite, decide<Kind::kTag, kRejected>),
    admin_route(kPost, "/api/v1/admin/trends/links/:id/approve", kWrite, decide<Kind::kLink, kApproved>),
    admin_route(kPost, "/api/v1/admin/trends/links/:id/reject", kWrite, decide<Kind::kLink, kRejected>),
    admin_route(kPost, "/api/v1/admin/trends/statuses/:id/approve", kWrite, decide<Kind::kPost, kApproved>),
    admin_route(kPost, "/api/v1/admin/trends/statuses/:id/reject", kWrite, decide<Kind::kPost, kRejected>),
};

}  // namespace

Routes admin_trend_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
