#pragma once

#include "base/ids.h"
#include "base/metrics.h"
#include "feed/inboxes.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace rookery::feed {

/// Pushes posts that have very many receivers on a thread of its own. Until a push has ended, its
/// author is in pending(), whose posts a reader must pull. Thread-safe.
class PushWorker {
public:
    PushWorker(Inboxes& inboxes, metrics::Counter& delivered);
    ~PushWorker();
    PushWorker(const PushWorker&) = delete;
    PushWorker& operator=(const PushWorker&) = delete;

    void push(AccountId author, PostId post);

    [[nodiscard]] bool idle() const { return pending_count_.load(std::memory_order_acquire) == 0; }
    /// Authors with a push under way; each may occur more than once.
    [[nodiscard]] std::vector<AccountId> pending() const;
    void drain();

private:
    struct Push {
        AccountId author;
        PostId post;
    };

    void run();

    Inboxes& inboxes_;
    metrics::Counter& delivered_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Push> pushes_;  ///< the front is under way
    std::atomic<std::size_t> pending_count_{0};
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace rookery::feed
