#include "app/upkeep.h"

#include "base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace rookery::app {

namespace {

constexpr std::chrono::milliseconds kIdlePause{200};
constexpr std::chrono::milliseconds kRetryPause{1'000};

void warn(const discover::DerivedState& state, std::string_view what_failed, const Error& error) {
    log::warning(
        what_failed, {{"of", state.what()}, {"error", error.message}, {"detail", error.detail}}
    );
}

}  // namespace

Upkeep::Upkeep(
    const std::vector<discover::DerivedState*>& states,
    std::chrono::milliseconds flush_interval
)
    : flush_interval_(flush_interval) {
    for (discover::DerivedState* state : states) {
        entries_.push_back({.state = state});
    }
}

Upkeep::~Upkeep() {
    stop();
}

void Upkeep::start() {
    boost::asio::co_spawn(context_, run(), [](std::exception_ptr error) {
        if (error) {
            std::rethrow_exception(error);
        }
    });
    thread_ = std::thread([this] { context_.run(); });
}

void Upkeep::stop() {
    if (!thread_.joinable()) {
        return;
    }
    stopping_ = true;
    boost::asio::post(context_, [this] { timer_.cancel(); });
    thread_.join();
}

Task<void> Upkeep::run() {
    flushed_at_ = Clock::now();
    while (!stopping_) {
        bool more = false;
        for (Entry& entry : entries_) {
            if (!stopping_ && Clock::now() >= entry.not_before) {
                const bool more_of_it = co_await step(entry);
                more = more || more_of_it;
            }
        }
        if (Clock::now() - flushed_at_ >= flush_interval_) {
            co_await flush();
        }
        if (!more && !stopping_) {
            co_await pause();
        }
    }
    co_await flush();
}

Task<bool> Upkeep::step(Entry& entry) {
    if (!entry.started) {
        const auto started = co_await entry.state->start();
        if (!started) {
            put_off(entry, "what is derived cannot begin", started.error());
            co_return false;
        }
        entry.started = true;
    }
    const auto more = co_await entry.state->work();
    if (!more) {
        put_off(entry, "what is derived cannot be made", more.error());
        co_return false;
    }
    co_return *more;
}

void Upkeep::put_off(Entry& entry, std::string_view what_failed, const Error& error) {
    warn(*entry.state, what_failed, error);
    entry.not_before = Clock::now() + kRetryPause;
}

Task<void> Upkeep::flush() {
    for (const Entry& entry : entries_) {
        const auto flushed = co_await entry.state->flush();
        if (!flushed) {
            warn(*entry.state, "what is derived cannot be written", flushed.error());
        }
    }
    flushed_at_ = Clock::now();
}

Task<void> Upkeep::pause() {
    if (stopping_) {
        co_return;
    }
    boost::system::error_code cancelled;
    timer_.expires_after(kIdlePause);
    co_await timer_.async_wait(
        boost::asio::redirect_error(boost::asio::use_awaitable_t<Executor>{}, cancelled)
    );
}

}  // namespace rookery::app
