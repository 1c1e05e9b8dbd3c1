#pragma once

#include <chrono>
#include <cstddef>

namespace rookery::http {

using SteadyTime = std::chrono::steady_clock::time_point;

/// One connection as its worker sees it. All calls come on the worker's thread.
class Session {
public:
    Session() = default;
    virtual ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Called every few hundred milliseconds, to enforce deadlines: one sweep over all connections
    /// is cheaper than a timer for each operation.
    virtual void sweep(SteadyTime now) = 0;
    /// The server is stopping: end when it is decent to.
    virtual void begin_stop() = 0;
    /// The worker's thread has ended for good, with this session still there.
    virtual void abandon() = 0;

private:
    friend class Worker;
    std::size_t place_ = 0;
};

}  // namespace rookery::http
