#include "feed/push_worker.h"

namespace rookery::feed {

PushWorker::PushWorker(Inboxes& inboxes, metrics::Counter& delivered)
    : inboxes_(inboxes), delivered_(delivered), thread_([this] { run(); }) {}

PushWorker::~PushWorker() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void PushWorker::push(AccountId author, PostId post) {
    {
        const std::lock_guard lock(mutex_);
        pushes_.push_back({author, post});
        pending_count_.store(pushes_.size(), std::memory_order_release);
    }
    changed_.notify_all();
}

std::vector<AccountId> PushWorker::pending() const {
    const std::lock_guard lock(mutex_);
    std::vector<AccountId> authors;
    authors.reserve(pushes_.size());
    for (const Push& push : pushes_) {
        authors.push_back(push.author);
    }
    return authors;
}

void PushWorker::drain() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return pushes_.empty(); });
}

void PushWorker::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !pushes_.empty(); });
        if (stopping_) {
            return;  // inboxes die with the process; nothing is owed
        }
        const Push push = pushes_.front();
        lock.unlock();
        delivered_.add(inboxes_.push(push.author, push.post));
        lock.lock();
        pushes_.pop_front();
        pending_count_.store(pushes_.size(), std::memory_order_release);
        changed_.notify_all();
    }
}

}  // namespace rookery::feed
