#pragma once

#include "base/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace rookery::kit {

/// Runs coroutines interleaved on one io_context (MemoryStore::yield_on_calls makes each call a
/// place to switch) and returns their values in order; what one throws is thrown here.
template <class T>
std::vector<T> run_together(std::vector<Task<T>> tasks) {
    boost::asio::io_context context(1);
    std::exception_ptr error;
    std::vector<std::optional<T>> values(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        boost::asio::co_spawn(context, std::move(tasks[i]), [&, i](std::exception_ptr e, T value) {
            if (e) {
                error = e;
            } else {
                values[i].emplace(std::move(value));
            }
        });
    }
    context.run();
    if (error) {
        std::rethrow_exception(error);
    }
    std::vector<T> all;
    for (std::optional<T>& value : values) {
        if (!value) {
            throw std::logic_error("a coroutine was suspended for ever");
        }
        all.push_back(std::move(*value));
    }
    return all;
}

}  // namespace rookery::kit
