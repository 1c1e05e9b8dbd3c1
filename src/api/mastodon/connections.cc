#include "discover/connections.h"

#include "api/mastodon/json_answer.h"
#include "api/mastodon/listed_ids.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "base/json_writer.h"
#include "social/privacy.h"

#include <algorithm>
#include <utility>
#include <vector>

/// How people hang together. Familiar followers are Mastodon's; the rest is this server's own:
/// docs/api/rookery-openapi.json.
namespace rookery::api::mastodon {

namespace {

using discover::Connections;

constexpr std::size_t kFamiliarShown = 40;

/// Familiar followers as far as a few reads tell, until the graph is in memory.
Task<Result<std::vector<social::AccountPtr>>>
early_familiar(Call call, social::ViewerPtr viewer, AccountId account) {
    constexpr std::size_t kFollowersRead = 400;
    social::PageRequest page;
    page.limit = kFollowersRead;
    CO_TRY(const auto entries, co_await call.services().follows.followers(account, page));
    std::vector<AccountId> ids;
    for (const social::RelationEntry& entry : entries) {
        if (ids.size() < kFamiliarShown && viewer->follows(entry.account)) {
            ids.push_back(entry.account);
        }
    }
    CO_TRY(auto familiar, co_await call.services().accounts.find_many(std::move(ids)));
    std::erase_if(familiar, [](const social::AccountPtr& one) {
        return !one || one->suspended || one->hide_collections;
    });
    co_return familiar;
}

/// Those of the caller's follows who follow `account`.
Task<Result<std::vector<social::AccountPtr>>>
familiar_with(Call call, social::ViewerPtr viewer, social::AccountPtr account) {
    if (!account || account->suspended || !social::can_see_collections(viewer.get(), *account)) {
        co_return std::vector<social::AccountPtr>();
    }
    Connections& connections = call.services().connections;
    if (!connections.ready()) {
        co_return co_await early_familiar(call, std::move(viewer), account->id);
    }
    CO_TRY(
        auto people,
        co_await connections.familiar_followers(
            std::move(viewer), std::move(account), {.limit = kFamiliarShown}
        )
    );
    co_return std::move(people.accounts);
}

Task<Result<http::Response>> familiar_followers(Call call) {
    constexpr std::size_t kAskedMax = 40;
    CO_TRY(auto ids, listed_ids(call));
    ids.resize(std::min(ids.size(), kAskedMax));
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(const auto accounts, co_await call.services().accounts.find_many(ids));
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        CO_TRY(auto familiar, co_await familiar_with(call, viewer, accounts[i]));
        CO_TRY(
            const auto rendered, co_await call.api.account_view.render_many(std::move(familiar))
        );
        json.begin_object().field("id", to_string(ids[i])).key("accounts").begin_array();
        for (const http::Fragment& account : rendered) {
            json.raw(*account);
        }
        json.end_array().end_object();
    }
    json.end_array();
    co_return http::Response::json(std::move(body));
}

/// The account of the path; kNotFound also if it is suspended. kUnavailable until the graph is in
/// memory, when an answer would be wrong.
Task<Result<social::AccountPtr>> account_in_graph(Call call) {
    CO_TRY(const auto id, call.path_id<AccountId>());
    CO_TRY(auto account, co_await call.services().accounts.find(id));
    if (account->suspended) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    if (!call.services().connections.ready()) {
        co_return fail(
            ErrorCode::kUnavailable,
            "The server has just started and is still reading who follows whom"
        );
    }
    co_return account;
}

Task<Result<http::Response>> similar(Call call) {
    CO_TRY(auto account, co_await account_in_graph(call));
    CO_TRY(const auto page, parse_offset(call, kAccountPage));
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(
        auto accounts,
        co_await call.services().suggestions.similar_to(std::move(account), std::move(viewer))
    );
    const std::size_t skipped = std::min(page.offset, accounts.size());
    accounts.erase(accounts.begin(), accounts.begin() + static_cast<std::ptrdiff_t>(skipped));
    accounts.resize(std::min(accounts.size(), page.limit));
    CO_TRY(const auto rendered, co_await call.api.account_view.render_many(std::move(accounts)));
    co_return json_array(rendered);
}

Task<Result<http::Response>> mutuals(Call call) {
    CO_TRY(auto account, co_await account_in_graph(call));
    CO_TRY(const auto page, parse_offset(call, kAccountPage));
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(
        auto people,
        co_await call.services().connections.mutuals(
            std::move(viewer), std::move(account), {.offset = page.offset, .limit = page.limit}
        )
    );
    CO_TRY(
        const auto rendered, co_await call.api.account_view.render_many(std::move(people.accounts))
    );
    co_return json_array(rendered);
}

Task<Result<http::Response>> paths(Call call) {
    constexpr PageSize kPathsPage{10, 40};
    CO_TRY(auto account, co_await account_in_graph(call));
    CO_TRY(const auto page, parse_offset(call, kPathsPage));
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(
        auto paths,
        co_await call.services().connections.paths(
            std::move(viewer), std::move(account), page.limit
        )
    );
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    for (const auto& [name, people] :
         {std::pair("followed_who_follow", &paths.followed_who_follow),
          std::pair("following_who_follow", &paths.following_who_follow),
          std::pair("followed_by_both", &paths.followed_by_both),
          std::pair("followers_of_both", &paths.followers_of_both)}) {
        CO_TRY(
            const auto rendered,
            co_await call.api.account_view.render_many(std::move(people->accounts))
        );
        json.key(name).begin_object().field("count", people->count).key("accounts").begin_array();
        for (const http::Fragment& one : rendered) {
            json.raw(*one);
        }
        json.end_array().end_object();
    }
    json.end_object();
    co_return http::Response::json(std::move(body));
}

constexpr auto kGet = http::Method::kGet;
constexpr Route kRoutes[] = {
    {kGet, "/api/v1/accounts/familiar_followers", Auth::kUser, "read:follows", familiar_followers},
    {kGet, "/api/rookery/v1/accounts/:id/similar", Auth::kOptional, "read:accounts", similar},
    {kGet, "/api/rookery/v1/accounts/:id/mutuals", Auth::kOptional, "read:accounts", mutuals},
    {kGet, "/api/rookery/v1/accounts/:id/paths", Auth::kUser, "read:follows", paths},
};

}  // namespace

Routes connection_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
