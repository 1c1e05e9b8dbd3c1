#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace rookery {

/// Every coroutine runs on one io_context; the executor is concrete because `any_io_executor`
/// costs an indirect call and an allocation at each suspension.
using Executor = boost::asio::io_context::executor_type;

/// A lazily started coroutine. It must be awaited, or handed to a TaskGroup.
template <class T>
using Task = boost::asio::awaitable<T, Executor>;

}  // namespace rookery
