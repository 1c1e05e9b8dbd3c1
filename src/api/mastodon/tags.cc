#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/tag_view.h"
#include "base/json_writer.h"
#include "social/text/render.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

std::string tag_id(const std::string& tag) {
    return std::to_string(social::tag_id(tag));
}

void write_history(JsonWriter& json, const social::TagHistory& history) {
    json.begin_array();
    for (const social::TagDay& day : history) {
        json.begin_object()
            .field("day", std::to_string(day.begins_at_ms / 1000))
            .field("accounts", std::to_string(day.accounts))
            .field("uses", std::to_string(day.uses))
            .end_object();
    }
    json.end_array();
}

std::string render_tag(
    const ApiConfig& config,
    const std::string& tag,
    const social::TagHistory& history,
    std::optional<bool> following
) {
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("id", tag_id(tag))
        .field("name", tag)
        .field("url", config.base_url + social::text::tag_path(tag))
        .key("history");
    write_history(json, history);
    if (following) {
        json.field("following", *following).field("featuring", false);
    }
    json.end_object();
    return out;
}

namespace {

Task<Result<http::Response>> answer_tag(Call call, std::string tag, std::optional<bool> following) {
    CO_TRY(const auto history, co_await call.services().hashtags.history(tag));
    co_return http::Response::json(render_tag(call.api.config, tag, history, following));
}

Task<Result<http::Response>> show_tag(Call call) {
    auto tag = social::parse_tag(call.request->path_args.at(0));
    if (!tag) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    std::optional<bool> following;
    if (call.signed_in()) {
        CO_TRY(following, co_await call.services().hashtags.is_followed(call.account_id(), *tag));
    }
    auto response = co_await answer_tag(call, std::move(*tag), following);
    co_return response;
}

Task<Result<http::Response>> follow_tag(Call call) {
    CO_TRY(auto tag, social::parse_tag(call.request->path_args.at(0)));
    CO_CHECK(co_await call.services().hashtags.follow(call.account_id(), tag));
    auto response = co_await answer_tag(call, std::move(tag), true);
    co_return response;
}

Task<Result<http::Response>> unfollow_tag(Call call) {
    CO_TRY(auto tag, social::parse_tag(call.request->path_args.at(0)));
    CO_CHECK(co_await call.services().hashtags.unfollow(call.account_id(), tag));
    auto response = co_await answer_tag(call, std::move(tag), false);
    co_return response;
}

Task<Result<http::Response>> followed_tags(Call call) {
    constexpr PageSize kPage{100, 200};
    CO_TRY(const auto page, parse_page(call, kPage));
    CO_TRY(auto tags, co_await call.services().hashtags.followed(call.account_id()));
    std::erase_if(tags, [&page](const social::FollowedTag& tag) {
        return (page.max_id != 0 && tag.id.value >= page.max_id) ||
               tag.id.value <= std::max(page.since_id, page.min_id);
    });
    if (tags.size() > page.limit) {
        // Newest first: the nearest above min_id stand at the end.
        const auto excess = static_cast<std::ptrdiff_t>(tags.size() - page.limit);
        if (page.min_id != 0) {
            tags.erase(tags.begin(), tags.begin() + excess);
        } else {
            tags.erase(tags.end() - excess, tags.end());
        }
    }
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (const social::FollowedTag& tag : tags) {
        CO_TRY(const auto history, co_await call.services().hashtags.history(tag.tag));
        json.raw(render_tag(call.api.config, tag.tag, history, true));
    }
    json.end_array();
    http::Response response = http::Response::json(std::move(body));
    if (!tags.empty()) {
        add_relation_links(
            call, tags.front().id.value, tags.back().id.value, tags.size() >= page.limit, response
        );
    }
    co_return response;
}

constexpr Route kRoutes[] = {
    {http::Method::kGet, "/api/v1/tags/:name", Auth::kOptional, kAnyScope, show_tag},
    {http::Method::kPost, "/api/v1/tags/:name/follow", Auth::kUser, "write:follows", follow_tag},
    {http::Method::kPost, "/api/v1/tags/:name/unfollow", Auth::kUser, "write:follows", unfollow_tag
    },
    {http::Method::kGet, "/api/v1/followed_tags", Auth::kUser, "read:follows", followed_tags},
};

}  // namespace

Routes tag_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
