#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"

#include <algorithm>
#include <array>
#include <utility>

/// Favourite, boost, bookmark, pin and mute, and the ends of each. All answer with the status as it
/// then is, and repeating one changes nothing.
namespace rookery::api::mastodon {

namespace {

using Change = Task<Result<void>> (social::Reactions::*)(AccountId, social::PostPtr);

template <Change Reaction>
Task<Result<http::Response>> react(Call call) {
    CO_TRY(auto item, co_await visible_original(call));
    CO_CHECK(co_await (call.services().reactions.*Reaction)(call.account->id, item.post));
    co_return co_await status_answer(call, std::move(item));
}

Task<Result<http::Response>> reblog(Call call) {
    CO_TRY(auto item, co_await visible_original(call));
    const std::string_view text = call.params().get_or("visibility", "");
    auto visibility = social::Visibility::kPublic;
    if (!text.empty()) {
        const auto parsed = social::parse_visibility(text);
        if (!parsed || *parsed == social::Visibility::kDirect) {
            co_return fail(
                ErrorCode::kInvalid,
                "Validation failed: visibility is none of public, unlisted, private"
            );
        }
        visibility = *parsed;
    }
    // A boost is never seen by more people than what it boosts.
    visibility = std::max(visibility, item.post->visibility);
    CO_TRY(
        auto boost,
        co_await call.services().posts.boost(call.account->id, item.post->id, visibility)
    );
    feed::Item answer{std::move(boost), call.account, item.post, item.author};
    co_return co_await status_answer(call, std::move(answer));
}

Task<Result<http::Response>> unreblog(Call call) {
    CO_TRY(auto item, co_await visible_original(call));
    CO_TRY(
        const auto original, co_await call.services().posts.unboost(call.account->id, item.post->id)
    );
    co_return co_await status_answer(call, std::move(item));
}

Task<Result<http::Response>> mute(Call call) {
    CO_TRY(auto item, co_await visible_original(call));
    CO_CHECK(co_await call.services().threads.mute(call.account->id, item.post->thread));
    co_return co_await status_answer(call, std::move(item));
}

Task<Result<http::Response>> unmute(Call call) {
    CO_TRY(auto item, co_await visible_original(call));
    CO_CHECK(co_await call.services().threads.unmute(call.account->id, item.post->thread));
    co_return co_await status_answer(call, std::move(item));
}

using social::Reactions;

constexpr Route act(std::string_view pattern, std::string_view scope, Handler handler) {
    return {http::Method::kPost, pattern, Auth::kUser, scope, handler};
}

constexpr std::string_view kFavourites = "write:favourites";
constexpr std::string_view kBookmarks = "write:bookmarks";
constexpr std::string_view kAccounts = "write:accounts";
constexpr std::string_view kStatuses = "write:statuses";
constexpr std::string_view kMutes = "write:mutes";

constexpr std::array kRoutes{
    act("/api/v1/statuses/:id/favourite", kFavourites, react<&Reactions::favourite>),
    act("/api/v1/statuses/:id/unfavourite", kFavourites, react<&Reactions::unfavourite>),
    act("/api/v1/statuses/:id/bookmark", kBookmarks, react<&Reactions::bookmark>),
    act("/api/v1/statuses/:id/unbookmark", kBookmarks, react<&Reactions::unbookmark>),
    act("/api/v1/statuses/:id/pin", kAccounts, react<&Reactions::pin>),
    act("/api/v1/statuses/:id/unpin", kAccounts, react<&Reactions::unpin>),
    act("/api/v1/statuses/:id/reblog", kStatuses, reblog),
    act("/api/v1/statuses/:id/unreblog", kStatuses, unreblog),
    act("/api/v1/statuses/:id/mute", kMutes, mute),
    act("/api/v1/statuses/:id/unmute", kMutes, unmute),
};

}  // namespace

Routes status_act_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
