#pragma once

#include "base/task.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace rookery {

/// Owns the coroutines that nobody awaits, so that none is left running when its makers are gone.
/// Every spawned task belongs to a group; the group is closed at stop. Thread-safe.
class TaskGroup {
public:
    /// `name` stands in the log when a task ends with an exception.
    explicit TaskGroup(std::string name);
    /// Closes the group. Does not wait: a task still suspended ends with its io_context.
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// Starts `task` on `executor`. An exception that it ends with is logged as an error, unless it
    /// says that the task was cancelled. False (and the task is dropped unstarted) after close().
    bool spawn(Executor executor, Task<void> task);

    /// Refuses new tasks from now on. The running ones are left to end by themselves.
    void close();

    /// Closes the group and cancels each running task on its own executor: its pending Asio
    /// operation, or the next one, ends with `operation_aborted`.
    void cancel();

    /// Blocks until every task has ended, or `timeout` has passed; true if all have ended. Not to
    /// be called on a network thread.
    bool wait(std::chrono::milliseconds timeout);

    /// The number of tasks that have not ended.
    [[nodiscard]] std::size_t size() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace rookery
