#pragma once

#include "base/task.h"
#include "http/router.h"
#include "http/worker.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <string>

namespace rookery::http {

/// Accepts the connections of one listening socket.
class Listener {
public:
    /// Takes over `descriptor`, which listens and does not block.
    Listener(Worker& worker, int descriptor, const Router& router);

    [[nodiscard]] Task<void> run();
    void close();

private:
    bool accept_waiting();
    void admit(int descriptor, const std::string& peer_address, bool is_trusted);

    Worker& worker_;
    boost::asio::posix::basic_stream_descriptor<Executor> socket_;
    const Router& router_;
};

/// Binds and listens on an address and port, shared with other sockets by SO_REUSEPORT; port 0
/// means any free one. Throws std::system_error, also if another program listens there.
[[nodiscard]] int listen_tcp(const std::string& address, std::uint16_t port, bool check_free);

/// The port that a socket is bound to.
[[nodiscard]] std::uint16_t bound_port(int descriptor);

/// Listens on a Unix socket that only its owner may use (mode 0600). A socket file that nobody
/// listens on any more is replaced. Throws std::system_error.
[[nodiscard]] int listen_unix(const std::string& path);

}  // namespace rookery::http
