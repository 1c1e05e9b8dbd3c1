#include "api/mastodon/account_search.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/listed_ids.h"
#include "api/mastodon/own_account.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/relation_list.h"
#include "api/mastodon/relationship_view.h"
#include "api/mastodon/resources.h"
#include "social/privacy.h"

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

Task<Result<http::Response>> verify_credentials(Call call) {
    auto response = co_await answer_own_account(call, call.account);
    co_return response;
}

Task<Result<http::Response>> show_account(Call call) {
    CO_TRY(const auto id, call.path_id<AccountId>());
    CO_TRY(auto account, co_await call.services().accounts.find(id));
    CO_TRY(auto rendered, co_await call.api.account_view.render(std::move(account)));
    co_return json_fragment(std::move(rendered));
}

Task<Result<http::Response>> show_accounts(Call call) {
    CO_TRY(auto ids, listed_ids(call));
    CO_TRY(const auto rendered, co_await call.api.account_view.render_ids(std::move(ids)));
    co_return json_array(rendered);
}

Task<Result<http::Response>> lookup(Call call) {
    const std::string_view acct = call.params().get_or("acct", "");
    if (acct.empty()) {
        co_return fail(ErrorCode::kInvalid, "Validation failed: acct can't be blank");
    }
    const std::string name = local_username(call.api.config, acct);
    if (name.empty()) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    CO_TRY(auto account, co_await call.services().accounts.find_by_name(name));
    CO_TRY(auto rendered, co_await call.api.account_view.render(std::move(account)));
    co_return json_fragment(std::move(rendered));
}

Task<Result<http::Response>> search(Call call) {
    CO_TRY(const auto page, parse_offset(call, kAccountPage));
    CO_TRY(
        auto accounts,
        co_await search_accounts(
            call,
            std::string(call.params().get_or("q", "")),
            page,
            call.params().get_bool("following").value_or(false)
        )
    );
    CO_TRY(const auto rendered, co_await call.api.account_view.render_many(std::move(accounts)));
    co_return json_array(rendered);
}

Task<Result<http::Response>> relationships(Call call) {
    CO_TRY(auto ids, listed_ids(call));
    CO_TRY(const auto accounts, co_await call.services().accounts.find_many(ids));
    const bool with_suspended = call.params().get_bool("with_suspended").value_or(false);
    std::vector<AccountId> others;
    for (const social::AccountPtr& account : accounts) {
        if (account && (with_suspended || !account->suspended)) {
            others.push_back(account->id);
        }
    }
    auto response = co_await answer_relationships(call, std::move(others));
    co_return response;
}

using FollowList = Task<Result<std::vector<social::RelationEntry>>> (social::Follows::*)(
    AccountId,
    social::PageRequest
);

Task<Result<http::Response>> show_collection(Call call, FollowList list) {
    CO_TRY(const auto id, call.path_id<AccountId>());
    CO_TRY(const auto account, co_await call.services().accounts.find(id));
    CO_TRY(const auto viewer, co_await call.viewer());
    if (!social::can_see_collections(viewer.get(), *account)) {
        co_return http::Response::json("[]");
    }
    social::Follows& follows = call.services().follows;
    auto response = co_await answer_relations_of(
        call,
        [&follows, list, id](social::PageRequest page) { return (follows.*list)(id, page); },
        LeftOut::kSuspendedAndBlocked
    );
    co_return response;
}

Task<Result<http::Response>> followers(Call call) {
    auto response = co_await show_collection(call, &social::Follows::followers);
    co_return response;
}

Task<Result<http::Response>> following(Call call) {
    auto response = co_await show_collection(call, &social::Follows::following);
    co_return response;
}

constexpr auto kGet = http::Method::kGet;
constexpr Route kRoutes[] = {
    {kGet,
     "/api/v1/accounts/verify_credentials",
     Auth::kUser,
     "profile read:accounts",
     verify_credentials},
    {kGet, "/api/v1/accounts/lookup", Auth::kOptional, "read:accounts", lookup},
    {kGet, "/api/v1/accounts/search", Auth::kUser, "read:accounts", search, RateClass::kSearch},
    {kGet, "/api/v1/accounts/relationships", Auth::kUser, "read:follows", relationships},
    {kGet, "/api/v1/accounts", Auth::kOptional, "read:accounts", show_accounts},
    {kGet, "/api/v1/accounts/:id", Auth::kOptional, "read:accounts", show_account},
    {kGet, "/api/v1/accounts/:id/followers", Auth::kOptional, "read:accounts", followers},
    {kGet, "/api/v1/accounts/:id/following", Auth::kOptional, "read:accounts", following},
};

}  // namespace

Routes account_read_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
