#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "base/json_writer.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kFriendsAsked = 40;
constexpr std::size_t kFollowsRead = 80;

bool is_wanted(const social::ViewerPtr& viewer, AccountId account, UnixMs now_ms) {
    return !viewer || (!viewer->blocks(account) && !viewer->is_blocked_by(account) &&
                       !viewer->mutes(account, now_ms));
}

Task<Result<http::Response>> directory(Call call) {
    CO_TRY(const auto page, parse_offset(call, kAccountPage));
    const std::string_view order = call.params().get_or("order", "active");
    if (order != "active" && order != "new") {
        co_return fail(ErrorCode::kInvalid, "Validation failed: order is neither active nor new");
    }
    CO_TRY(const auto figures, co_await call.api.census.figures());
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(
        auto accounts,
        co_await call.services().accounts.find_many(
            order == "new" ? figures->newest : figures->latest_active
        )
    );
    const UnixMs now = call.api.now_ms();
    std::erase_if(accounts, [&](const social::AccountPtr& account) {
        return !account || account->suspended || !account->discoverable ||
               !is_wanted(viewer, account->id, now);
    });
    const std::size_t skipped = std::min(page.offset, accounts.size());
    accounts.erase(accounts.begin(), accounts.begin() + static_cast<std::ptrdiff_t>(skipped));
    accounts.resize(std::min(accounts.size(), page.limit));
    CO_TRY(const auto rendered, co_await call.api.account_view.render_many(std::move(accounts)));
    co_return json_array(rendered);
}

struct Suggestion {
    social::AccountPtr account;
    bool by_friends = false;
};

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

Task<Result<std::vector<Suggestion>>> suggest(Call call, std::size_t limit) {
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(auto ids, co_await friends_of_friends(call, viewer));
    const std::size_t by_friends = ids.size();
    CO_TRY(const auto figures, co_await call.api.census.figures());
    ids.insert(ids.end(), figures->most_followed.begin(), figures->most_followed.end());
    CO_TRY(const auto accounts, co_await call.services().accounts.find_many(ids));
    CO_TRY(
        const auto dismissed, co_await call.services().dismissed_suggestions.of(call.account_id())
    );
    const UnixMs now = call.api.now_ms();
    std::vector<Suggestion> suggestions;
    for (std::size_t i = 0; i < accounts.size() && suggestions.size() < limit; ++i) {
        const social::AccountPtr& account = accounts[i];
        if (!account || account->suspended || !account->discoverable || account->id == viewer->id ||
            viewer->follows(account->id) || !is_wanted(viewer, account->id, now) ||
            std::ranges::binary_search(dismissed, account->id)) {
            continue;
        }
        const bool repeated = std::ranges::any_of(suggestions, [&](const Suggestion& other) {
            return other.account->id == account->id;
        });
        if (!repeated) {
            suggestions.push_back({account, i < by_friends});
        }
    }
    co_return suggestions;
}

std::vector<social::AccountPtr> accounts_of(const std::vector<Suggestion>& suggestions) {
    std::vector<social::AccountPtr> accounts;
    accounts.reserve(suggestions.size());
    for (const Suggestion& suggestion : suggestions) {
        accounts.push_back(suggestion.account);
    }
    return accounts;
}

Task<Result<http::Response>> suggestions_v1(Call call) {
    CO_TRY(const auto page, parse_offset(call, kAccountPage));
    CO_TRY(const auto suggestions, co_await suggest(call, page.limit));
    CO_TRY(
        const auto rendered, co_await call.api.account_view.render_many(accounts_of(suggestions))
    );
    co_return json_array(rendered);
}

Task<Result<http::Response>> suggestions_v2(Call call) {
    CO_TRY(const auto page, parse_offset(call, kAccountPage));
    CO_TRY(const auto suggestions, co_await suggest(call, page.limit));
    CO_TRY(
        const auto rendered, co_await call.api.account_view.render_many(accounts_of(suggestions))
    );
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (std::size_t i = 0; i < rendered.size(); ++i) {
        const bool by_friends = suggestions[i].by_friends;
        json.begin_object()
            .field("source", by_friends ? "past_interactions" : "global")
            .key("sources")
            .begin_array()
            .string(by_friends ? "friends_of_friends" : "most_followed")
            .end_array()
            .raw_field("account", *rendered[i])
            .end_object();
    }
    json.end_array();
    co_return http::Response::json(std::move(body));
}

Task<Result<http::Response>> dismiss(Call call) {
    CO_TRY(const auto id, call.path_id<AccountId>());
    CO_CHECK(co_await call.services().accounts.find(id));
    CO_CHECK(co_await call.services().dismissed_suggestions.add(call.account_id(), id));
    co_return http::Response::json("{}");
}

constexpr auto kGet = http::Method::kGet;
constexpr Route kRoutes[] = {
    {kGet, "/api/v1/directory", Auth::kOptional, "read:accounts", directory},
    {kGet, "/api/v1/suggestions", Auth::kUser, "read:accounts", suggestions_v1},
    {kGet, "/api/v2/suggestions", Auth::kUser, "read:accounts", suggestions_v2},
    {http::Method::kDelete, "/api/v1/suggestions/:id", Auth::kUser, "write:accounts", dismiss},
};

}  // namespace

Routes discovery_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
