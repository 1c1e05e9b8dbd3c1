#pragma once

#include "base/metrics.h"
#include "kit/must.h"
#include "limits/shared/store_limits.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace rookery {

/// A process as far as shared limits go: a connection and metrics of its own, and two threads with
/// an io_context each, on which those who ask run.
class LimitNode {
public:
    explicit LimitNode(const limits::SharedStoreConfig& config)
        : limits(kit::must(limits::StoreLimits::make(config, metrics))) {
        for (auto& context : contexts_) {
            guards_.push_back(boost::asio::make_work_guard(*context));
            threads_.emplace_back([&context] { context->run(); });
        }
    }
    ~LimitNode() {
        limits.reset();
        guards_.clear();
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }
    LimitNode(const LimitNode&) = delete;
    LimitNode& operator=(const LimitNode&) = delete;

    void spawn(std::size_t client, Task<void> task) {
        boost::asio::co_spawn(
            *contexts_[client % contexts_.size()],
            std::move(task),
            [](const std::exception_ptr& error) {
                if (error) {
                    std::rethrow_exception(error);
                }
            }
        );
    }

    /// What a series of the metrics says: of a name with its labels, as they are exposed.
    [[nodiscard]] std::uint64_t metric(const std::string& series) const {
        const std::string text = "\n" + metrics.expose();
        const auto at = text.find("\n" + series + " ");
        return at == std::string::npos ? 0 : std::stoull(text.substr(at + series.size() + 2));
    }

    metrics::Registry metrics;
    std::unique_ptr<limits::StoreLimits> limits;

private:
    std::array<std::unique_ptr<boost::asio::io_context>, 2> contexts_{
        std::make_unique<boost::asio::io_context>(1),
        std::make_unique<boost::asio::io_context>(1)
    };
    std::vector<boost::asio::executor_work_guard<Executor>> guards_;
    std::vector<std::thread> threads_;
};

}  // namespace rookery
