#pragma once

#include "base/task.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace rookery {

/// Threads for work that blocks or computes for long (disk reads, password hashing), so that the
/// network threads never do. Thread-safe. Its destructor waits for what was begun.
class BlockingPool {
public:
    explicit BlockingPool(std::size_t threads) : pool_(threads) {}

    /// Runs `work` on a thread of the pool and resumes the caller on its own executor. An exception
    /// thrown by `work` is rethrown here. `work` must not return void or a reference.
    template <class Work, class Value = std::invoke_result_t<Work>>
    [[nodiscard]] Task<Value> run(Work work) {
        auto initiate = [this](auto handler, Work w) {
            auto executor = boost::asio::get_associated_executor(handler);
            auto tracked =
                boost::asio::prefer(executor, boost::asio::execution::outstanding_work.tracked);
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            boost::asio::post(pool_, [shared, tracked, job = std::move(w)]() mutable {
                std::exception_ptr error;
                std::optional<Value> value;
                try {
                    value.emplace(job());
                } catch (...) {
                    error = std::current_exception();
                }
                boost::asio::post(tracked, [shared, error, result = std::move(value)]() mutable {
                    (*shared)(error, std::move(result));
                });
            });
        };
        std::optional<Value> value = co_await boost::asio::async_initiate<
            const boost::asio::use_awaitable_t<Executor>,
            void(std::exception_ptr, std::optional<Value>)>(
            std::move(initiate), boost::asio::use_awaitable_t<Executor>{}, std::move(work)
        );
        // Without a value there was an error, which the await has thrown.
        // NOLINTNEXTLINE(bugprone-unchecked-optional-access)
        co_return std::move(*value);
    }

    /// Waits until all work given so far has ended; none may be given afterwards.
    void join() { pool_.join(); }

private:
    boost::asio::thread_pool pool_;
};

}  // namespace rookery
