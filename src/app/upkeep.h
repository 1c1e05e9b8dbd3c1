#pragma once

#include "base/task.h"
#include "discover/derived_state.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <string_view>
#include <thread>
#include <vector>

namespace rookery::app {

/// Does what derived states need beside their consumers, in turns, on a thread of its own: starts
/// them, does their work, flushes them from time to time and at the stop. One that fails is asked
/// again a second later, and the others go on meanwhile.
class Upkeep {
public:
    /// The states outlive it.
    Upkeep(
        const std::vector<discover::DerivedState*>& states,
        std::chrono::milliseconds flush_interval
    );
    /// Stops if that was not done.
    ~Upkeep();
    Upkeep(const Upkeep&) = delete;
    Upkeep& operator=(const Upkeep&) = delete;

    void start();
    /// Ends the step that it is at, and flushes.
    void stop();

private:
    using Clock = std::chrono::steady_clock;
    using Timer =
        boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

    struct Entry {
        discover::DerivedState* state = nullptr;
        bool started = false;
        Clock::time_point not_before{};
    };

    [[nodiscard]] Task<void> run();
    /// True if there may be more to do at once.
    [[nodiscard]] Task<bool> step(Entry& entry);
    [[nodiscard]] Task<void> flush();
    [[nodiscard]] Task<void> pause();
    static void put_off(Entry& entry, std::string_view what_failed, const Error& error);

    std::vector<Entry> entries_;
    const std::chrono::milliseconds flush_interval_;
    boost::asio::io_context context_{1};
    Timer timer_{context_.get_executor()};
    Clock::time_point flushed_at_{};
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace rookery::app
