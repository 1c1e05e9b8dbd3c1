#pragma once

#include "base/clock.h"

#include <atomic>
#include <chrono>

namespace rookery::kit {

/// A clock that stands still until it is moved. Thread-safe.
class ManualClock final : public Clock {
public:
    /// Starts at 2026-01-01T00:00:00Z.
    ManualClock() = default;

    [[nodiscard]] UnixMs now_ms() const override { return now_ms_; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;

    void advance_ms(std::int64_t ms) { now_ms_ += ms; }

private:
    static constexpr UnixMs kStartMs = 1'767'225'600'000;
    std::atomic<UnixMs> now_ms_{kStartMs};
};

}  // namespace rookery::kit
