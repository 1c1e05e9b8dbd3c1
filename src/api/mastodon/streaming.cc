#include "api/mastodon/resources.h"
#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

Result<void> check_scope(const Call& call, const StreamTopic& topic) {
    if (!social::scope_covers(call.session->scopes, topic.scope())) {
        return fail(ErrorCode::kForbidden, "This action is outside the authorized scopes");
    }
    return {};
}

/// The topic of ?stream=, or nothing if there is no such parameter.
Result<std::optional<StreamTopic>> asked_topic(const Call& call) {
    const http::Params& params = call.params();
    const std::string_view name = params.get_or("stream", "");
    if (name.empty()) {
        return std::optional<StreamTopic>{};
    }
    TRY(auto topic, parse_topic(name, params.get_or("tag", ""), params.get_or("list", "")));
    if (auto checked = check_scope(call, topic); !checked) {
        return std::move(checked).error();
    }
    return std::optional<StreamTopic>(std::move(topic));
}

http::Response event_stream(const Call& call, const StreamTopic& topic) {
    http::Response response;
    response.upgrade = http::EventStreamUpgrade{
        [&api = call.api, session = call.session, topic](std::shared_ptr<http::PushChannel> channel
        ) { api.stream_hub.open(std::move(channel), session, StreamForm::kEvents, topic); }
    };
    return response;
}

/// A WebSocket, or server-sent events for clients that do not ask for one.
Task<Result<http::Response>> connect(Call call) {
    CO_TRY(auto topic, asked_topic(call));
    if (!ascii_iequals(call.request->header("upgrade").value_or(""), "websocket")) {
        if (!topic) {
            co_return fail(ErrorCode::kInvalid, "Missing stream name parameter");
        }
        co_return event_stream(call, *topic);
    }
    http::Response response;
    response.upgrade = http::WebSocketUpgrade{
        .on_open =
            [&api = call.api, session = call.session, topic](
                std::shared_ptr<http::PushChannel> channel
            ) { api.stream_hub.open(std::move(channel), session, StreamForm::kWebSocket, topic); },
        .protocol = std::string(call.request->header("sec-websocket-protocol").value_or("")),
    };
    co_return response;
}

/// Server-sent events at a path of their own: "/api/v1/streaming/user/notification".
Task<Result<http::Response>> connect_path(Call call) {
    std::string name(call.request->route.substr(std::string_view("/api/v1/streaming/").size()));
    std::ranges::replace(name, '/', ':');
    const http::Params& params = call.params();
    if (name == "public" && params.get_bool("only_media").value_or(false)) {
        name = "public:media";
    }
    CO_TRY(
        const auto topic, parse_topic(name, params.get_or("tag", ""), params.get_or("list", ""))
    );
    CO_CHECK(check_scope(call, topic));
    co_return event_stream(call, topic);
}

Task<Result<http::Response>> health(Call call) {
    co_return http::Response::text("OK");
}

constexpr std::string_view kScopes = "read:statuses read:notifications read:lists";

constexpr Route get(std::string_view pattern, Handler handler) {
    return {http::Method::kGet, pattern, Auth::kUser, kScopes, handler, RateClass::kStreaming};
}

constexpr std::array kRoutes{
    get("/api/v1/streaming", connect),
    get("/api/v1/streaming/user", connect_path),
    get("/api/v1/streaming/user/notification", connect_path),
    get("/api/v1/streaming/public", connect_path),
    get("/api/v1/streaming/public/local", connect_path),
    get("/api/v1/streaming/public/remote", connect_path),
    get("/api/v1/streaming/hashtag", connect_path),
    get("/api/v1/streaming/hashtag/local", connect_path),
    get("/api/v1/streaming/list", connect_path),
    get("/api/v1/streaming/direct", connect_path),
    Route{http::Method::kGet, "/api/v1/streaming/health", Auth::kNone, "", health},
};

}  // namespace

Routes streaming_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
