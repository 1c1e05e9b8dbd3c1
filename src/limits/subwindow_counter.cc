#include "limits/subwindow_counter.h"

#include "limits/drain.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace rookery::limits {

namespace {

constexpr std::size_t kCounts = SubwindowCounter::kSubwindows + 1;

}  // namespace

Result<SubwindowCounter> SubwindowCounter::make(const Quota& quota) {
    if (auto checked = check(quota); !checked) {
        return std::move(checked).error();
    }
    if (quota.amount > UINT32_MAX) {
        return fail(ErrorCode::kInvalid, "amount of a limit by sub-windows is below 2^32");
    }
    constexpr Nanos kParts = kSubwindows;
    const Nanos length = quota.period / kParts + (quota.period % kParts != 0 ? 1 : 0);
    return SubwindowCounter(quota.amount, length);
}

SubwindowCounter::State SubwindowCounter::at(const State& state, Nanos now) const {
    const Nanos begins = now - now % length_;
    if (begins <= state.begins) {
        return state;
    }
    State present = state;
    present.begins = begins;
    const auto passed = static_cast<std::uint64_t>((begins - state.begins) / length_);
    const auto newest = static_cast<std::uint64_t>(begins / length_);
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(passed, kCounts); ++i) {
        present.counts[(newest - i) % kCounts] = 0;
    }
    return present;
}

std::uint32_t SubwindowCounter::count(const State& state, std::size_t age) const {
    const auto newest = static_cast<std::uint64_t>(state.begins / length_);
    return state.counts[(newest + kCounts - age) % kCounts];
}

std::uint64_t SubwindowCounter::used(const State& present) const {
    return std::accumulate(present.counts.begin(), present.counts.end(), std::uint64_t{0});
}

Nanos SubwindowCounter::fits_at(const State& present, std::uint64_t cost) const {
    if (cost > amount_) {
        return kNever;
    }
    std::uint64_t left = used(present);
    std::size_t age = kCounts;
    while (left > amount_ - cost) {
        left -= count(present, --age);
    }
    // Those of `age` and older must be gone.
    return present.begins + static_cast<Nanos>(kCounts - age) * length_;
}

Decision SubwindowCounter::look(const State& state, Nanos now, std::uint64_t cost) const {
    const State present = at(state, now);
    const std::uint64_t room = amount_ - std::min(used(present), amount_);
    if (cost > room) {
        return {
            .allowed = false,
            .remaining = room,
            .retry_after = span_until(fits_at(present, cost), now),
            .resets_after = span_until(fresh_at(present), now),
        };
    }
    const Nanos reset =
        cost == 0 ? fresh_at(present) : present.begins + static_cast<Nanos>(kCounts) * length_;
    return {.remaining = room - cost, .resets_after = span_until(reset, now)};
}

void SubwindowCounter::charge(State& state, Nanos now, std::uint64_t cost) const {
    if (const State present = at(state, now); present.begins != state.begins) {
        state = present;
    }
    state.counts[static_cast<std::uint64_t>(state.begins / length_) % kCounts] +=
        static_cast<std::uint32_t>(cost);
}

Nanos SubwindowCounter::fresh_at(const State& state) const {
    for (std::size_t age = 0; age < kCounts; ++age) {
        if (count(state, age) != 0) {
            return state.begins + static_cast<Nanos>(kCounts - age) * length_;
        }
    }
    return 0;
}

}  // namespace rookery::limits
