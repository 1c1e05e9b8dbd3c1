#include "store/commit_queue.h"

#include <iterator>
#include <utility>

namespace rookery::store {

std::size_t batch_bytes(const ports::Batch& batch) {
    constexpr std::size_t kOverhead = 16;
    std::size_t bytes = 0;
    for (const ports::Batch::Operation& operation : batch.operations) {
        bytes += kOverhead + operation.key.partition.size() + operation.key.sort.size() +
                 operation.value.size();
    }
    for (const ports::Batch::Expectation& expectation : batch.expectations) {
        bytes += kOverhead + expectation.key.partition.size() + expectation.key.sort.size() +
                 expectation.value.size();
    }
    for (const ports::Event& event : batch.events) {
        bytes += kOverhead + event.payload.size();
    }
    return bytes;
}

bool CommitQueue::push(PendingCommit& commit) {
    {
        const std::lock_guard lock(mutex_);
        // A batch over the limit by itself is let in when nothing else waits: it could never be
        // else.
        const bool full = waiting_.size() >= batches_max_ ||
                          (!waiting_.empty() && bytes_ + commit.bytes > bytes_max_);
        if (closed_ || full) {
            return false;
        }
        bytes_ += commit.bytes;
        waiting_.push_back(std::move(commit));
        if (waiting_.size() < wanted_) {
            return true;
        }
    }
    arrived_.notify_one();
    return true;
}

std::vector<PendingCommit> CommitQueue::take(
    std::size_t group_bytes_max,
    std::chrono::steady_clock::time_point not_before,
    std::size_t enough
) {
    std::unique_lock lock(mutex_);
    if (std::chrono::steady_clock::now() < not_before) {
        wanted_ = enough;
        arrived_.wait_until(lock, not_before, [this, enough] {
            return closed_ || waiting_.size() >= enough;
        });
        wanted_ = 1;
    }
    arrived_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
    std::size_t count = 0;
    std::size_t bytes = 0;
    while (count < waiting_.size()) {
        bytes += waiting_[count].bytes;
        if (count > 0 && bytes > group_bytes_max) {
            bytes -= waiting_[count].bytes;
            break;
        }
        ++count;
    }
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<PendingCommit> group;
    if (end == waiting_.end()) {
        group.swap(waiting_);
    } else {
        group.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
    }
    bytes_ -= bytes;
    return group;
}

void CommitQueue::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    arrived_.notify_all();
}

std::size_t CommitQueue::size() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

}  // namespace rookery::store
