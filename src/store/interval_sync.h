#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace rookery::store {

/// Calls a function every so often on a thread of its own, and once more when it is destroyed.
class IntervalSync {
public:
    IntervalSync(std::chrono::milliseconds interval, std::function<void()> sync);
    ~IntervalSync();
    IntervalSync(const IntervalSync&) = delete;
    IntervalSync& operator=(const IntervalSync&) = delete;

private:
    void run();

    const std::chrono::milliseconds interval_;
    const std::function<void()> sync_;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace rookery::store
