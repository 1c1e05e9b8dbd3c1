#pragma once

#include "base/task.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace rookery::social {

/// Resumes one sleeping coroutine on its own executor. To be called once, from any thread; dropping
/// it uncalled destroys the coroutine.
using WakeUp = std::function<void()>;

/// Puts the calling coroutine to sleep, without holding a thread, and hands its WakeUp to `keep`,
/// which may call it at once.
[[nodiscard]] inline Task<void> sleep_until_woken(std::function<void(WakeUp)> keep) {
    auto initiate = [](auto handler, const std::function<void(WakeUp)>& hand_over) {
        auto executor = boost::asio::get_associated_executor(handler);
        // Tracked, so that the io_context does not run out of work while somebody sleeps.
        auto tracked =
            boost::asio::prefer(executor, boost::asio::execution::outstanding_work.tracked);
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        hand_over([shared, tracked] { boost::asio::post(tracked, [shared] { (*shared)(); }); });
    };
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void()>(
        std::move(initiate), boost::asio::use_awaitable_t<Executor>{}, std::move(keep)
    );
}

}  // namespace rookery::social
