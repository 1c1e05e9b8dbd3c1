#pragma once

#include "base/metrics.h"
#include "base/task.h"
#include "discover/post_indexer.h"
#include "ports/search_index.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <thread>

namespace rookery::app {

/// Does what the index of posts needs beside its consumer, on a thread of its own: catches up with
/// the outbox at the start, fills, makes it durable from time to time and at the stop.
class SearchUpkeep {
public:
    /// All outlive it.
    SearchUpkeep(
        discover::PostIndexer& indexer,
        ports::SearchIndex& index,
        std::chrono::milliseconds flush_interval,
        metrics::Registry& registry
    );
    /// Stops if that was not done.
    ~SearchUpkeep();
    SearchUpkeep(const SearchUpkeep&) = delete;
    SearchUpkeep& operator=(const SearchUpkeep&) = delete;

    void start();
    /// Ends the step that it is at, and flushes.
    void stop();

private:
    using Timer = boost::asio::basic_waitable_timer<
        std::chrono::steady_clock,
        boost::asio::wait_traits<std::chrono::steady_clock>,
        Executor>;

    [[nodiscard]] Task<void> run();
    [[nodiscard]] Task<void> catch_up();
    /// True if there may be more to do at once.
    [[nodiscard]] Task<bool> step();
    [[nodiscard]] Task<void> flush();
    [[nodiscard]] Task<void> pause(std::chrono::milliseconds time);

    discover::PostIndexer& indexer_;
    ports::SearchIndex& index_;
    const std::chrono::milliseconds flush_interval_;
    boost::asio::io_context context_{1};
    Timer timer_{context_.get_executor()};
    std::chrono::steady_clock::time_point flushed_at_{};
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace rookery::app
