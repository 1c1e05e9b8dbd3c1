#pragma once

#include <chrono>
#include <cstdint>

namespace rookery {

/// Milliseconds since 1970-01-01T00:00:00Z.
using UnixMs = std::int64_t;

/// The time, injected so that tests can hold it still. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;

    /// Wall time; may step backwards when the machine's clock is set.
    [[nodiscard]] virtual UnixMs now_ms() const = 0;

    /// Never steps back; for measuring and for deadlines.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] UnixMs now_ms() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
};

}  // namespace rookery
