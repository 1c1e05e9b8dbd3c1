#include "app/control.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "base/random.h"
#include "social/suspension.h"

#include <optional>
#include <utility>

namespace rookery::app {

namespace {

using social::Role;

std::string_view role_name(Role role) {
    switch (role) {
        case Role::kModerator:
            return "moderator";
        case Role::kAdmin:
            return "admin";
        case Role::kUser:
            break;
    }
    return "user";
}

Result<Role> parse_role(std::string_view text) {
    for (const Role role : {Role::kUser, Role::kModerator, Role::kAdmin}) {
        if (text == role_name(role)) {
            return role;
        }
    }
    return fail(ErrorCode::kInvalid, "role must be user, moderator or admin");
}

void write_account(JsonWriter& json, const social::Account& account) {
    json.field("id", to_string(account.id))
        .field("username", account.username)
        .field("display_name", account.display_name)
        .field("role", role_name(account.role))
        .field("suspended", account.suspended)
        .field("locked", account.locked)
        .field("created_at", iso8601_ms(account.created_at_ms));
}

}  // namespace

Task<Result<social::AccountPtr>> Control::named_account(std::string name) {
    if (name.empty()) {
        co_return fail(ErrorCode::kInvalid, "the name of the account is missing");
    }
    auto account = co_await core_.accounts.find_by_name(name);
    if (!account && account.error().code == ErrorCode::kNotFound) {
        co_return fail(ErrorCode::kNotFound, "there is no account " + name);
    }
    co_return account;
}

Task<Result<std::string>> Control::issue_token(social::AccountPtr account, std::string token) {
    social::Session session;
    session.account = account->id;
    session.client_id = "operator";
    session.app_name = "rookery";
    session.scopes = kOperatorScopes;
    CO_TRY(social::IssuedToken issued, co_await core_.sessions.issue(std::move(session), token));
    co_return std::move(issued.token);
}

Task<Result<std::string>> Control::account_create(http::Params params) {
    social::NewAccount account;
    account.username = params.get_or("name", "");
    account.email = params.get_or("email", "");
    account.password = params.get_or("password", "");
    account.display_name = params.get_or("display_name", "");
    CO_TRY(account.role, parse_role(params.get_or("role", "user")));
    if (const auto id = params.get("id")) {
        const auto parsed = parse_id<AccountId>(*id);
        if (!parsed || !*parsed) {
            co_return fail(ErrorCode::kInvalid, "id must be a number from 1 to 2^63-1");
        }
        account.id = *parsed;
    }
    const bool wants_token = params.has("token");
    std::string made_password;
    if (!params.has("password") && !wants_token) {
        made_password = secure_random_token(12);
        account.password = made_password;
    }
    CO_TRY(const social::AccountPtr created, co_await core_.accounts.create(std::move(account)));
    std::string token;
    if (wants_token) {
        std::string wanted(params.get_or("token", ""));
        CO_TRY(token, co_await issue_token(created, std::move(wanted)));
    }
    log::info("account created by the operator", {{"username", created->username}});
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    write_account(json, *created);
    if (!made_password.empty()) {
        json.field("password", made_password);
    }
    if (!token.empty()) {
        json.field("token", token);
    }
    json.end_object();
    co_return out;
}

Task<Result<std::string>> Control::account_list(http::Params params) {
    constexpr std::int64_t kLimitMax = 1000;
    const std::int64_t limit = params.get_number("limit").value_or(kLimitMax);
    if (limit < 1 || limit > kLimitMax) {
        co_return fail(ErrorCode::kInvalid, "limit must be between 1 and 1000");
    }
    std::string after(params.get_or("after", ""));
    CO_TRY(
        const auto accounts,
        co_await core_.accounts.list(std::move(after), static_cast<std::size_t>(limit))
    );
    std::string out;
    JsonWriter json(out);
    json.begin_array();
    for (const social::AccountPtr& account : accounts) {
        json.begin_object();
        write_account(json, *account);
        json.end_object();
    }
    json.end_array();
    co_return out;
}

Task<Result<std::string>> Control::account_show(http::Params params) {
    std::string name(params.get_or("name", ""));
    CO_TRY(const social::AccountPtr account, co_await named_account(std::move(name)));
    CO_TRY(const std::string email, co_await core_.accounts.email(account->id));
    std::vector<AccountId> ids{account->id};
    CO_TRY(const auto counts, co_await core_.accounts.counts(std::move(ids)));
    CO_TRY(const auto sessions, co_await core_.sessions.list(account->id));
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    write_account(json, *account);
    json.field("email", email)
        .field("followers", counts.at(0).followers)
        .field("following", counts.at(0).following)
        .field("posts", counts.at(0).posts);
    json.key("sessions").begin_array();
    for (const social::SessionPtr& session : sessions) {
        json.begin_object()
            .field("app", session->app_name)
            .field("scopes", session->scopes)
            .field("ip", session->ip)
            .field("created_at", iso8601_ms(session->created_at_ms))
            .end_object();
    }
    json.end_array().end_object();
    co_return out;
}

Task<Result<std::string>> Control::account_reset(http::Params params) {
    std::string name(params.get_or("name", ""));
    CO_TRY(const social::AccountPtr account, co_await named_account(std::move(name)));
    const std::string password = params.has("password") ? std::string(params.get_or("password", ""))
                                                        : secure_random_token(12);
    CO_CHECK(co_await core_.accounts.set_password(account->id, password));
    CO_CHECK(co_await core_.sessions.revoke_all(account->id));
    log::info("password reset by the operator", {{"username", account->username}});
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    write_account(json, *account);
    if (!params.has("password")) {
        json.field("password", password);
    }
    json.end_object();
    co_return out;
}

Task<Result<std::string>> Control::account_token(http::Params params) {
    std::string name(params.get_or("name", ""));
    CO_TRY(const social::AccountPtr account, co_await named_account(std::move(name)));
    std::string wanted(params.get_or("token", ""));
    CO_TRY(const std::string token, co_await issue_token(account, std::move(wanted)));
    log::info("token issued by the operator", {{"username", account->username}});
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    write_account(json, *account);
    json.field("token", token).end_object();
    co_return out;
}

Task<Result<std::string>> Control::set_suspended(http::Params params, bool suspended) {
    std::string name(params.get_or("name", ""));
    CO_TRY(const social::AccountPtr account, co_await named_account(std::move(name)));
    CO_TRY(
        const social::AccountPtr changed,
        co_await social::set_suspended(&core_.accounts, &core_.sessions, account->id, suspended)
    );
    log::info(
        suspended ? "account suspended by the operator" : "account unsuspended by the operator",
        {{"username", account->username}}
    );
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    write_account(json, *changed);
    json.end_object();
    co_return out;
}

Task<Result<std::string>> Control::account_suspend(http::Params params) {
    return set_suspended(std::move(params), true);
}

Task<Result<std::string>> Control::account_unsuspend(http::Params params) {
    return set_suspended(std::move(params), false);
}

Task<Result<std::string>> Control::account_role(http::Params params) {
    std::string name(params.get_or("name", ""));
    CO_TRY(const social::AccountPtr account, co_await named_account(std::move(name)));
    social::AccountChanges changes;
    CO_TRY(changes.role, parse_role(params.get_or("role", "")));
    CO_TRY(
        const social::AccountPtr changed,
        co_await core_.accounts.update(account->id, std::move(changes))
    );
    log::info(
        "role changed by the operator",
        {{"username", changed->username}, {"role", role_name(changed->role)}}
    );
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    write_account(json, *changed);
    json.end_object();
    co_return out;
}

}  // namespace rookery::app
