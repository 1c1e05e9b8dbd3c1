#pragma once

#include "base/clock.h"
#include "base/metrics.h"
#include "base/result.h"
#include "base/task.h"
#include "events/consumer.h"
#include "events/dead_letters.h"
#include "events/subscription.h"
#include "events/trimmer.h"
#include "ports/store.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rookery::events {

struct RunnerConfig {
    SubscriptionConfig subscription;
    /// The outbox is looked at this often even if no nudge came.
    std::chrono::milliseconds sweep_interval{1000};
    /// Events are kept this long (7 days), and longer while a durable consumer has not handled
    /// them. A new consumer can be built from what is kept.
    std::int64_t retention_ms = std::int64_t{7} * 24 * 3600 * 1000;
    std::chrono::milliseconds trim_interval{60'000};
    /// How long stop() lets consumers finish what they are at, before it cancels them.
    std::chrono::milliseconds stop_deadline{5000};
};

/// Runs consumers over the outbox of one store: one task each, all on one thread. Order of use: add
/// all consumers, start, stop. nudge, drain, replay and states are thread-safe.
class Runner {
public:
    /// All references must outlive it, and `clock` also the registry.
    Runner(
        RunnerConfig config,
        ports::Store& store,
        const Clock& clock,
        metrics::Registry& registry,
        std::uint64_t seed
    );
    /// Stops if that was not done.
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// `consumer` must outlive the runner and is called on its thread only.
    void add(Consumer& consumer, Durability durability);

    /// On a thread of its own.
    void start();
    /// On an io_context that one thread runs, at least until stop() has returned, and that outlives
    /// the runner.
    void start(const Executor& executor);

    /// New events may be there. Quick enough for a commit listener. Does nothing before start and
    /// after stop.
    void nudge();

    /// Waits until every consumer has handled, or buried, all events committed before the call.
    /// kUnavailable if the runner does not run or stops before.
    [[nodiscard]] Task<Result<void>> drain();

    /// DeadLetters::replay, between two steps of the running consumer. kNotFound also if no
    /// consumer has this name.
    [[nodiscard]] Task<Result<void>> replay(std::string consumer, ports::EventId event);

    /// Ends all tasks, after the step that each is at, and writes their checkpoints. After the
    /// deadline the steps are cancelled; a consumer that waits for what cannot be cancelled holds
    /// it up. Not to be called from the runner's own thread. True if no step had to be cancelled.
    bool stop();

    struct ConsumerState {
        std::string name;
        ports::EventId position = 0;
        std::uint64_t lag = 0;  ///< events (ids) between it and the horizon
    };
    [[nodiscard]] std::vector<ConsumerState> states() const;

private:
    /// Of a concrete executor, as all tasks are.
    using Timer = boost::asio::basic_waitable_timer<
        std::chrono::steady_clock,
        boost::asio::wait_traits<std::chrono::steady_clock>,
        Executor>;

    struct Lane;  // one consumer's task and what it waits for

    [[nodiscard]] Task<void> run_lane(Lane* lane);
    [[nodiscard]] Task<void> step_lane(Lane* lane);
    [[nodiscard]] Task<void> run_trimmer();
    [[nodiscard]] Task<Result<void>> drain_to(ports::EventId target);
    [[nodiscard]] Task<Result<void>> replay_here(std::string consumer, ports::EventId event);
    [[nodiscard]] Task<void> wait_for_progress();
    [[nodiscard]] bool running() const;
    [[nodiscard]] Executor executor() const { return progress_->get_executor(); }
    void spawn_all();
    void wake_all();
    void announce_progress();
    void finish_task();
    [[nodiscard]] bool wait_for_tasks(std::chrono::milliseconds limit);

    const RunnerConfig config_;
    ports::Store& store_;
    const Clock& clock_;
    metrics::Registry& registry_;
    std::uint64_t seed_;
    DeadLetters dead_letters_;
    Trimmer trimmer_;
    std::unique_ptr<boost::asio::io_context> own_context_;  // before the timers, which need it
    std::vector<std::unique_ptr<Lane>> lanes_;              // not changed after start

    std::thread thread_;
    // Touched on the executor only:
    std::unique_ptr<Timer> progress_;
    std::unique_ptr<Timer> trim_timer_;
    std::uint64_t nudges_seen_ = 0;

    std::atomic<bool> started_{false};
    std::atomic<bool> nudged_{false};
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::condition_variable ended_;
    std::size_t running_ = 0;
};

}  // namespace rookery::events
