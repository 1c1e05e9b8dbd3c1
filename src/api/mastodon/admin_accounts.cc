#include "api/mastodon/admin_account_view.h"
#include "api/mastodon/admin_route.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "social/suspension.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Accounts for those who look after the house (Mastodon's admin API). Lists are in the order of
/// names, which is how they are kept; a page goes on behind the account that max_id names.
namespace rookery::api::mastodon {

namespace {

/// What a list is asked for. Text is compared without regard to ASCII case.
struct Filter {
    bool is_empty = false;  ///< asks for what no account here is: remote, pending, limited
    std::optional<bool> suspended;
    bool staff_only = false;
    std::string username;  ///< the name begins with it
    std::string display_name;
    std::string email;
    std::string ip;
};

void read_texts(const http::Params& params, Filter& filter) {
    filter.username = ascii_lower(params.get_or("username", ""));
    filter.display_name = ascii_lower(params.get_or("display_name", ""));
    filter.email = ascii_lower(params.get_or("email", ""));
    filter.ip = params.get_or("ip", "");
    filter.is_empty = filter.is_empty || !params.get_or("by_domain", "").empty() ||
                      !params.get_or("invited_by", "").empty();
}

Result<Filter> filter_v1(const Call& call) {
    const http::Params& params = call.params();
    Filter filter;
    read_texts(params, filter);
    for (const std::string_view name :
         {"remote", "pending", "disabled", "silenced", "sensitized"}) {
        filter.is_empty = filter.is_empty || params.get_bool(name).value_or(false);
    }
    if (params.get_bool("active").value_or(false)) {
        filter.suspended = false;
    }
    if (params.get_bool("suspended").value_or(false)) {
        filter.suspended = true;
    }
    filter.staff_only = params.get_bool("staff").value_or(false);
    return filter;
}

Result<Filter> filter_v2(const Call& call) {
    const http::Params& params = call.params();
    const auto refuse = [](std::string_view name, std::string_view what) {
        return fail(
            ErrorCode::kInvalid,
            "Validation failed: " + std::string(name) + " is not " + std::string(what)
        );
    };
    Filter filter;
    const std::string_view origin = params.get_or("origin", "");
    if (!origin.empty() && origin != "local" && origin != "remote") {
        return refuse("origin", "local or remote");
    }
    filter.is_empty = origin == "remote";
    const std::string_view status = params.get_or("status", "");
    if (status == "active" || status == "suspended") {
        filter.suspended = status == "suspended";
    } else if (status == "pending" || status == "disabled" || status == "silenced") {
        filter.is_empty = true;
    } else if (!status.empty()) {
        return refuse("status", "active, pending, disabled, silenced or suspended");
    }
    const std::string_view permissions = params.get_or("permissions", "");
    if (!permissions.empty() && permissions != "staff") {
        return refuse("permissions", "staff");
    }
    filter.staff_only = permissions == "staff";
    read_texts(params, filter);
    return filter;
}

Task<Result<bool>> has_wanted_secrets(Call call, AccountId account, Filter filter) {
    if (!filter.email.empty()) {
        CO_TRY(const auto email, co_await call.services().accounts.email(account));
        if (!ascii_lower(email).contains(filter.email)) {
            co_return false;
        }
    }
    if (filter.ip.empty()) {
        co_return true;
    }
    CO_TRY(const auto sessions, co_await call.services().sessions.list(account));
    co_return std::ranges::any_of(sessions, [&](const social::SessionPtr& session) {
        return session->ip == filter.ip;
    });
}

bool is_wanted(const social::Account& account, const Filter& filter) {
    return (!filter.suspended || *filter.suspended == account.suspended) &&
           (!filter.staff_only || account.role != social::Role::kUser) &&
           ascii_lower(account.username).starts_with(filter.username) &&
           ascii_lower(account.display_name).contains(filter.display_name);
}

/// A page of those who are wanted, behind the name `after`.
Task<Result<std::vector<social::AccountPtr>>>
find_accounts(Call call, Filter filter, std::string after, std::size_t limit) {
    constexpr std::size_t kChunk = 200;
    std::vector<social::AccountPtr> found;
    while (!filter.is_empty && found.size() < limit) {
        CO_TRY(const auto accounts, co_await call.services().accounts.list(after, kChunk));
        for (const social::AccountPtr& account : accounts) {
            after = account->username;
            if (found.size() == limit || !is_wanted(*account, filter)) {
                continue;
            }
            CO_TRY(const bool wanted, co_await has_wanted_secrets(call, account->id, filter));
            if (wanted) {
                found.push_back(account);
            }
        }
        if (accounts.size() < kChunk) {
            break;
        }
    }
    co_return found;
}

Task<Result<http::Response>> list(Call call, Filter filter) {
    CO_TRY(const auto page, parse_page(call, kAdminPage));
    std::string after;
    if (page.max_id != 0) {
        CO_TRY(const auto last, co_await call.services().accounts.find(AccountId(page.max_id)));
        after = last->username;
    }
    CO_TRY(
        auto accounts, co_await find_accounts(call, std::move(filter), std::move(after), page.limit)
    );
    const bool is_full = accounts.size() == page.limit;
    const std::uint64_t last = is_full ? accounts.back()->id.value : 0;
    CO_TRY(const auto entities, co_await render_for_admins(call, std::move(accounts)));
    http::Response response = json_array(entities);
    add_relation_links(call, 0, last, is_full, response);
    co_return response;
}

Task<Result<http::Response>> list_v1(Call call) {
    CO_TRY(auto filter, filter_v1(call));
    co_return co_await list(call, std::move(filter));
}

Task<Result<http::Response>> list_v2(Call call) {
    CO_TRY(auto filter, filter_v2(call));
    co_return co_await list(call, std::move(filter));
}

Task<Result<social::AccountPtr>> named_account(Call call) {
    CO_TRY(const auto id, call.path_id<AccountId>());
    auto account = co_await call.services().accounts.find(id);
    co_return account;
}

Task<Result<http::Response>> answer(Call call, social::AccountPtr account) {
    std::vector<social::AccountPtr> only{std::move(account)};
    CO_TRY(auto entities, co_await render_for_admins(call, std::move(only)));
    co_return http::Response::json(std::move(entities.front()));
}

Task<Result<http::Response>> show(Call call) {
    CO_TRY(auto account, co_await named_account(call));
    co_return co_await answer(call, std::move(account));
}

/// Nobody acts on their equals, and hence not on themself.
Result<void> check_rank(const Call& call, const social::Account& target) {
    if (call.account->role <= target.role) {
        return fail(ErrorCode::kForbidden, "This action is not allowed");
    }
    return {};
}

Task<Result<social::AccountPtr>>
set_suspended(Call call, social::AccountPtr target, bool suspended) {
    const Services& services = call.services();
    CO_TRY(
        auto changed,
        co_await social::set_suspended(
            &services.accounts, &services.sessions, target->id, suspended
        )
    );
    log::info(
        suspended ? "account suspended" : "account unsuspended",
        {{"username", target->username}, {"by", call.account->username}}
    );
    co_return changed;
}

Task<Result<http::Response>> act(Call call) {
    constexpr std::array<std::string_view, 3> kUnknownHere{"sensitive", "disable", "silence"};
    CO_TRY(auto target, co_await named_account(call));
    CO_CHECK(check_rank(call, *target));
    const std::string_view type = call.params().get_or("type", "none");
    if (std::ranges::find(kUnknownHere, type) != kUnknownHere.end()) {
        co_return fail(
            ErrorCode::kInvalid, "Validation failed: type: this server knows only none and suspend"
        );
    }
    if (type != "none" && type != "suspend") {
        co_return fail(ErrorCode::kInvalid, "Validation failed: type is not none or suspend");
    }
    CO_TRY(const auto report, call.param_id<RelationId>("report_id"));
    if (report) {
        CO_TRY(const auto found, co_await call.services().reports.find(*report));
        if (found.target != target->id) {
            co_return fail(
                ErrorCode::kInvalid, "Validation failed: report_id is about another account"
            );
        }
    }
    if (type == "suspend") {
        CO_TRY(target, co_await set_suspended(call, std::move(target), true));
    }
    if (report) {
        CO_CHECK(co_await call.services().reports.resolve(*report, call.account->id));
    }
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> unsuspend(Call call) {
    CO_TRY(auto target, co_await named_account(call));
    CO_CHECK(check_rank(call, *target));
    if (!target->suspended) {
        co_return fail(ErrorCode::kForbidden, "This account is not suspended");
    }
    CO_TRY(auto changed, co_await set_suspended(call, std::move(target), false));
    co_return co_await answer(call, std::move(changed));
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kPost = http::Method::kPost;
constexpr std::string_view kRead = "admin:read:accounts";
constexpr std::string_view kWrite = "admin:write:accounts";
constexpr Route kRoutes[] = {
    admin_route(kGet, "/api/v1/admin/accounts", kRead, list_v1),
    admin_route(kGet, "/api/v2/admin/accounts", kRead, list_v2),
    admin_route(kGet, "/api/v1/admin/accounts/:id", kRead, show),
    admin_route(kPost, "/api/v1/admin/accounts/:id/action", kWrite, act),
    admin_route(kPost, "/api/v1/admin/accounts/:id/unsuspend", kWrite, unsuspend),
};

}  // namespace

Routes admin_account_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
