#include "app/listen_address.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <cstring>

namespace rookery::app {

namespace {

bool is_ipv6(std::string_view host) {
    return host.find(':') != std::string_view::npos;
}

/// The length of the socket address, or 0 if `host` is no IP address.
socklen_t to_socket_address(const ListenAddress& address, sockaddr_storage& out) {
    std::memset(&out, 0, sizeof(out));
    if (is_ipv6(address.host)) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(address.port);
        if (inet_pton(AF_INET6, address.host.c_str(), &v6.sin6_addr) != 1) {
            return 0;
        }
        std::memcpy(&out, &v6, sizeof(v6));
        return sizeof(v6);
    }
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(address.port);
    if (inet_pton(AF_INET, address.host.c_str(), &v4.sin_addr) != 1) {
        return 0;
    }
    std::memcpy(&out, &v4, sizeof(v4));
    return sizeof(v4);
}

}  // namespace

std::string ListenAddress::text() const {
    return is_ipv6(host) ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::string ListenAddress::local_url() const {
    ListenAddress shown = *this;
    if (host == "0.0.0.0" || host == "::") {
        shown.host = "127.0.0.1";
    }
    return "http://" + shown.text();
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
    const auto wrong = [&](std::string_view why) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format("the address to listen on is HOST:PORT, not \"{}\": {}", text, why)
        );
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return wrong("it has no port");
    }
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    } else if (is_ipv6(host)) {
        return wrong("an IPv6 address stands in brackets, [::1]:8080");
    }
    ListenAddress address;
    address.host = host == "localhost" ? "127.0.0.1" : std::string(host);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (port.empty() || error != std::errc{} || end != port.data() + port.size()) {
        return wrong("a port is a number from 0 to 65535");
    }
    sockaddr_storage storage{};
    if (to_socket_address(address, storage) == 0) {
        return wrong("the host must be an IP address of this machine, or localhost");
    }
    return address;
}

Result<ListenAddress> with_free_port(ListenAddress address) {
    if (address.port != 0) {
        return address;
    }
    sockaddr_storage storage{};
    socklen_t size = to_socket_address(address, storage);
    const int fd = ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return fail(ErrorCode::kInternal, "cannot open a socket");
    }
    auto* generic = reinterpret_cast<sockaddr*>(&storage);
    const bool bound = ::bind(fd, generic, size) == 0 && ::getsockname(fd, generic, &size) == 0;
    ::close(fd);
    if (!bound) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format(
                "cannot listen on {}: {}", address.text(), "it is no address of this machine"
            )
        );
    }
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof(v4));  // the port lies at the same place in sockaddr_in6
    address.port = ntohs(v4.sin_port);
    return address;
}

}  // namespace rookery::app
