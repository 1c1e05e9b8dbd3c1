#include "events/subscription.h"

#include "base/log.h"
#include "events/checkpoint.h"
#include "events/dead_letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace rookery::events {

using ports::Batch;
using ports::EventId;
using ports::StoredEvent;

namespace {

metrics::Labels label(const Consumer& consumer) {
    return {{"consumer", std::string(consumer.name())}};
}

}  // namespace

Subscription::Subscription(
    SubscriptionConfig config,
    const Environment& environment,
    Consumer& consumer,
    Durability durability,
    std::uint64_t seed
)
    : config_(config),
      store_(environment.store),
      clock_(environment.clock),
      consumer_(consumer),
      durability_(durability),
      backoff_(config.backoff_first, config.backoff_max, seed),
      handled_(environment.registry.counter(
          "rookery_events_handled_total",
          "Events that a consumer handled.",
          label(consumer)
      )),
      retries_(environment.registry.counter(
          "rookery_events_retries_total",
          "Failures after which a consumer tries again.",
          label(consumer)
      )),
      buried_(environment.registry.counter(
          "rookery_events_dead_letters_total",
          "Events that a consumer gave up.",
          label(consumer)
      )),
      saved_at_(environment.clock.steady()),
      waiting_since_ms_(std::make_shared<std::atomic<UnixMs>>(0)) {
    environment.registry.gauge_function(
        "rookery_events_lag_seconds",
        "Age of the oldest event that a consumer has not handled yet; 0 if it has handled all.",
        label(consumer),
        [since = waiting_since_ms_, clock = &clock_] {
            const UnixMs since_ms = since->load();
            const UnixMs age_ms = since_ms == 0 ? 0 : clock->now_ms() - since_ms;
            return static_cast<double>(std::max<UnixMs>(age_ms, 0)) / 1000;
        }
    );
    if (durability == Durability::kEphemeral) {
        moved_to(store_.horizon());
        state_ = State::kGroups;
    }
}

Task<Subscription::Progress> Subscription::step() {
    if (clock_.steady() < retry_at_) {
        co_return Progress::kWaiting;
    }
    if (state_ == State::kStarting) {
        const Outcome started = co_await start();
        if (started) {
            co_return wait_after(*started);
        }
    }
    // Asked before the events are read: everything up to here is among them, or does not exist.
    const EventId horizon = store_.horizon();
    const std::size_t limit = state_ == State::kSingles ? 1 : config_.batch_events_max;
    Result<std::vector<StoredEvent>> events = co_await store_.read_events(position(), limit);
    if (!events) {
        co_return wait_after({std::move(events).error(), false});
    }
    if (events->empty()) {
        const Progress progress = co_await step_at_end(horizon);
        co_return progress;
    }
    waiting_since_ms_->store(events->front().at_ms);
    const Progress progress = co_await step_through(std::move(*events));
    co_return progress;
}

Task<Subscription::Outcome> Subscription::start() {
    const auto row = co_await store_.get(checkpoint_key(consumer_.name()));
    if (!row) {
        co_return Failure{row.error(), false};
    }
    EventId id = 0;
    if (const std::optional<std::string>& stored = *row; stored) {
        const auto decoded = decode_checkpoint(*stored);
        if (!decoded) {
            co_return Failure{decoded.error(), false};
        }
        id = *decoded;
    }
    has_row_ = row->has_value();
    // If the checkpoint is where it was, so are we: events that led to no rows are not handled
    // again.
    if (!started_ || id != checkpoint_) {
        event_failures_ = 0;
        position_.store(id);
    }
    started_ = true;
    checkpoint_ = id;
    state_ = position() < singles_until_ ? State::kSingles : State::kGroups;
    co_return std::nullopt;
}

Task<Subscription::Progress> Subscription::step_through(std::vector<StoredEvent> events) {
    const Outcome failed = co_await handle(events);
    if (!failed) {
        handled_.add(events.size());
        co_return Progress::kMoved;
    }
    if (events.size() > 1 && failed->of_event) {
        // Not a failure yet: the events are handed over one by one to find the one that fails.
        singles_until_ = std::max(singles_until_, events.back().id);
        state_ = state_ == State::kStarting ? state_ : State::kSingles;
        log::debug(
            "a consumer failed on a group of events",
            {{"consumer", consumer_.name()}, {"detail", failed->error.detail}}
        );
        co_return Progress::kMoved;
    }
    if (!failed->of_event) {
        co_return wait_after(*failed);
    }
    ++event_failures_;
    const bool hopeless = !is_retryable(failed->error.code);
    if (!hopeless && event_failures_ < config_.tries_max) {
        co_return wait_after(*failed);
    }
    const Outcome unburied = co_await bury(events.front(), failed->error);
    if (unburied) {
        co_return wait_after(*unburied);
    }
    co_return Progress::kMoved;
}

Task<Subscription::Progress> Subscription::step_at_end(EventId horizon) {
    if (horizon > position()) {
        moved_to(horizon);  // ids that were never used
    }
    const bool due = clock_.steady() - saved_at_ >= config_.checkpoint_interval;
    if (durability_ == Durability::kDurable && due && position() > checkpoint_) {
        const Result<void> saved = co_await save();
        if (!saved) {
            co_return wait_after({saved.error(), false});
        }
    }
    co_return Progress::kIdle;
}

Task<Subscription::Outcome> Subscription::handle(std::span<const StoredEvent> events) {
    Result<Batch> batch = co_await call_consumer(events);
    if (!batch) {
        co_return Failure{std::move(batch).error(), true};
    }
    const EventId up_to = events.back().id;
    if (!batch->empty() || !batch->expectations.empty()) {
        Outcome failed = co_await commit(std::move(*batch), up_to);
        co_return failed;
    }
    const bool far = up_to - checkpoint_ >= config_.checkpoint_events_max;
    if (durability_ == Durability::kDurable && far) {
        Outcome failed = co_await commit(Batch{}, up_to);
        co_return failed;
    }
    moved_to(up_to);
    co_return std::nullopt;
}

/// The consumer is the one place of this room where other people's code runs: what it throws is a
/// bug of it, and must not end the loop.
Task<Result<Batch>> Subscription::call_consumer(std::span<const StoredEvent> events) {
    std::string what;
    try {
        Result<Batch> batch = co_await consumer_.handle(events);
        co_return batch;
    } catch (const std::exception& e) {
        what = e.what();
    }
    co_return fail(ErrorCode::kInternal, "a consumer failed", std::move(what));
}

Task<Subscription::Outcome> Subscription::commit(Batch batch, EventId up_to) {
    if (durability_ == Durability::kDurable) {
        const ports::Key key = checkpoint_key(consumer_.name());
        if (has_row_) {
            batch.expect_equals(key, encode_checkpoint(checkpoint_));
        } else {
            batch.expect_absent(key);
        }
        batch.put(key, encode_checkpoint(up_to));
    }
    const auto committed = co_await store_.commit(std::move(batch));
    if (committed) {
        has_row_ = true;
        checkpoint_ = up_to;
        saved_at_ = clock_.steady();
        moved_to(up_to);
        co_return std::nullopt;
    }
    const ErrorCode code = committed.error().code;
    if (durability_ == Durability::kDurable) {
        state_ = State::kStarting;
    }
    const bool of_event = code == ErrorCode::kConflict || code == ErrorCode::kInvalid ||
                          code == ErrorCode::kTooLarge || code == ErrorCode::kCorrupt;
    co_return Failure{committed.error(), of_event};
}

Task<Subscription::Outcome> Subscription::bury(StoredEvent event, Error error) {
    log::error(
        "a consumer gave up an event",
        {{"consumer", consumer_.name()},
         {"event_id", event.id},
         {"type", event.event.type},
         {"tries", event_failures_},
         {"code", to_string(error.code)},
         {"message", error.message},
         {"detail", error.detail}}
    );
    const EventId id = event.id;
    if (durability_ == Durability::kDurable) {
        DeadLetter letter;
        letter.event = std::move(event);
        letter.buried_at_ms = clock_.now_ms();
        letter.tries = event_failures_;
        letter.error =
            fmt::format("{}: {}: {}", to_string(error.code), error.message, error.detail);
        Batch batch;
        batch.put(dead_letter_key(consumer_.name(), id), encode(letter));
        Outcome failed = co_await commit(std::move(batch), id);
        if (failed) {
            failed->of_event = false;
            co_return failed;
        }
    } else {
        moved_to(id);
    }
    buried_.add();
    co_return std::nullopt;
}

Task<Result<void>> Subscription::save() {
    if (durability_ == Durability::kEphemeral || state_ == State::kStarting ||
        position() <= checkpoint_) {
        co_return Result<void>{};
    }
    const Outcome failed = co_await commit(Batch{}, position());
    if (failed) {
        co_return failed->error;
    }
    co_return Result<void>{};
}

Subscription::Progress Subscription::wait_after(const Failure& failure) {
    ++failures_;
    retries_.add();
    retry_at_ = clock_.steady() + backoff_.after(failures_);
    log::warning(
        "a consumer will try again",
        {{"consumer", consumer_.name()},
         {"failures", failures_},
         {"code", to_string(failure.error.code)},
         {"detail", failure.error.detail}}
    );
    return Progress::kWaiting;
}

void Subscription::moved_to(EventId up_to) {
    position_.store(up_to);
    if (up_to >= store_.horizon()) {
        waiting_since_ms_->store(0);
    }
    failures_ = 0;
    event_failures_ = 0;
    if (state_ == State::kSingles && up_to >= singles_until_) {
        state_ = State::kGroups;
    }
}

}  // namespace rookery::events
