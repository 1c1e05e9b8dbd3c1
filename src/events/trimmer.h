#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "ports/store.h"

namespace rookery::events {

/// Forgets the events that nobody needs any more: older than the retention, and handled by every
/// durable consumer. Used by one task at a time.
class Trimmer {
public:
    Trimmer(ports::Store& store, const Clock& clock, std::int64_t retention_ms)
        : store_(store), clock_(clock), retention_ms_(retention_ms) {}

    /// Trims events up to `handled` that are old enough.
    [[nodiscard]] Task<Result<void>> trim(ports::EventId handled);

private:
    ports::Store& store_;
    const Clock& clock_;
    const std::int64_t retention_ms_;
    ports::EventId trimmed_ = 0;
};

}  // namespace rookery::events
