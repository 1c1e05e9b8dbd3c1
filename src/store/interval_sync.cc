#include "store/interval_sync.h"

#include <utility>

namespace rookery::store {

IntervalSync::IntervalSync(std::chrono::milliseconds interval, std::function<void()> sync)
    : interval_(interval), sync_(std::move(sync)), thread_([this] { run(); }) {}

IntervalSync::~IntervalSync() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stopped_.notify_all();
    thread_.join();
    sync_();
}

void IntervalSync::run() {
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, interval_, [this] { return stop_; })) {
        lock.unlock();
        sync_();
        lock.lock();
    }
}

}  // namespace rookery::store
