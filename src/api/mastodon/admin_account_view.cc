#include "api/mastodon/admin_account_view.h"

#include "api/mastodon/account_view.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

/// Addresses of the newest sessions, so many are looked at.
constexpr std::size_t kSessionsSeen = 20;

void write_addresses(JsonWriter& json, const std::vector<social::SessionPtr>& sessions) {
    std::vector<std::string_view> shown;
    json.key("ips").begin_array();
    for (const social::SessionPtr& session : sessions) {
        if (session->ip.empty() || std::ranges::count(shown, session->ip) > 0) {
            continue;
        }
        shown.push_back(session->ip);
        json.begin_object()
            .field("ip", session->ip)
            .field("used_at", iso8601_ms(session->created_at_ms))
            .end_object();
    }
    json.end_array();
    if (shown.empty()) {
        json.null_field("ip");
    } else {
        json.field("ip", shown.front());
    }
}

Task<Result<std::string>>
render_one(Call call, social::AccountPtr account, http::Fragment as_others_see_it) {
    CO_TRY(const auto email, co_await call.services().accounts.email(account->id));
    CO_TRY(const auto sessions, co_await call.services().sessions.list(account->id, kSessionsSeen));
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("id", to_string(account->id))
        .field("username", account->username)
        .null_field("domain")
        .field("created_at", iso8601_ms(account->created_at_ms))
        .field("email", email)
        .field("locale", account->default_language)
        .null_field("invite_request");
    write_addresses(json, sessions);
    write_role(json, account->role);
    json.field("confirmed", true)
        .field("approved", true)
        .field("disabled", false)
        .field("silenced", false)
        .field("suspended", account->suspended)
        .field("sensitized", false)
        .raw_field("account", *as_others_see_it)
        .end_object();
    co_return out;
}

}  // namespace

Task<Result<std::vector<std::string>>>
render_for_admins(Call call, std::vector<social::AccountPtr> accounts) {
    CO_TRY(const auto rendered, co_await call.api.account_view.render_many(accounts));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        CO_TRY(auto entity, co_await render_one(call, accounts[i], rendered[i]));
        out.push_back(std::move(entity));
    }
    co_return out;
}

}  // namespace rookery::api::mastodon
