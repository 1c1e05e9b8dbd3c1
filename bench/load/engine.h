#pragma once

#include "base/result.h"
#include "load/answer_reader.h"
#include "load/plan.h"
#include "load/target.h"

#include <sys/epoll.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rookery::load {

/// As many open files as this process may have.
void raise_file_limit();

/// How a request failed before there was an answer to judge.
enum class Failure : std::uint8_t {
    kClosed,      ///< the server closed the connection under the request
    kMalformed,   ///< the answer is no HTTP
    kUnanswered,  ///< there was no answer when the run ended
};

struct Answer {
    int status = 0;
    std::int64_t sent_ns = 0;  ///< after the start; the first byte handed to the kernel
    std::int64_t done_ns = 0;  ///< the last byte of the answer received
    std::uint64_t bytes = 0;   ///< head and body
    std::string_view head;     ///< as it came
    std::string_view body;     ///< empty unless the operation says keep
};

/// Hears what happens during a run, from within the loop: it must be quick.
class AnswerSink {
public:
    AnswerSink() = default;
    AnswerSink(const AnswerSink&) = delete;
    AnswerSink& operator=(const AnswerSink&) = delete;
    virtual ~AnswerSink() = default;

    /// The client came to the operation so long after its time, whether or not a connection was
    /// free: the client's own lateness.
    virtual void noticed(const Operation& operation, std::int64_t late_ns) = 0;
    virtual void
    answered(std::uint32_t index, const Operation& operation, const Answer& answer) = 0;
    /// `at_ns`: when it was known.
    virtual void failed(const Operation& operation, Failure failure, std::int64_t at_ns) = 0;
};

struct EngineOptions {
    std::size_t connections = 256;
    /// Each connection sends the next operation when its answer came, over and over, until
    /// `seconds` are over. Otherwise operations are sent at their time (an open loop).
    bool closed_loop = false;
    /// Asks the kernel again and again in place of sleeping until it has something. A server on the
    /// same machine then never pays for waking the client's core, as it does not across a network.
    bool stays_awake = false;
    double seconds = 0;
    /// How long to wait for answers after the last operation's time.
    double drain_seconds = 10;
    /// Called in order at these times (nanoseconds after the start).
    std::vector<std::pair<std::int64_t, std::function<void()>>> marks;
};

/// One thread, one epoll, many connections. In the open loop an operation that finds no
/// free connection waits in the client, and its latency goes on counting from its intended time;
/// the times are never moved, whatever the server does. Connections are used in turn, so that all
/// stay in use and a server with several threads has all of them asked. If the target does not keep
/// connections alive, they are places instead: each request opens one of its own as it is sent, so
/// that none is open idly, and its opening counts as latency.
class Engine {
public:
    Engine(const Target& target, EngineOptions options);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    /// Connects all (one to try, if none is kept alive); kUnavailable if it cannot.
    [[nodiscard]] Result<void> open();
    /// One plan after the other may be run. `plan` must stay as it is.
    void run(const Plan& plan, AnswerSink& sink);
    /// How often a connection had to be made again.
    [[nodiscard]] std::uint64_t reconnects() const { return reconnects_; }
    /// Since the run began, the CPU with which a client that stays awake asked in vain.
    [[nodiscard]] double idle_awake_s() const { return static_cast<double>(idle_awake_ns_) / 1e9; }

private:
    struct Connection {
        int fd = -1;
        bool busy = false;
        bool wants_write = false;
        std::uint32_t operation = 0;
        std::size_t written = 0;
        std::int64_t sent_ns = 0;
        AnswerReader reader;
    };

    [[nodiscard]] std::int64_t now_ns() const;
    /// Fills `events` with what there is, after at most so long; how many.
    [[nodiscard]] int wait(std::span<epoll_event> events, std::int64_t wait_ns) const;
    [[nodiscard]] int ask(std::span<epoll_event> events);
    [[nodiscard]] bool is_over(std::int64_t now) const;
    [[nodiscard]] std::int64_t wait_until(std::int64_t now) const;
    void take_due(std::int64_t now);
    void take_next(std::int64_t now);
    void make_ready(std::uint32_t operation);
    void dispatch();
    void start(std::uint32_t connection, std::uint32_t operation);
    bool connect(std::uint32_t connection);
    void write(std::uint32_t connection);
    void handle(const epoll_event& event);
    void receive(std::uint32_t connection);
    void finish(std::uint32_t connection);
    void ended(std::uint32_t operation);
    void fail_operation(std::uint32_t connection, Failure failure);
    bool make_usable(std::uint32_t connection);
    bool reconnect(std::uint32_t connection);
    void hang_up(std::uint32_t connection);
    void revive(std::int64_t now);
    void watch(std::uint32_t connection, bool add);
    void give_up();

    Target target_;
    EngineOptions options_;
    int epoll_ = -1;
    std::vector<Connection> connections_;
    std::deque<std::uint32_t> free_;
    std::vector<std::uint32_t> dead_;  ///< could not be connected; tried again from time to time
    std::int64_t revive_ns_ = 0;
    std::uint64_t reconnects_ = 0;
    std::int64_t idle_awake_ns_ = 0;
    std::vector<char> buffer_;

    // Of the run under way.
    const Plan* plan_ = nullptr;
    AnswerSink* sink_ = nullptr;
    std::int64_t origin_ns_ = 0;
    std::size_t next_ = 0;
    std::size_t next_mark_ = 0;
    std::size_t busy_ = 0;
    std::deque<std::uint32_t> queue_;  ///< due, and waiting for a connection
    std::vector<bool> has_ended_;
    std::unordered_map<std::uint32_t, std::uint32_t> waiting_;  ///< predecessor -> who waits for it
};

}  // namespace rookery::load
