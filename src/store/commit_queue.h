#pragma once

#include "base/result.h"
#include "ports/store.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

namespace rookery::store {

/// A batch on its way, and whom to tell.
struct PendingCommit {
    ports::Batch batch;
    std::size_t bytes = 0;
    /// Called once, from the commit thread; hands the answer to the waiter's own executor.
    std::move_only_function<void(Result<ports::EventId>)> complete;
};

/// About what a batch will occupy in memory and in the log.
[[nodiscard]] std::size_t batch_bytes(const ports::Batch& batch);

/// Commits that wait for the commit thread: bounded, first come first served. Thread-safe.
class CommitQueue {
public:
    CommitQueue(std::size_t batches_max, std::size_t bytes_max)
        : batches_max_(batches_max), bytes_max_(bytes_max) {}

    /// False if the queue is full or closed: then `commit` is untouched.
    [[nodiscard]] bool push(PendingCommit& commit);

    /// Waits for commits, and before `not_before` for `enough` of them; takes as many as came, in
    /// order, up to `group_bytes_max` (at least one). Empty only when the queue is closed and
    /// nothing is left.
    [[nodiscard]] std::vector<PendingCommit> take(
        std::size_t group_bytes_max,
        std::chrono::steady_clock::time_point not_before = {},
        std::size_t enough = 1
    );

    /// No more commits are taken in; those inside are still handed out.
    void close();

    [[nodiscard]] std::size_t size() const;

private:
    const std::size_t batches_max_;
    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::size_t wanted_ = 1;  ///< so many wake take()
    std::vector<PendingCommit> waiting_;
    std::size_t bytes_ = 0;
    bool closed_ = false;
};

}  // namespace rookery::store
