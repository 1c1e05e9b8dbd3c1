#pragma once

#include "base/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace rookery::app {

/// Runs a coroutine to its end on the calling thread, for commands that have nothing else to do.
/// What it throws is thrown here.
template <class T>
[[nodiscard]] T run_task(Task<T> task) {
    boost::asio::io_context context(1);
    std::exception_ptr error;
    std::optional<T> value;
    boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr e, T v) {
        error = std::move(e);
        value.emplace(std::move(v));
    });
    context.run();
    if (error) {
        std::rethrow_exception(error);
    }
    if (!value) {
        throw std::logic_error("a task was suspended for ever");
    }
    return std::move(*value);
}

}  // namespace rookery::app
