#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::app {

struct ListenAddress {
    std::string host;  ///< an IPv4 or IPv6 address, without brackets
    std::uint16_t port = 0;

    /// "127.0.0.1:8080", "[::1]:8080".
    [[nodiscard]] std::string text() const;
    /// The address to type into a browser of this machine: any-addresses become loopback.
    [[nodiscard]] std::string local_url() const;
};

/// "HOST:PORT" or "[HOST]:PORT"; "localhost" is 127.0.0.1. kInvalid says what is wrong.
[[nodiscard]] Result<ListenAddress> parse_listen_address(std::string_view text);

/// `address` with a free port if its port is 0: the public address must be known before the server
/// listens. Somebody else may take the port in between; then the start fails and says so.
[[nodiscard]] Result<ListenAddress> with_free_port(ListenAddress address);

}  // namespace rookery::app
