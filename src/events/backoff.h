#pragma once

#include "base/random.h"

#include <chrono>
#include <cstdint>

namespace rookery::events {

/// How long to wait before the next try: doubled each time up to a limit, then a random part of it
/// ("equal jitter": half is certain, half is drawn), so that many who failed together do not return
/// together. Not thread-safe.
class Backoff {
public:
    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds max, std::uint64_t seed)
        : first_(first), max_(max), random_(seed) {}

    /// `failures` counts from 1.
    [[nodiscard]] std::chrono::milliseconds after(std::uint32_t failures);

private:
    std::chrono::milliseconds first_;
    std::chrono::milliseconds max_;
    Random random_;
};

}  // namespace rookery::events
