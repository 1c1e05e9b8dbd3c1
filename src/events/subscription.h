#pragma once

#include "base/clock.h"
#include "base/metrics.h"
#include "base/result.h"
#include "base/task.h"
#include "events/backoff.h"
#include "events/consumer.h"
#include "ports/store.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rookery::events {

struct SubscriptionConfig {
    /// Events handed to a consumer at once. More saves commits, and makes the step that is repeated
    /// after a crash larger.
    std::size_t batch_events_max = 256;
    /// An event that failed so often becomes a dead letter.
    std::uint32_t tries_max = 8;
    std::chrono::milliseconds backoff_first{100};
    std::chrono::milliseconds backoff_max{30'000};
    /// Where events lead to no rows, the checkpoint is written only after so many of them, or after
    /// so long: the price is that as many come again after a crash.
    std::uint64_t checkpoint_events_max = 1000;
    std::chrono::milliseconds checkpoint_interval{10'000};
};

/// One consumer's way through the outbox, as steps that somebody else calls, one at a time. States:
///
///   starting → groups ⇄ singles
///
/// `starting` reads the checkpoint. `groups` hands over as many events as there are, and commits
/// what follows from them together with the new checkpoint. When that fails, `singles` goes over
/// the same events one by one, so that the one that fails is found, waits longer after each
/// failure, and buries it in the end. After a commit with an unknown or conflicting outcome the
/// checkpoint is read again: what it says is what happened. Counts as failing what the consumer is
/// to blame for; while the store refuses commits, the same event is tried for ever.
class Subscription {
public:
    struct Environment {
        ports::Store& store;
        const Clock& clock;
        metrics::Registry& registry;
    };

    /// All references must outlive it, and the clock also the registry. `seed` is for the jitter.
    Subscription(
        SubscriptionConfig config,
        const Environment& environment,
        Consumer& consumer,
        Durability durability,
        std::uint64_t seed
    );

    enum class Progress : std::uint8_t {
        kMoved,    ///< there may be more to do at once
        kIdle,     ///< nothing to do until new events are committed
        kWaiting,  ///< a failure; nothing to do before retry_at()
    };
    [[nodiscard]] Task<Progress> step();

    /// Writes the checkpoint if it lags behind; for an orderly stop.
    [[nodiscard]] Task<Result<void>> save();

    /// On Clock::steady.
    [[nodiscard]] std::chrono::steady_clock::time_point retry_at() const { return retry_at_; }

    [[nodiscard]] Consumer& consumer() const { return consumer_; }
    [[nodiscard]] Durability durability() const { return durability_; }
    /// Every event up to it was handled, and what followed is committed. Thread-safe.
    [[nodiscard]] ports::EventId position() const { return position_.load(); }
    /// Every event up to it is not needed by this consumer any more, come what may. Thread-safe.
    [[nodiscard]] ports::EventId checkpoint() const { return checkpoint_.load(); }

private:
    enum class State : std::uint8_t { kStarting, kGroups, kSingles };
    /// Who is to blame decides whether an event may be buried for it.
    struct Failure {
        Error error;
        bool of_event = false;
    };
    using Outcome = std::optional<Failure>;  // nothing: done

    [[nodiscard]] Task<Outcome> start();
    [[nodiscard]] Task<Outcome> handle(std::span<const ports::StoredEvent> events);
    [[nodiscard]] Task<Result<ports::Batch>> call_consumer(
        std::span<const ports::StoredEvent> events
    );
    [[nodiscard]] Task<Outcome> commit(ports::Batch batch, ports::EventId up_to);
    [[nodiscard]] Task<Outcome> advance(ports::EventId up_to);
    [[nodiscard]] Task<Outcome> bury(ports::StoredEvent event, Error error);
    [[nodiscard]] Task<Progress> step_through(std::vector<ports::StoredEvent> events);
    [[nodiscard]] Task<Progress> step_at_end(ports::EventId horizon);
    [[nodiscard]] Progress wait_after(const Failure& failure);
    void moved_to(ports::EventId up_to);

    const SubscriptionConfig config_;
    ports::Store& store_;
    const Clock& clock_;
    Consumer& consumer_;
    const Durability durability_;
    Backoff backoff_;
    metrics::Counter& handled_;
    metrics::Counter& retries_;
    metrics::Counter& buried_;

    State state_ = State::kStarting;
    ports::EventId singles_until_ = 0;
    std::uint32_t event_failures_ = 0;  // of the event at the front
    std::uint32_t failures_ = 0;        // in a row, whoever is to blame
    std::chrono::steady_clock::time_point retry_at_{};
    std::chrono::steady_clock::time_point saved_at_{};
    /// When the event at the front was committed; 0: all are handled. The gauge that tells its age
    /// may be asked for after this object is gone.
    std::shared_ptr<std::atomic<UnixMs>> waiting_since_ms_;
    bool has_row_ = false;  // the checkpoint exists in the store
    bool started_ = false;
    std::atomic<ports::EventId> position_{0};
    std::atomic<ports::EventId> checkpoint_{0};
};

}  // namespace rookery::events
