#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rookery::kit {

/// An HTTP answer as it came over the wire, de-chunked.
struct WireAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
};

/// A blocking TCP client of a server on 127.0.0.1 that lets a test send any bytes it likes. Every
/// wait ends after ten seconds, so that a test fails instead of hanging.
class LoopbackClient {
public:
    /// Throws std::system_error if nobody listens. `receive_buffer_bytes`: 0 for the system's own.
    explicit LoopbackClient(std::uint16_t port, int receive_buffer_bytes = 0);
    /// Connects to a Unix socket.
    explicit LoopbackClient(const std::string& unix_path);
    ~LoopbackClient();
    LoopbackClient(const LoopbackClient&) = delete;
    LoopbackClient& operator=(const LoopbackClient&) = delete;

    /// False if the server has closed the connection.
    bool send(std::string_view bytes) const;

    /// Reads one answer; nothing if the connection ended before it was complete. `has_body`: false
    /// for the answer to HEAD.
    std::optional<WireAnswer> read_answer(bool has_body = true);

    /// Reads exactly so many bytes; fewer if the connection ended.
    std::string read_bytes(std::size_t count);
    /// Reads up to and including `end`, or until the connection ended.
    std::string read_until(std::string_view end);

    /// True if the server closes the connection, reading over what still comes.
    bool is_closed_by_server();

private:
    bool receive();
    void limit_waits() const;
    std::string read_chunked_body();

    int descriptor_ = -1;
    std::string buffer_;
};

}  // namespace rookery::kit
