#include "api/mastodon/account_search.h"

#include "base/encoding.h"

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

Task<Result<std::vector<social::AccountPtr>>>
search_following(Call call, social::ViewerPtr viewer, std::string name, Offset page) {
    std::vector<AccountId> ids;
    ids.reserve(viewer->following.size());
    for (const social::FollowEdge& edge : viewer->following) {
        ids.push_back(edge.account);
    }
    CO_TRY(auto accounts, co_await call.services().accounts.find_many(std::move(ids)));
    const std::string wanted = ascii_lower(name);
    std::erase_if(accounts, [&wanted](const social::AccountPtr& account) {
        return !account || account->suspended ||
               (!ascii_lower(account->username).starts_with(wanted) &&
                !ascii_lower(account->display_name).starts_with(wanted));
    });
    std::ranges::sort(accounts, [](const social::AccountPtr& a, const social::AccountPtr& b) {
        return ascii_lower(a->username) < ascii_lower(b->username);
    });
    const std::size_t skipped = std::min(page.offset, accounts.size());
    accounts.erase(accounts.begin(), accounts.begin() + static_cast<std::ptrdiff_t>(skipped));
    accounts.resize(std::min(accounts.size(), page.limit));
    co_return accounts;
}

}  // namespace

std::string local_username(const ApiConfig& config, std::string_view text, bool partial) {
    text = trim_ascii(text);
    if (text.starts_with('@')) {
        text.remove_prefix(1);
    }
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) {
        return std::string(text);
    }
    const std::string host = ascii_lower(config.host());
    const std::string asked = ascii_lower(text.substr(at + 1));
    const bool ours = partial ? host.starts_with(asked) : host == asked;
    return ours ? std::string(text.substr(0, at)) : "";
}

Task<Result<std::vector<social::AccountPtr>>>
search_accounts(Call call, std::string query, Offset page, bool only_following) {
    const std::string name = local_username(call.api.config, query, true);
    if (name.empty()) {
        co_return std::vector<social::AccountPtr>{};
    }
    CO_TRY(const auto viewer, co_await call.viewer());
    if (only_following && viewer) {
        auto followed = co_await search_following(call, viewer, name, page);
        co_return followed;
    }
    CO_TRY(
        auto accounts,
        co_await call.services().accounts.search_prefix(name, page.limit, page.offset)
    );
    if (viewer) {
        // Who is blocked is found by the whole name: clients look there for whom to unblock.
        std::erase_if(accounts, [&](const social::AccountPtr& account) {
            return viewer->is_blocked_by(account->id) ||
                   (viewer->blocks(account->id) && !ascii_iequals(account->username, name));
        });
    }
    co_return accounts;
}

}  // namespace rookery::api::mastodon
