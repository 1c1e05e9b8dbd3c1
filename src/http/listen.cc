#include "http/listener.h"

#include <boost/asio/ip/tcp.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace rookery::http {

namespace {

using boost::asio::ip::tcp;

/// A descriptor that closes itself unless it is released.
class OwnedDescriptor {
public:
    explicit OwnedDescriptor(int descriptor) : descriptor_(descriptor) {}
    ~OwnedDescriptor() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    OwnedDescriptor(const OwnedDescriptor&) = delete;
    OwnedDescriptor& operator=(const OwnedDescriptor&) = delete;

    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

private:
    int descriptor_;
};

[[noreturn]] void throw_errno(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

int open_socket(int family) {
    const int descriptor = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        throw_errno("socket");
    }
    return descriptor;
}

void set_option(int descriptor, int level, int option) {
    const int on = 1;
    if (::setsockopt(descriptor, level, option, &on, sizeof on) != 0) {
        throw_errno("setsockopt");
    }
}

OwnedDescriptor bind_tcp(const tcp::endpoint& endpoint, const std::string& name, bool shared) {
    OwnedDescriptor owned(open_socket(endpoint.protocol().family()));
    set_option(owned.get(), SOL_SOCKET, SO_REUSEADDR);
    if (shared) {
        set_option(owned.get(), SOL_SOCKET, SO_REUSEPORT);
    }
    if (::bind(owned.get(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0) {
        throw_errno("cannot listen on " + name);
    }
    return OwnedDescriptor(owned.release());
}

sockaddr_un unix_address(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        throw std::system_error(ENAMETOOLONG, std::generic_category(), "cannot listen on " + path);
    }
    path.copy(address.sun_path, path.size());
    return address;
}

}  // namespace

int listen_tcp(const std::string& address, std::uint16_t port, bool check_free) {
    boost::system::error_code error;
    const auto ip = boost::asio::ip::make_address(address, error);
    if (error) {
        throw std::invalid_argument("not an IP address: " + address);
    }
    const tcp::endpoint endpoint(ip, port);
    const std::string name = address + " port " + std::to_string(port);
    if (check_free && port != 0) {
        // With SO_REUSEPORT the kernel would let a second server in: first ask without it.
        bind_tcp(endpoint, name, false);
    }
    OwnedDescriptor owned = bind_tcp(endpoint, name, true);
    if (::listen(owned.get(), SOMAXCONN) != 0) {
        throw_errno("cannot listen on " + name);
    }
    return owned.release();
}

std::uint16_t bound_port(int descriptor) {
    tcp::endpoint endpoint;
    auto size = static_cast<socklen_t>(endpoint.capacity());
    if (::getsockname(descriptor, endpoint.data(), &size) != 0) {
        throw_errno("getsockname");
    }
    endpoint.resize(size);
    return endpoint.port();
}

int listen_unix(const std::string& path) {
    const sockaddr_un address = unix_address(path);
    const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
    {
        const OwnedDescriptor probe(open_socket(AF_UNIX));
        if (::connect(probe.get(), generic, sizeof address) == 0) {
            throw std::system_error(
                EADDRINUSE, std::generic_category(), "cannot listen on " + path
            );
        }
        if (errno == ECONNREFUSED) {
            ::unlink(path.c_str());
        }
    }
    OwnedDescriptor owned(open_socket(AF_UNIX));
    // Set before bind(): at no moment is the file open to others.
    if (::fchmod(owned.get(), S_IRUSR | S_IWUSR) != 0 ||
        ::bind(owned.get(), generic, sizeof address) != 0 || ::listen(owned.get(), 64) != 0) {
        throw_errno("cannot listen on " + path);
    }
    return owned.release();
}

}  // namespace rookery::http
