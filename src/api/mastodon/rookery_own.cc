#include "api/mastodon/json_answer.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <string>
#include <utility>
#include <vector>

/// What is this server's own and no part of Mastodon's API: docs/api/rookery-openapi.json.
namespace rookery::api::mastodon {

namespace {

void write_session(
    JsonWriter& json,
    const social::Session& session,
    UnixMs last_use_ms,
    bool is_current
) {
    json.begin_object()
        .field("id", to_string(session.token_id))
        .key("application")
        .begin_object()
        .field("name", session.app_name);
    if (session.app_website.empty()) {
        json.null_field("website");
    } else {
        json.field("website", session.app_website);
    }
    json.end_object().key("scopes");
    write_words(json, session.scopes);
    json.field("created_at", iso8601_ms(session.created_at_ms));
    if (last_use_ms == 0) {
        json.null_field("last_used_at");
    } else {
        json.field("last_used_at", iso8601_ms(last_use_ms));
    }
    json.field("current", is_current).end_object();
}

Task<Result<http::Response>> list_sessions(Call call) {
    CO_TRY(const auto sessions, co_await call.services().sessions.list(call.account->id));
    std::vector<TokenId> ids;
    for (const social::SessionPtr& session : sessions) {
        ids.push_back(session->token_id);
    }
    CO_TRY(const auto uses, co_await call.services().sessions.last_uses(std::move(ids)));
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        const bool is_current = sessions[i]->token_id == call.session->token_id;
        write_session(json, *sessions[i], uses[i], is_current);
    }
    json.end_array();
    http::Response response = http::Response::json(std::move(body));
    response.header("Cache-Control", "no-store");
    co_return response;
}

Task<Result<http::Response>> end_session(Call call) {
    CO_TRY(const auto id, call.path_id<TokenId>());
    CO_CHECK(co_await call.services().sessions.revoke_by_id(call.account->id, id));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> show_metrics(Call call) {
    http::Response response;
    response.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.header("Cache-Control", "no-store");
    response.body = call.services().metrics.expose();
    co_return response;
}

constexpr std::string_view kSessions = "/api/rookery/v1/sessions";
constexpr Route kRoutes[] = {
    {http::Method::kGet, kSessions, Auth::kUser, "read:accounts", list_sessions},
    {http::Method::kDelete,
     "/api/rookery/v1/sessions/:id",
     Auth::kUser,
     "write:accounts",
     end_session},
    {.method = http::Method::kGet,
     .pattern = "/api/rookery/v1/metrics",
     .auth = Auth::kUser,
     .scope = "admin:read",
     .handler = show_metrics,
     .least_role = social::Role::kAdmin},
};

}  // namespace

Routes rookery_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
