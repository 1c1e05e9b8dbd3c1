#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace rookery::http {

/// The server's end of an open stream, WebSocket or server-sent events. send() and close() are
/// thread-safe and never block; the callbacks run on the connection's executor.
class PushChannel {
public:
    virtual ~PushChannel() = default;

    /// Queues one WebSocket text message, or for server-sent events the ready bytes of one event
    /// ("event: update\ndata: …\n\n"). False if the channel is closed, or if its queue was over its
    /// limit: then the client is too slow and the channel closes (a gap would be worse).
    virtual bool send(std::shared_ptr<const std::string> message) = 0;

    /// WebSocket: a close frame with this code (RFC 6455, section 7.4), then the end of the
    /// connection. Server-sent events: the end of the body. Further calls do nothing.
    virtual void close(std::uint16_t code, std::string reason) = 0;

    /// Set from `on_open` only. `on_text` gets each complete text message of a WebSocket;
    /// `on_closed` is called once, however the channel ended, after which no callback comes.
    std::function<void(std::string)> on_text;
    std::function<void()> on_closed;
};

}  // namespace rookery::http
