#include "events/runner.h"

#include "base/log.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace rookery::events {

namespace asio = boost::asio;
using ports::EventId;

struct Runner::Lane {
    Lane(
        const RunnerConfig& config,
        const Subscription::Environment& environment,
        Consumer& consumer,
        Durability durability,
        std::uint64_t seed
    )
        : subscription(config.subscription, environment, consumer, durability, seed),
          lag(environment.registry.gauge(
              "rookery_events_lag",
              "Events committed that a consumer has not handled yet.",
              {{"consumer", std::string(consumer.name())}}
          )) {}

    Subscription subscription;
    metrics::Gauge& lag;
    std::unique_ptr<Timer> timer;
    asio::cancellation_signal cancel;
    bool busy = false;  // a step or a replay is under way
    Subscription::Progress progress = Subscription::Progress::kMoved;
};

Runner::Runner(
    RunnerConfig config,
    ports::Store& store,
    const Clock& clock,
    metrics::Registry& registry,
    std::uint64_t seed
)
    : config_(config),
      store_(store),
      clock_(clock),
      registry_(registry),
      seed_(seed),
      dead_letters_(store),
      trimmer_(store, clock, config.retention_ms) {}

// A thread that cannot be joined is a bug: then the process ends here.
// NOLINTNEXTLINE(bugprone-exception-escape)
Runner::~Runner() {
    stop();
}

void Runner::add(Consumer& consumer, Durability durability) {
    lanes_.push_back(std::make_unique<Lane>(
        config_,
        Subscription::Environment{store_, clock_, registry_},
        consumer,
        durability,
        split_mix64(seed_)
    ));
}

void Runner::start() {
    own_context_ = std::make_unique<asio::io_context>(1);
    start(own_context_->get_executor());
    thread_ = std::thread([this] { own_context_->run(); });
}

void Runner::start(const Executor& executor) {
    constexpr auto kNever = std::chrono::steady_clock::time_point::max();
    progress_ = std::make_unique<Timer>(executor, kNever);
    trim_timer_ = std::make_unique<Timer>(executor);
    for (const auto& lane : lanes_) {
        lane->timer = std::make_unique<Timer>(executor);
    }
    running_ = lanes_.size() + 1;
    spawn_all();
    started_ = true;
}

bool Runner::running() const {
    return started_ && !stopping_;
}

void Runner::spawn_all() {
    const auto ended = [this](const std::exception_ptr& error) {
        if (error && !stopping_) {
            // Consumers' exceptions end in Subscription: this is a bug of this room.
            std::rethrow_exception(error);
        }
        finish_task();
    };
    for (const auto& lane : lanes_) {
        asio::co_spawn(
            executor(),
            run_lane(lane.get()),
            asio::bind_cancellation_slot(lane->cancel.slot(), ended)
        );
    }
    asio::co_spawn(executor(), run_trimmer(), ended);
}

void Runner::nudge() {
    // One post for any number of nudges that come before it runs.
    if (running() && !nudged_.exchange(true)) {
        asio::post(executor(), [this] { wake_all(); });
    }
}

void Runner::wake_all() {
    nudged_ = false;
    ++nudges_seen_;
    for (const auto& lane : lanes_) {
        lane->timer->cancel();
    }
    if (stopping_) {
        trim_timer_->cancel();
        progress_->cancel();
    }
}

Task<void> Runner::run_lane(Lane* lane) {
    while (!stopping_) {
        const std::uint64_t nudges = nudges_seen_;
        co_await step_lane(lane);
        if (lane->progress == Subscription::Progress::kMoved || stopping_) {
            continue;
        }
        auto pause = std::chrono::duration_cast<std::chrono::nanoseconds>(config_.sweep_interval);
        if (lane->progress == Subscription::Progress::kWaiting) {
            pause = lane->subscription.retry_at() - clock_.steady();
        } else if (nudges != nudges_seen_) {
            continue;  // it came while the step looked
        }
        lane->timer->expires_after(std::max(pause, std::chrono::nanoseconds(1'000'000)));
        boost::system::error_code ignored;
        co_await lane->timer->async_wait(
            asio::redirect_error(asio::use_awaitable_t<Executor>{}, ignored)
        );
    }
    const Result<void> saved = co_await lane->subscription.save();
    if (!saved) {
        log::warning(
            "a consumer's checkpoint was not written at the stop",
            {{"consumer", lane->subscription.consumer().name()}, {"detail", saved.error().detail}}
        );
    }
}

Task<void> Runner::step_lane(Lane* lane) {
    while (lane->busy) {
        co_await wait_for_progress();
    }
    lane->busy = true;
    lane->progress = co_await lane->subscription.step();
    lane->busy = false;
    const EventId horizon = store_.horizon();
    const EventId position = lane->subscription.position();
    lane->lag.set(horizon > position ? static_cast<std::int64_t>(horizon - position) : 0);
    announce_progress();
}

Task<void> Runner::run_trimmer() {
    while (!stopping_) {
        EventId handled = std::numeric_limits<EventId>::max();
        for (const auto& lane : lanes_) {
            if (lane->subscription.durability() == Durability::kDurable) {
                handled = std::min(handled, lane->subscription.checkpoint());
            }
        }
        const Result<void> trimmed = co_await trimmer_.trim(handled);
        if (!trimmed) {
            log::warning("old events were not trimmed", {{"detail", trimmed.error().detail}});
        }
        if (stopping_) {
            break;
        }
        trim_timer_->expires_after(config_.trim_interval);
        boost::system::error_code ignored;
        co_await trim_timer_->async_wait(
            asio::redirect_error(asio::use_awaitable_t<Executor>{}, ignored)
        );
    }
}

Task<Result<void>> Runner::drain() {
    if (!running()) {
        co_return fail(ErrorCode::kUnavailable, "the consumers of events do not run");
    }
    Result<void> drained = co_await asio::co_spawn(
        executor(), drain_to(store_.horizon()), asio::use_awaitable_t<Executor>{}
    );
    co_return drained;
}

Task<Result<void>> Runner::drain_to(EventId target) {
    wake_all();
    const auto behind = [target](const auto& lane) {
        return lane->subscription.position() < target;
    };
    while (std::ranges::any_of(lanes_, behind)) {
        if (stopping_) {
            co_return fail(ErrorCode::kUnavailable, "the server is stopping");
        }
        co_await wait_for_progress();
    }
    co_return Result<void>{};
}

Task<Result<void>> Runner::replay(std::string consumer, EventId event) {
    if (!running()) {
        co_return fail(ErrorCode::kUnavailable, "the consumers of events do not run");
    }
    Result<void> replayed = co_await asio::co_spawn(
        executor(), replay_here(std::move(consumer), event), asio::use_awaitable_t<Executor>{}
    );
    co_return replayed;
}

Task<Result<void>> Runner::replay_here(std::string consumer, EventId event) {
    const auto found = std::ranges::find_if(lanes_, [&consumer](const auto& lane) {
        return lane->subscription.consumer().name() == consumer;
    });
    if (found == lanes_.end()) {
        co_return fail(ErrorCode::kNotFound, "there is no such consumer");
    }
    Lane* const lane = found->get();
    while (lane->busy) {
        co_await wait_for_progress();
    }
    lane->busy = true;
    Result<void> replayed = co_await dead_letters_.replay(&lane->subscription.consumer(), event);
    lane->busy = false;
    announce_progress();
    co_return replayed;
}

Task<void> Runner::wait_for_progress() {
    boost::system::error_code ignored;
    co_await progress_->async_wait(asio::redirect_error(asio::use_awaitable_t<Executor>{}, ignored)
    );
}

void Runner::announce_progress() {
    progress_->cancel();
}

void Runner::finish_task() {
    const std::lock_guard lock(mutex_);
    --running_;
    ended_.notify_all();
}

bool Runner::wait_for_tasks(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, limit, [this] { return running_ == 0; });
}

bool Runner::stop() {
    if (!started_ || stopping_.exchange(true)) {
        return true;
    }
    asio::post(executor(), [this] { wake_all(); });
    const bool in_time = wait_for_tasks(config_.stop_deadline);
    if (!in_time) {
        log::error("consumers did not stop in time and are cancelled");
        asio::post(executor(), [this] {
            for (const auto& lane : lanes_) {
                lane->cancel.emit(asio::cancellation_type::terminal);
            }
        });
        while (!wait_for_tasks(std::chrono::seconds(1))) {
            log::error("a consumer does not react to its cancellation");
        }
    }
    if (thread_.joinable()) {
        thread_.join();
    }
    return in_time;
}

std::vector<Runner::ConsumerState> Runner::states() const {
    std::vector<ConsumerState> states;
    const EventId horizon = store_.horizon();
    for (const auto& lane : lanes_) {
        const EventId position = lane->subscription.position();
        states.push_back(
            {std::string(lane->subscription.consumer().name()),
             position,
             horizon > position ? horizon - position : 0}
        );
    }
    return states;
}

}  // namespace rookery::events
