#include "api/mastodon/early_suggestions.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kFriendsAsked = 40;
constexpr std::size_t kFollowsRead = 80;

/// Whom the caller's follows follow, most often first. Those who hide their follows are not asked.
Task<Result<std::vector<AccountId>>> friends_of_friends(Call call, social::ViewerPtr viewer) {
    std::vector<AccountId> friends;
    const std::size_t step = std::max<std::size_t>(1, viewer->following.size() / kFriendsAsked);
    for (std::size_t i = 0; i < viewer->following.size() && friends.size() < kFriendsAsked;
         i += step) {
        friends.push_back(viewer->following[i].account);
    }
    CO_TRY(const auto accounts, co_await call.services().accounts.find_many(friends));
    std::unordered_map<AccountId, int> times;
    for (const social::AccountPtr& account : accounts) {
        if (!account || account->suspended || account->hide_collections) {
            continue;
        }
        social::PageRequest page;
        page.limit = kFollowsRead;
        CO_TRY(const auto follows, co_await call.services().follows.following(account->id, page));
        for (const social::RelationEntry& entry : follows) {
            ++times[entry.account];
        }
    }
    std::vector<std::pair<int, AccountId>> ranked;
    ranked.reserve(times.size());
    for (const auto& [account, count] : times) {
        ranked.emplace_back(-count, account);
    }
    std::ranges::sort(ranked);
    std::vector<AccountId> ids;
    for (const auto& [count, account] : ranked) {
        ids.push_back(account);
    }
    co_return ids;
}

}  // namespace

Task<Result<std::vector<discover::Suggestion>>>
early_suggestions(Call call, social::ViewerPtr viewer) {
    CO_TRY(const auto by_friends, co_await friends_of_friends(call, viewer));
    CO_TRY(const auto figures, co_await call.api.census.figures());
    std::vector<discover::Suggestions::Ranked> ranked;
    for (const AccountId id : by_friends) {
        ranked.push_back({id, discover::kFriendsOfFriends});
    }
    for (const AccountId id : figures->most_followed) {
        ranked.push_back({id, discover::kMostFollowed});
    }
    co_return co_await call.services().suggestions.allowed(std::move(ranked), std::move(viewer));
}

}  // namespace rookery::api::mastodon
