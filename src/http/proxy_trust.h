#pragma once

#include "http/request.h"

#include <boost/asio/ip/address.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::http {

/// Knows the proxies whose word about a client is believed. Immutable, hence thread-safe.
class ProxyTrust {
public:
    /// Addresses or CIDR blocks (RFC 4632, RFC 4291). Throws std::invalid_argument for a bad one.
    explicit ProxyTrust(const std::vector<std::string>& blocks);

    [[nodiscard]] bool is_trusted(const boost::asio::ip::address& address) const;

    /// Sets `remote_address` and `secure` from X-Forwarded-For and -Proto, for a request that came
    /// from a trusted peer. The right-most address that is not a trusted proxy is the client:
    /// everything left of it could have been written by the client itself.
    void apply(Request& request) const;

private:
    struct Block {
        boost::asio::ip::address address;
        unsigned prefix_bits;
    };
    std::vector<Block> blocks_;
};

/// Understands "192.0.2.1", "192.0.2.1:80", "2001:db8::1" and "[2001:db8::1]:80"; an IPv4-mapped
/// IPv6 address comes out as IPv4.
[[nodiscard]] std::optional<boost::asio::ip::address> parse_peer_address(std::string_view text);

/// An IPv4-mapped IPv6 address as IPv4, any other as it is.
[[nodiscard]] boost::asio::ip::address unmapped(const boost::asio::ip::address& address);

}  // namespace rookery::http
