#pragma once

#include "limits/quota.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

namespace rookery::limits {

/// How often a rule allowed and refused.
struct Said {
    std::uint64_t allowed = 0;
    std::uint64_t refused = 0;

    bool operator==(const Said&) const = default;
};

/// What a rule has said since it began, and minute by minute of the last day. Thread-safe; to count
/// is a relaxed add to one of sixteen places.
class Tally {
public:
    static constexpr std::size_t kMinutes = 1'440;
    static constexpr Nanos kMinute = 60 * kSecond;

    struct Minute {
        Nanos begins = 0;
        Said said;
    };

    void count(bool allowed) {
        Place& place = places_[place_of_thread()];
        (allowed ? place.allowed : place.refused).fetch_add(1, std::memory_order_relaxed);
    }
    [[nodiscard]] Said total() const;

    /// Puts what came since the last time down to the minute of `now`: to be called every second or
    /// so. Minutes in which nothing came take no place.
    void tick(Nanos now);
    /// Of the last day, oldest first; the present one as far as it has been ticked.
    [[nodiscard]] std::vector<Minute> minutes() const;

private:
    struct alignas(64) Place {
        std::atomic<std::uint64_t> allowed{0};
        std::atomic<std::uint64_t> refused{0};
    };
    [[nodiscard]] static std::size_t place_of_thread();

    std::array<Place, 16> places_;
    mutable std::mutex mutex_;
    Said ticked_;                 ///< under mutex_
    std::deque<Minute> minutes_;  ///< under mutex_
};

}  // namespace rookery::limits
