#include "limits/load.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

namespace rookery::bench_limits {

namespace {

using Clock = std::chrono::steady_clock;

/// So many different requests go round on a connection.
constexpr std::size_t kRing = 64;

class Connection {
public:
    explicit Connection(const LoadPlan& plan, unsigned seed) : plan_(plan) {
        std::mt19937 random(seed);
        for (std::size_t i = 0; i < kRing; ++i) {
            requests_.push_back(plan.get ? get(random) : post(random));
        }
    }
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void run(Clock::time_point end) {
        if (!connect()) {
            result.error = "cannot connect";
            return;
        }
        for (std::size_t i = 0; Clock::now() < end && result.error.empty(); ++i) {
            const auto begun = Clock::now();
            if (!send(requests_[i % kRing]) || !receive(i == 0)) {
                return;
            }
            result.latency_ns.record(
                std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begun).count()
            );
            ++result.requests;
        }
    }

    LoadResult result;

private:
    [[nodiscard]] std::string get(std::mt19937& random) const {
        return fmt::format(
            "GET {}{} HTTP/1.1\r\nHost: limiter\r\n\r\n", plan_.path, random() % plan_.keys
        );
    }

    [[nodiscard]] std::string post(std::mt19937& random) const {
        std::string body;
        for (std::size_t i = 0; i < plan_.batch; ++i) {
            body += fmt::format(
                R"({}{{"domain":"bench","descriptors":[[["remote_address","10.0.{}"]]]}})",
                i == 0 ? "" : ",",
                random() % plan_.keys
            );
        }
        if (plan_.batch > 1) {
            body = "[" + body + "]";
        }
        return fmt::format(
            "POST {} HTTP/1.1\r\nHost: limiter\r\nContent-Length: {}\r\n\r\n{}",
            plan_.path,
            body.size(),
            body
        );
    }

    bool connect() {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(plan_.port);
        ::inet_pton(AF_INET, plan_.host.c_str(), &address.sin_addr);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        return ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                result.error = "the server closed the connection";
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    bool fill() {
        const std::size_t before = buffer_.size();
        buffer_.resize(before + 64 * 1024);
        const ssize_t got = ::recv(socket_, buffer_.data() + before, 64 * 1024, 0);
        buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got <= 0) {
            result.error = "the server closed the connection";
        }
        return got > 0;
    }

    /// `first`: looks into the answer, too.
    bool receive(bool first) {
        buffer_.clear();
        std::size_t head = std::string::npos;
        while ((head = buffer_.find("\r\n\r\n")) == std::string::npos) {
            if (!fill()) {
                return false;
            }
        }
        const std::size_t field = buffer_.find("Content-Length: ");
        std::size_t length = 0;
        if (field < head) {
            std::from_chars(buffer_.data() + field + 16, buffer_.data() + head, length);
        }
        while (buffer_.size() < head + 4 + length) {
            if (!fill()) {
                return false;
            }
        }
        const std::string_view status = std::string_view(buffer_).substr(9, 3);
        if (status == "429" || status == "503") {
            ++result.refused;
        } else if (status != "200" && status != "204") {
            result.error = "answered " + buffer_.substr(0, 200);
            return false;
        }
        if (first && !plan_.get && count_answers() != plan_.batch) {
            result.error = "a batch has not as many answers as requests";
        }
        return result.error.empty();
    }

    [[nodiscard]] std::size_t count_answers() const {
        std::size_t count = 0;
        for (std::size_t at = 0; (at = buffer_.find("\"statuses\"", at)) != std::string::npos;
             ++at) {
            ++count;
        }
        return count;
    }

    const LoadPlan& plan_;
    std::vector<std::string> requests_;
    int socket_ = -1;
    std::string buffer_;
};

}  // namespace

LoadResult run_http(const LoadPlan& plan) {
    std::vector<std::unique_ptr<Connection>> connections;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < plan.connections; ++i) {
        connections.push_back(std::make_unique<Connection>(plan, static_cast<unsigned>(i)));
    }
    const auto begun = Clock::now();
    const auto end =
        begun +
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(plan.seconds));
    threads.reserve(connections.size());
    for (const auto& connection : connections) {
        threads.emplace_back([&connection, end] { connection->run(end); });
    }
    LoadResult all;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i].join();
        const LoadResult& one = connections[i]->result;
        all.latency_ns.add(one.latency_ns);
        all.requests += one.requests;
        all.refused += one.refused;
        all.error = one.error.empty() ? all.error : one.error;
    }
    all.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    return all;
}

}  // namespace rookery::bench_limits
