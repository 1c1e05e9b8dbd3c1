#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"
#include "social/text/render.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

Task<Result<http::Response>> home(Call call) {
    CO_TRY(const auto request, parse_page(call, kStatusPage));
    CO_TRY(auto page, co_await call.services().home_feed.page(call.account_id(), request));
    co_return co_await timeline_answer(call, std::move(page));
}

Task<Result<http::Response>> public_posts(Call call) {
    CO_TRY(const auto request, parse_page(call, kStatusPage));
    if (call.params().get_bool("remote").value_or(false)) {
        co_return http::Response::json("[]");  // every post here is local
    }
    const bool only_media = call.params().get_bool("only_media").value_or(false);
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(
        auto page,
        co_await call.services().timelines.public_posts(std::move(viewer), only_media, request)
    );
    co_return co_await timeline_answer(call, std::move(page));
}

/// A tag as it is stored: folded, without '#'. What is no tag at all finds nothing.
std::string folded(std::string_view typed) {
    const std::string_view name = typed.starts_with('#') ? typed.substr(1) : typed;
    const auto tags = social::text::find_tags("#" + std::string(name));
    return tags.empty() ? std::string() : tags.front();
}

std::vector<std::string> tag_list(const Call& call, std::string_view name) {
    std::vector<std::string> tags;
    for (const std::string_view tag : call.params().list(name)) {
        if (std::string name = folded(tag); !name.empty()) {
            tags.push_back(std::move(name));
        }
    }
    return tags;
}

Task<Result<http::Response>> tag_posts(Call call) {
    constexpr std::size_t kExtraTagsMax = 16;
    CO_TRY(const auto request, parse_page(call, kStatusPage));
    const bool only_media = call.params().get_bool("only_media").value_or(false);
    if (only_media || call.params().get_bool("remote").value_or(false)) {
        co_return http::Response::json("[]");  // every post here is local and without media
    }
    feed::TagQuery query{
        .tag = folded(call.request->path_args.at(0)),
        .any = tag_list(call, "any"),
        .all = tag_list(call, "all"),
        .none = tag_list(call, "none"),
    };
    if (query.any.size() + query.all.size() + query.none.size() > kExtraTagsMax) {
        co_return fail(
            ErrorCode::kInvalid, "Validation failed: any, all and none take 16 tags together"
        );
    }
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(
        auto page,
        co_await call.services().timelines.tag_posts(std::move(viewer), std::move(query), request)
    );
    co_return co_await timeline_answer(call, std::move(page));
}

/// Posts that share a trending link; none if it does not trend.
Task<Result<http::Response>> link_posts(Call call) {
    if (!call.params().has("url")) {
        co_return fail(ErrorCode::kInvalid, "Validation failed: url is missing");
    }
    CO_TRY(const auto request, parse_page(call, kStatusPage));
    CO_TRY(auto viewer, co_await call.viewer());
    std::string url(call.params().get_or("url", ""));
    CO_TRY(
        auto posts, co_await call.services().trends.link_posts(std::move(viewer), std::move(url))
    );
    std::erase_if(posts, [&request](const feed::Item& item) {
        const std::uint64_t id = item.post->id.value;
        return (request.max_id != 0 && id >= request.max_id) ||
               id <= std::max(request.since_id, request.min_id);
    });
    if (posts.size() > request.limit) {
        // Newest first: the nearest above min_id stand at the end.
        const auto excess = static_cast<std::ptrdiff_t>(posts.size() - request.limit);
        const auto from = request.min_id != 0 ? posts.begin() : posts.end() - excess;
        posts.erase(from, from + excess);
    }
    co_return co_await timeline_answer(call, std::move(posts));
}

constexpr auto kGet = http::Method::kGet;
constexpr std::string_view kRead = "read:statuses";

constexpr std::array kRoutes{
    Route{kGet, "/api/v1/timelines/home", Auth::kUser, kRead, home},
    Route{kGet, "/api/v1/timelines/public", Auth::kOptional, kRead, public_posts},
    Route{kGet, "/api/v1/timelines/tag/:hashtag", Auth::kOptional, kRead, tag_posts},
    Route{kGet, "/api/v1/timelines/link", Auth::kOptional, kRead, link_posts},
};

}  // namespace

Routes timeline_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
