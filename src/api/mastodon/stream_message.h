#pragma once

#include "api/mastodon/stream_registry.h"
#include "http/response.h"

#include <string_view>

namespace rookery::api::mastodon {

/// One event as the bytes that a PushChannel sends: a WebSocket message, whose payload is a string
/// of JSON, or a server-sent event. `payload` empty: the event has none.
[[nodiscard]] http::Fragment stream_message(
    StreamForm form,
    const StreamTopic& topic,
    std::string_view event,
    std::string_view payload
);

/// What a WebSocket client is told of a message that it should not have sent.
[[nodiscard]] http::Fragment stream_error(std::string_view message, int status);

}  // namespace rookery::api::mastodon
