#include "api/mastodon/json_answer.h"
#include "api/mastodon/own_account.h"
#include "api/mastodon/profile_changes.h"
#include "api/mastodon/resources.h"
#include "base/json_writer.h"

#include <utility>

namespace rookery::api::mastodon {

Task<Result<http::Response>> answer_own_account(Call call, social::AccountPtr account) {
    // More requests than this are shown as this many.
    constexpr std::size_t kRequestsCounted = 200;
    social::PageRequest page;
    page.limit = kRequestsCounted;
    CO_TRY(const auto requests, co_await call.services().follows.requests(account->id, page));
    CO_TRY(
        auto body,
        co_await call.api.account_view.render_own(
            std::move(account), static_cast<std::int64_t>(requests.size())
        )
    );
    co_return http::Response::json(std::move(body));
}

namespace {

Task<Result<http::Response>> update_credentials(Call call) {
    CO_TRY(auto changes, profile_changes_of(call));
    CO_TRY(
        auto account,
        co_await call.services().accounts.update(call.account_id(), std::move(changes))
    );
    auto response = co_await answer_own_account(call, std::move(account));
    co_return response;
}

/// The Profile entity: what its owner edits, as typed.
std::string render_profile(const ApiConfig& config, const social::Account& account) {
    std::string out;
    JsonWriter json(out);
    const std::string avatar = avatar_url(config, account);
    const std::string header = header_url(config, account);
    json.begin_object()
        .field("id", to_string(account.id))
        .field("display_name", account.display_name)
        .field("note", account.note)
        .key("fields")
        .begin_array();
    for (const social::ProfileField& field : account.fields) {
        json.begin_object()
            .field("name", field.name)
            .field("value", field.value)
            .null_field("verified_at")
            .end_object();
    }
    json.end_array()
        .field("avatar", avatar)
        .field("avatar_static", avatar)
        .field("avatar_description", "")
        .field("header", header)
        .field("header_static", header)
        .field("header_description", "")
        .field("locked", account.locked)
        .field("bot", account.bot)
        .field("hide_collections", account.hide_collections)
        .field("discoverable", account.discoverable)
        .field("indexable", account.indexable)
        .field("show_media", true)
        .field("show_media_replies", true)
        .field("show_featured", true)
        .key("attribution_domains")
        .begin_array()
        .end_array()
        .end_object();
    return out;
}

Task<Result<http::Response>> show_profile(Call call) {
    co_return http::Response::json(render_profile(call.api.config, *call.account));
}

Task<Result<http::Response>> update_profile(Call call) {
    CO_TRY(auto changes, profile_changes_of(call));
    CO_TRY(
        const auto account,
        co_await call.services().accounts.update(call.account_id(), std::move(changes))
    );
    co_return http::Response::json(render_profile(call.api.config, *account));
}

/// Everybody has the default picture, so there is none to remove.
Task<Result<http::Response>> remove_picture(Call call) {
    auto response = co_await answer_own_account(call, call.account);
    co_return response;
}

Task<Result<http::Response>> preferences(Call call) {
    const social::Account& account = *call.account;
    std::string body;
    JsonWriter json(body);
    json.begin_object()
        .field("posting:default:visibility", social::to_string(account.default_visibility))
        .field("posting:default:sensitive", account.default_sensitive)
        .key("posting:default:language");
    if (account.default_language.empty()) {
        json.null();
    } else {
        json.string(account.default_language);
    }
    json.field("posting:default:quote_policy", "nobody")
        .field("reading:expand:media", "default")
        .field("reading:expand:spoilers", false)
        .field("reading:autoplay:gifs", false)
        .end_object();
    co_return http::Response::json(std::move(body));
}

constexpr Route kRoutes[] = {
    {http::Method::kPatch,
     "/api/v1/accounts/update_credentials",
     Auth::kUser,
     "write:accounts",
     update_credentials},
    {http::Method::kGet, "/api/v1/profile", Auth::kUser, "profile read:accounts", show_profile},
    {http::Method::kPatch, "/api/v1/profile", Auth::kUser, "write:accounts", update_profile},
    {http::Method::kDelete, "/api/v1/profile/avatar", Auth::kUser, "write:accounts", remove_picture
    },
    {http::Method::kDelete, "/api/v1/profile/header", Auth::kUser, "write:accounts", remove_picture
    },
    {http::Method::kGet, "/api/v1/preferences", Auth::kUser, "read:accounts", preferences},
};

}  // namespace

Routes account_edit_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
