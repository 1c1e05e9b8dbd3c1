#pragma once

#include "base/task.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <future>
#include <memory>

namespace rookery::kit {

/// Holds one coroutine until a test lets it go, so that the test can look at what is under way.
class Gate {
public:
    /// Waits until open() was called.
    Task<void> pass() {
        const Executor executor = co_await boost::asio::this_coro::executor;
        auto timer = std::make_shared<Timer>(executor);
        timer->expires_at(std::chrono::steady_clock::time_point::max());
        reached_.set_value(timer);
        boost::system::error_code ignored;
        co_await timer->async_wait(
            boost::asio::redirect_error(boost::asio::use_awaitable_t<Executor>(), ignored)
        );
        left_.set_value();
    }

    /// Blocks the test until the coroutine has come to the gate.
    void await_arrival() { timer_ = reached_.get_future().get(); }

    /// After await_arrival().
    void open() {
        if (const auto timer = timer_.lock()) {
            boost::asio::post(timer->get_executor(), [timer] { timer->cancel(); });
        }
    }

    /// Blocks the test until the coroutine has gone through.
    void await_leaving() { left_.get_future().get(); }

private:
    using Timer = boost::asio::basic_waitable_timer<
        std::chrono::steady_clock,
        boost::asio::wait_traits<std::chrono::steady_clock>,
        Executor>;

    std::promise<std::weak_ptr<Timer>> reached_;
    std::promise<void> left_;
    std::weak_ptr<Timer> timer_;  ///< weak: it must not outlive the coroutine's io_context
};

}  // namespace rookery::kit
