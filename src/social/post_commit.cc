#include "social/post_commit.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

namespace rookery::social {

namespace {

using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock,
    boost::asio::wait_traits<std::chrono::steady_clock>,
    Executor>;

/// Shared by the commit and whoever waits for it; both run on one thread.
struct Attempt {
    explicit Attempt(const Executor& executor) : deadline(executor) {}

    Timer deadline;
    std::optional<Result<void>> outcome;
    std::exception_ptr bug;
};

Task<Result<void>>
commit_and_settle(ports::Store* store, ports::Batch batch, PostSequence::Ticket ticket) {
    CO_TRY([[maybe_unused]] const auto event, co_await store->commit(std::move(batch)));
    co_await ticket.settle();
    co_return Result<void>();
}

}  // namespace

Task<Result<void>> commit_post(
    ports::Store* store,
    ports::Batch batch,
    PostSequence::Ticket ticket,
    std::uint32_t timeout_ms
) {
    const Executor executor = co_await boost::asio::this_coro::executor;
    const auto attempt = std::make_shared<Attempt>(executor);
    attempt->deadline.expires_after(std::chrono::milliseconds(timeout_ms));
    boost::asio::co_spawn(
        executor,
        commit_and_settle(store, std::move(batch), std::move(ticket)),
        [attempt](std::exception_ptr bug, Result<void> outcome) {
            attempt->bug = std::move(bug);
            attempt->outcome = std::move(outcome);
            // Not cancel(): the waiting may not have begun.
            attempt->deadline.expires_at(Timer::time_point::min());
        }
    );
    boost::system::error_code ignored;
    co_await attempt->deadline.async_wait(
        boost::asio::redirect_error(boost::asio::use_awaitable_t<Executor>(), ignored)
    );
    if (attempt->bug) {
        std::rethrow_exception(attempt->bug);
    }
    const std::optional<Result<void>> outcome = attempt->outcome;
    if (!outcome) {
        co_return fail(
            ErrorCode::kTimeout, "The server took too long; the post may or may not have been made"
        );
    }
    co_return *outcome;
}

}  // namespace rookery::social
