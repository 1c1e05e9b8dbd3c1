#include "load/target.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>

namespace rookery::load {

namespace {

bool is_loopback(const sockaddr_storage& address) {
    if (address.ss_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof in);
        return (ntohl(in.sin_addr.s_addr) >> 24) == 127;
    }
    sockaddr_in6 in6{};
    std::memcpy(&in6, &address, sizeof in6);
    return std::memcmp(&in6.sin6_addr, &in6addr_loopback, sizeof in6.sin6_addr) == 0;
}

/// What every request says besides.
std::string common_fields(const Target& target) {
    std::string fields = target.keeps_alive ? "" : "Connection: close\r\n";
    if (target.accepts_gzip) {
        fields += "Accept-Encoding: gzip\r\n";
    }
    return fields;
}

}  // namespace

std::string Target::get(std::string_view path, std::string_view token) const {
    std::string bytes = fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n", path, host);
    if (!token.empty()) {
        bytes += fmt::format("Authorization: Bearer {}\r\n", token);
    }
    bytes += common_fields(*this);
    return bytes + "\r\n";
}

std::string Target::send(
    std::string_view method,
    std::string_view path,
    std::string_view token,
    std::string_view body
) const {
    std::string bytes = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", method, path, host);
    if (!token.empty()) {
        bytes += fmt::format("Authorization: Bearer {}\r\n", token);
    }
    if (!body.empty()) {
        bytes += "Content-Type: application/json\r\n";
    }
    bytes += common_fields(*this);
    return bytes + fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
}

Result<Target> parse_target(std::string_view url) {
    constexpr std::string_view kScheme = "http://";
    if (!url.starts_with(kScheme)) {
        return fail(ErrorCode::kInvalid, "the target must be http://HOST:PORT (there is no TLS)");
    }
    std::string_view rest = url.substr(kScheme.size());
    if (rest.ends_with('/')) {
        rest.remove_suffix(1);
    }
    Target target;
    target.host = rest;
    std::string_view name = rest;
    std::uint16_t port = 80;
    const std::size_t colon = rest.rfind(':');
    if (colon != std::string_view::npos && !rest.ends_with(']')) {
        const std::string_view digits = rest.substr(colon + 1);
        const char* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, port);
        if (error != std::errc() || stop != end || port == 0) {
            return fail(ErrorCode::kInvalid, "the target's port is no number");
        }
        name = rest.substr(0, colon);
    }
    if (name.starts_with('[') && name.ends_with(']')) {
        name = name.substr(1, name.size() - 2);
    }
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int error =
        getaddrinfo(std::string(name).c_str(), std::to_string(port).c_str(), &hints, &found);
    if (error != 0 || found == nullptr) {
        return fail(
            ErrorCode::kInvalid, fmt::format("the target's host {}: {}", name, gai_strerror(error))
        );
    }
    std::memcpy(&target.address, found->ai_addr, found->ai_addrlen);
    target.address_size = found->ai_addrlen;
    freeaddrinfo(found);
    target.port = port;
    target.is_loopback = is_loopback(target.address);
    return target;
}

Result<int> connect_to(const Target& target) {
    const int fd = socket(target.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 ||
        connect(fd, reinterpret_cast<const sockaddr*>(&target.address), target.address_size) != 0) {
        const std::string why = std::generic_category().message(errno);
        if (fd >= 0) {
            close(fd);
        }
        return fail(
            ErrorCode::kUnavailable, fmt::format("cannot connect to {}: {}", target.host, why)
        );
    }
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return fd;
}

}  // namespace rookery::load
