#include "api/mastodon/json_answer.h"
#include "api/mastodon/redirect_uri.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/web_client.h"
#include "base/json_writer.h"

#include <algorithm>
#include <string>
#include <vector>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kNameBytesMax = 240;
constexpr std::size_t kUrlBytesMax = 2000;
constexpr std::size_t kRedirectUrisMax = 20;

std::string render(const social::App& app, bool with_secret) {
    std::string joined;
    for (const std::string& uri : app.redirect_uris) {
        joined += joined.empty() ? "" : "\n";
        joined += uri;
    }
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("id", to_string(app.id)).field("name", app.name);
    if (app.website.empty()) {
        json.null_field("website");
    } else {
        json.field("website", app.website);
    }
    json.key("scopes");
    write_words(json, app.scopes);
    json.field("redirect_uri", joined).key("redirect_uris").begin_array();
    for (const std::string& uri : app.redirect_uris) {
        json.string(uri);
    }
    json.end_array();
    if (with_secret) {
        json.field("client_id", app.client_id)
            .field("client_secret", app.client_secret)
            .field("client_secret_expires_at", 0);
    }
    json.field("vapid_key", "").end_object();
    return out;
}

Result<std::vector<std::string>> redirect_uris_of(const http::Params& params) {
    std::vector<std::string> uris;
    for (std::string_view value : params.list("redirect_uris")) {
        // One string may hold several, a line each.
        while (!value.empty()) {
            const std::size_t end = value.find_first_of(" \r\n");
            const std::string_view uri = value.substr(0, end);
            if (!uri.empty()) {
                uris.emplace_back(uri);
            }
            value.remove_prefix(end == std::string_view::npos ? value.size() : end + 1);
        }
    }
    if (uris.empty()) {
        return fail(ErrorCode::kInvalid, "Validation failed: Redirect URI can't be blank");
    }
    if (uris.size() > kRedirectUrisMax) {
        return fail(ErrorCode::kInvalid, "Validation failed: Redirect URI: there are more than 20");
    }
    for (const std::string& uri : uris) {
        if (!is_valid_redirect_uri(uri)) {
            return fail(
                ErrorCode::kInvalid,
                "Validation failed: Redirect URI must be an absolute URI without a fragment"
            );
        }
    }
    return uris;
}

Task<Result<http::Response>> register_app(Call call) {
    const http::Params& params = call.params();
    social::NewApp app;
    app.name = params.get_or("client_name", "");
    app.website = params.get_or("website", "");
    app.scopes = params.get_or("scopes", "read");
    if (app.scopes.empty()) {
        app.scopes = "read";
    }
    if (app.name.empty() || app.name.size() > kNameBytesMax) {
        co_return fail(
            ErrorCode::kInvalid,
            "Validation failed: Application name can't be blank or longer than 240 bytes"
        );
    }
    if (!app.website.empty() && (!is_web_url(app.website) || app.website.size() > kUrlBytesMax)) {
        co_return fail(
            ErrorCode::kInvalid, "Validation failed: Application website is not a valid URL"
        );
    }
    if (!social::scopes_known(app.scopes)) {
        co_return fail(
            ErrorCode::kInvalid, "Validation failed: Scopes doesn't match configured on the server."
        );
    }
    CO_TRY(app.redirect_uris, redirect_uris_of(params));
    CO_TRY(const auto made, co_await call.services().sessions.register_app(std::move(app)));
    co_return http::Response::json(render(made, true));
}

Task<Result<http::Response>> verify_app(Call call) {
    const social::Session& session = *call.session;
    auto app = co_await find_client(call, session.client_id);
    if (!app && app.error().code == ErrorCode::kNotFound) {
        // Tokens of the operator's tools and of browsers belong to no registered app.
        social::App unregistered;
        unregistered.id = AppId(session.token_id.value);
        unregistered.name = session.app_name;
        unregistered.website = session.app_website;
        unregistered.scopes = session.scopes;
        app = std::move(unregistered);
    }
    if (!app) {
        co_return std::move(app).error();
    }
    co_return http::Response::json(render(*app, false));
}

constexpr Route kRoutes[] = {
    {http::Method::kPost, "/api/v1/apps", Auth::kNone, "", register_app, RateClass::kApps},
    {http::Method::kGet, "/api/v1/apps/verify_credentials", Auth::kApp, kAnyScope, verify_app},
};

}  // namespace

Routes app_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
