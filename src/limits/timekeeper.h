#pragma once

#include "base/clock.h"
#include "limits/quota.h"

namespace rookery::limits {

/// The time that limits go by: nanoseconds since 1970 by the wall clock of the beginning, and from
/// there on by a clock that never steps back. Thread-safe.
class Timekeeper {
public:
    /// `clock` must outlive it.
    explicit Timekeeper(const Clock& clock)
        : clock_(clock), began_at_(clock.now_ms() * 1'000'000), began_steady_(clock.steady()) {}

    [[nodiscard]] Nanos now() const {
        const auto passed = clock_.steady() - began_steady_;
        return began_at_ + std::chrono::duration_cast<std::chrono::nanoseconds>(passed).count();
    }

private:
    const Clock& clock_;
    const Nanos began_at_;
    const std::chrono::steady_clock::time_point began_steady_;
};

}  // namespace rookery::limits
