#include "http/listener.h"

#include "base/log.h"
#include "http/connection.h"
#include "http/status.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace rookery::http {

namespace asio = boost::asio;

namespace {

constexpr int kAcceptsInARow = 64;

asio::ip::address address_of(const sockaddr_storage& peer) {
    if (peer.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &peer, sizeof v4);
        return asio::ip::address_v4(ntohl(v4.sin_addr.s_addr));
    }
    sockaddr_in6 v6{};
    std::memcpy(&v6, &peer, sizeof v6);
    asio::ip::address_v6::bytes_type bytes;
    std::memcpy(bytes.data(), v6.sin6_addr.s6_addr, bytes.size());
    return unmapped(asio::ip::address_v6(bytes));
}

/// Tells a client that there is no room, as far as its socket takes it at once.
void turn_away(int descriptor, const std::string& request_id) {
    const std::string body = error_body("The server has too many connections");
    const std::string answer = fmt::format(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json; charset=utf-8\r\n"
        "Content-Length: {}\r\nX-Request-Id: {}\r\nRetry-After: 5\r\nConnection: close\r\n\r\n{}",
        body.size(),
        request_id,
        body
    );
    ::send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::shutdown(descriptor, SHUT_WR);
    ::close(descriptor);
}

}  // namespace

Listener::Listener(Worker& worker, int descriptor, const Router& router)
    : worker_(worker), socket_(worker.executor(), descriptor), router_(router) {}

void Listener::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

Task<void> Listener::run() {
    constexpr asio::use_awaitable_t<Executor> kAwait;
    asio::basic_waitable_timer<
        std::chrono::steady_clock,
        asio::wait_traits<std::chrono::steady_clock>,
        Executor>
        pause(worker_.executor());
    while (socket_.is_open()) {
        boost::system::error_code error;
        co_await socket_.async_wait(
            asio::posix::descriptor_base::wait_read, asio::redirect_error(kAwait, error)
        );
        if (error || !socket_.is_open()) {
            break;
        }
        if (!accept_waiting()) {
            // Out of descriptors or memory: leave the clients in the queue for a moment.
            log::error(
                "cannot accept connections", {{"error", std::generic_category().message(errno)}}
            );
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::redirect_error(kAwait, error));
        }
    }
}

bool Listener::accept_waiting() {
    for (int i = 0; i < kAcceptsInARow; ++i) {
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        const int descriptor = ::accept4(
            socket_.native_handle(),
            reinterpret_cast<sockaddr*>(&peer),
            &size,
            SOCK_NONBLOCK | SOCK_CLOEXEC
        );
        if (descriptor < 0) {
            if (errno == ECONNABORTED || errno == EINTR) {
                continue;
            }
            return errno == EAGAIN || errno == EWOULDBLOCK;
        }
        if (peer.ss_family == AF_UNIX) {
            admit(descriptor, "local", false);
            continue;
        }
        const int on = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const asio::ip::address address = address_of(peer);
        admit(descriptor, address.to_string(), worker_.shared().trust.is_trusted(address));
    }
    return true;
}

void Listener::admit(int descriptor, const std::string& peer_address, bool is_trusted) {
    ServerShared& shared = worker_.shared();
    if (shared.connection_count.load(std::memory_order_relaxed) >= shared.config.connections_max) {
        shared.refused_connections.add();
        turn_away(descriptor, worker_.next_request_id());
        return;
    }
    auto connection = std::make_shared<Connection>(
        worker_, router_, descriptor, Connection::Peer{peer_address, is_trusted}
    );
    worker_.tasks().spawn(worker_.executor(), Connection::serve(std::move(connection)));
}

}  // namespace rookery::http
