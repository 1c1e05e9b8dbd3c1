#pragma once

#include "base/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace rookery::kit {

/// Runs a coroutine to its end on an io_context of its own and returns its value; what it throws
/// is thrown here. `run(store.get(key))` is the one line that a test needs.
template <class T>
T run(Task<T> task) {
    boost::asio::io_context context(1);
    std::exception_ptr error;
    std::optional<T> value;
    boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr e, T v) {
        error = e;
        value.emplace(std::move(v));
    });
    context.run();
    if (error) {
        std::rethrow_exception(error);
    }
    if (!value) {
        throw std::logic_error("the coroutine was suspended for ever");
    }
    return std::move(*value);
}

void run(Task<void> task);

}  // namespace rookery::kit
