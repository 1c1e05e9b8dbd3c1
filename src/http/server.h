#pragma once

#include "base/clock.h"
#include "base/metrics.h"
#include "http/router.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rookery::http {

/// Every limit of the server. The defaults suit a public server; app/config documents each.
struct ServerConfig {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0: any free one; Server::port() tells
    /// If not empty: also listens on this Unix socket (mode 0600) with `control_router`.
    std::string control_socket;
    unsigned threads = 0;                    ///< 0: one for each core
    std::size_t head_bytes_max = 16 * 1024;  ///< request line and headers
    std::size_t header_count_max = 100;
    std::size_t body_bytes_max = 16 * 1024 * 1024;
    /// Bodies stay as they came, whatever their type; only the query becomes parameters.
    bool bodies_are_raw = false;
    std::size_t params_max = 1000;
    std::size_t json_bytes_max = 1024 * 1024;  ///< a JSON body's tree takes 20 times as much
    std::size_t connections_max = 20'000;
    /// Requests of one connection answered in a row before the thread's other connections get their
    /// turn. Nothing is read ahead of its answer but what came with the former read.
    std::size_t pipelined_max = 64;
    /// Bodies being received and not yet answered, all connections together; over it: 503.
    std::size_t bodies_bytes_max = 512 * 1024 * 1024;
    std::uint32_t head_timeout_ms = 10'000;  ///< from the first byte to the end of the head
    std::uint32_t body_timeout_ms = 60'000;
    std::uint32_t write_timeout_ms = 60'000;    ///< for one answer to leave
    std::uint32_t idle_timeout_ms = 75'000;     ///< between requests of a kept-alive connection
    std::uint32_t handler_timeout_ms = 30'000;  ///< then 503; the handler runs on
    std::uint32_t drain_timeout_ms = 10'000;    ///< at stop, for requests under way
    std::size_t websocket_message_bytes_max = 64 * 1024;
    std::size_t push_queue_bytes_max = 1024 * 1024;  ///< per stream; over it the client is cut
    std::uint32_t websocket_ping_interval_ms = 30'000;
    std::uint32_t event_stream_heartbeat_ms = 15'000;
    std::size_t gzip_bytes_min = 1024;  ///< smaller bodies are not worth the CPU
    int gzip_level = 1;                 ///< see gzip.h; 0 turns compression off
    /// Larger bodies are compressed on a thread of their own: 64 KB of JSON take 20 us at level 1,
    /// 0.6 ms at level 6.
    std::size_t gzip_inline_bytes_max = 64 * 1024;
    /// Paths beginning with one of these may be called by any web page, without credentials
    /// (https://fetch.spec.whatwg.org/#http-cors-protocol).
    std::vector<std::string> cors_prefixes{
        "/api/",
        "/oauth/token",
        "/oauth/revoke",
        "/oauth/userinfo",
        "/.well-known/",
        "/nodeinfo/"
    };
    /// Addresses or CIDR blocks whose X-Forwarded-For, -Proto and X-Request-Id are believed.
    std::vector<std::string> trusted_proxies;
};

/// An HTTP/1.1 server (RFC 9110, 9112) with WebSocket (RFC 6455) and server-sent events: one
/// io_context a thread, each with its own SO_REUSEPORT socket.
class Server {
public:
    /// Everything given by reference, and whatever the handlers use, must outlive the server; pools
    /// that handlers wait for must be joined before it is destroyed. Throws std::invalid_argument
    /// for a bad address and for a bad entry of `trusted_proxies`.
    Server(
        ServerConfig config,
        const Router& router,
        const Router* control_router,
        const Clock& clock,
        metrics::Registry& metrics
    );
    ~Server();

    /// Binds, listens and returns; throws std::system_error if the address is taken.
    void start();

    /// Stops accepting, closes idle connections and streams (WebSocket 1001), lets requests under
    /// way end within drain_timeout_ms, then joins the threads. Idempotent; not to be called from a
    /// handler.
    void stop();

    [[nodiscard]] std::uint16_t port() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::http
