#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "ports/store.h"
#include "store/commit_queue.h"
#include "store/database.h"
#include "store/overlay.h"
#include "store/rocks_store_config.h"
#include "store/row_reader.h"
#include "store/store_metrics.h"

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace rookery::store {

/// The one writer. While it writes and syncs a group of batches, the next group gathers in the
/// queue; a single batch is a group of one and waits for nothing. Preconditions are tested here, in
/// order, so that a commit is what decides. If a write fails nobody knows what the disk holds:
/// every waiter of the group hears kInternal and so does every later one, until the store is opened
/// again.
class CommitThread {
public:
    /// All references must outlive it.
    CommitThread(
        const RocksStoreConfig& config,
        const Database& database,
        const Clock& clock,
        StoreMetrics& metrics,
        ports::EventId last_event
    );
    ~CommitThread();
    CommitThread(const CommitThread&) = delete;
    CommitThread& operator=(const CommitThread&) = delete;

    /// False if the queue is full or the thread is stopping: then `commit` is untouched.
    [[nodiscard]] bool submit(PendingCommit& commit) { return queue_.push(commit); }

    /// Commits what is in the queue, then ends the thread.
    void stop();

    /// Before the first submit.
    void set_listener(ports::CommitListener listener) { listener_ = std::move(listener); }

    /// The newest visible event.
    [[nodiscard]] ports::EventId horizon() const {
        return horizon_.load(std::memory_order_acquire);
    }

    /// The newest event that a read may have seen.
    [[nodiscard]] ports::EventId frontier() const {
        return frontier_.load(std::memory_order_acquire);
    }

    /// A write outside of a commit failed: no more commits.
    void mark_broken() { broken_.store(true, std::memory_order_release); }
    [[nodiscard]] bool broken() const { return broken_.load(std::memory_order_acquire); }

private:
    /// One group from the queue to its waiters.
    struct Group {
        std::vector<PendingCommit> commits;
        std::vector<Result<ports::EventId>> outcomes;
        std::vector<ports::StoredEvent> events;
        rocksdb::WriteBatch writes;
    };

    void run();
    void commit_group(Group& group);
    void prepare(Group& group);
    [[nodiscard]] Result<void> check(const ports::Batch& batch, const Overlay& overlay) const;
    [[nodiscard]] ports::EventId append(ports::Batch& batch, UnixMs now, Group& group);
    [[nodiscard]] bool write(Group& group);

    const RocksStoreConfig& config_;
    const Database& database_;
    const Clock& clock_;
    StoreMetrics& metrics_;
    RowReader reader_;
    CommitQueue queue_;
    ports::CommitListener listener_;
    ports::EventId next_event_;  // only the thread's
    std::string key_buffer_;     // only the thread's
    std::atomic<ports::EventId> horizon_;
    std::atomic<ports::EventId> frontier_;
    std::atomic<bool> broken_{false};
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace rookery::store
