#pragma once

#include "base/task.h"
#include "base/task_group.h"
#include "http/request_metrics.h"
#include "http/send_turns.h"
#include "http/server_shared.h"
#include "http/session.h"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sys/uio.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace rookery::http {

/// TCP or Unix, as accepted.
using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Executor>;

class Listener;

/// One network thread: its io_context, its listening sockets, its connections, and what they share
/// without locks. All methods but the constructor, start(), begin_stop(), wait() and join() belong
/// to the worker's thread.
class Worker {
public:
    explicit Worker(ServerShared& shared);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Takes over a bound and listening socket. Before start().
    void listen(int descriptor, const Router& router);

    void start();
    /// Stops accepting and tells each session.
    void begin_stop();
    /// True if every session has ended within `timeout`.
    bool wait(std::chrono::milliseconds timeout) { return tasks_.wait(timeout); }
    /// Ends the thread, whatever is still under way.
    void join();

    [[nodiscard]] ServerShared& shared() { return shared_; }
    [[nodiscard]] const ServerConfig& config() const { return shared_.config; }
    [[nodiscard]] Executor executor() { return context_.get_executor(); }
    [[nodiscard]] TaskGroup& tasks() { return tasks_; }
    [[nodiscard]] RequestMetrics& metrics() { return metrics_; }
    [[nodiscard]] bool is_stopping() const { return stopping_; }
    [[nodiscard]] SteadyTime now() const { return shared_.clock.steady(); }

    void add(Session& session);
    void remove(Session& session);

    /// "Date: …\r\n" (RFC 9110, section 5.6.7), made once a second.
    [[nodiscard]] std::string_view date_line();
    [[nodiscard]] std::string next_request_id();
    /// A buffer to receive into, good until the next suspension.
    [[nodiscard]] std::vector<char>& scratch() { return scratch_; }
    /// A vector to gather an answer with, good until the next suspension.
    [[nodiscard]] std::vector<iovec>& gather() { return gather_; }

    [[nodiscard]] SendTurns& send_turns() { return send_turns_; }
    /// A buffer to join the pieces of an answer in, good until the next suspension.
    [[nodiscard]] std::vector<char>& send_buffer() { return send_buffer_; }

    void count_in(std::size_t bytes) { bytes_in_ += bytes; }
    void count_out(std::size_t bytes) { bytes_out_ += bytes; }

private:
    void arm_sweep();
    void sweep();
    void stop_here();

    ServerShared& shared_;
    RequestMetrics metrics_;
    std::vector<Session*> sessions_;
    bool stopping_ = false;
    std::chrono::milliseconds sweep_interval_;
    std::int64_t date_second_ = -1;
    std::string date_line_;
    std::uint64_t id_state_ = 0;
    std::vector<char> scratch_;
    std::vector<iovec> gather_;
    std::vector<char> send_buffer_;
    std::size_t bytes_in_ = 0;
    std::size_t bytes_out_ = 0;
    TaskGroup tasks_;
    // Destroyed first: it destroys the coroutines that are left, which still use the members above.
    boost::asio::io_context context_;
    SendTurns send_turns_{context_.get_executor()};
    boost::asio::basic_waitable_timer<
        std::chrono::steady_clock,
        boost::asio::wait_traits<std::chrono::steady_clock>,
        Executor>
        timer_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::thread thread_;
};

}  // namespace rookery::http
