#pragma once

#include "base/task.h"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace rookery::limits {

/// Suspends until the function that `start` is given is called, on whatever thread, and resumes on
/// the executor of the caller. That executor must be there yet when it is.
template <class Value, class Start>
Task<Value> called_back(Start start) {
    auto initiate = [](auto handler, Start begin) {
        auto executor = boost::asio::prefer(
            boost::asio::get_associated_executor(handler),
            boost::asio::execution::outstanding_work.tracked
        );
        begin([executor, handler = std::move(handler)](Value value) mutable {
            boost::asio::post(
                executor,
                [handler = std::move(handler), value = std::move(value)]() mutable {
                    std::move(handler)(std::move(value));
                }
            );
        });
    };
    co_return co_await boost::asio::
        async_initiate<const boost::asio::use_awaitable_t<Executor>, void(Value)>(
            std::move(initiate), boost::asio::use_awaitable_t<Executor>{}, std::move(start)
        );
}

}  // namespace rookery::limits
