#pragma once

#include "base/result.h"

#include <sys/socket.h>

#include <string>
#include <string_view>

namespace rookery::load {

/// The server under load: its address, and what a request to it says.
struct Target {
    sockaddr_storage address{};
    socklen_t address_size = 0;
    std::string host;  ///< the Host header
    std::uint16_t port = 0;
    bool is_loopback = false;
    /// False: requests ask the server to close, and each has a connection of its own.
    bool keeps_alive = true;
    bool accepts_gzip = false;  ///< says so in each request

    /// Complete bytes of a request with an Authorization header; none if `token` is empty.
    [[nodiscard]] std::string get(std::string_view path, std::string_view token) const;
    /// With a JSON body.
    [[nodiscard]] std::string send(
        std::string_view method,
        std::string_view path,
        std::string_view token,
        std::string_view body
    ) const;
};

/// "http://HOST[:PORT]"; kInvalid says what is wrong. There is no TLS: it is measured apart.
[[nodiscard]] Result<Target> parse_target(std::string_view url);

/// A connected socket, not blocking, without Nagle's delay.
[[nodiscard]] Result<int> connect_to(const Target& target);

}  // namespace rookery::load
