#include "http/server.h"

#include "base/log.h"
#include "http/listener.h"
#include "http/server_shared.h"
#include "http/worker.h"

#include <boost/asio/ip/address.hpp>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace rookery::http {

class Server::State {
public:
    State(
        ServerConfig config,
        const Router& router,
        const Router* control_router,
        const Clock& clock,
        metrics::Registry& metrics
    )
        : shared_(std::move(config), clock, metrics),
          router_(router),
          control_router_(control_router) {
        boost::system::error_code error;
        boost::asio::ip::make_address(shared_.config.address, error);
        if (error) {
            throw std::invalid_argument("not an IP address: " + shared_.config.address);
        }
    }

    ~State() { stop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void start() {
        const ServerConfig& config = shared_.config;
        const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
        const unsigned threads = config.threads == 0 ? cores : config.threads;
        port_ = config.port;
        for (unsigned i = 0; i < threads; ++i) {
            auto& worker = workers_.emplace_back(std::make_unique<Worker>(shared_));
            const int descriptor = listen_tcp(config.address, port_, i == 0);
            port_ = bound_port(descriptor);
            worker->listen(descriptor, router_);
        }
        if (!config.control_socket.empty() && control_router_ != nullptr) {
            workers_.front()->listen(listen_unix(config.control_socket), *control_router_);
            has_control_socket_ = true;
        }
        for (const auto& worker : workers_) {
            worker->start();
        }
        log::info("server started", {{"address", config.address}, {"port", port_}});
    }

    void stop() {
        if (workers_.empty() || stopped_) {
            return;
        }
        stopped_ = true;
        for (const auto& worker : workers_) {
            worker->begin_stop();
        }
        const auto deadline = std::chrono::steady_clock::now() +
                              std::chrono::milliseconds(shared_.config.drain_timeout_ms);
        bool all_ended = true;
        for (const auto& worker : workers_) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now()
            );
            all_ended = worker->wait(std::max(left, std::chrono::milliseconds(0))) && all_ended;
        }
        for (const auto& worker : workers_) {
            worker->join();
        }
        if (has_control_socket_) {
            ::unlink(shared_.config.control_socket.c_str());
        }
        log::info("server stopped", {{"drained", all_ended}});
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    ServerShared shared_;
    const Router& router_;
    const Router* control_router_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::uint16_t port_ = 0;
    bool has_control_socket_ = false;
    bool stopped_ = false;
};

Server::Server(
    ServerConfig config,
    const Router& router,
    const Router* control_router,
    const Clock& clock,
    metrics::Registry& metrics
)
    : state_(std::make_unique<State>(std::move(config), router, control_router, clock, metrics)) {}

Server::~Server() = default;

void Server::start() {
    state_->start();
}

void Server::stop() {
    state_->stop();
}

std::uint16_t Server::port() const {
    return state_->port();
}

}  // namespace rookery::http
