#include "limits/gcra.h"

#include "limits/drain.h"

#include <algorithm>
#include <utility>

namespace rookery::limits {

Result<Gcra> Gcra::make(const Quota& quota) {
    if (auto checked = check(quota); !checked) {
        return std::move(checked).error();
    }
    const auto period = static_cast<std::uint64_t>(quota.period);
    const std::uint64_t interval = period / quota.amount + (period % quota.amount != 0 ? 1 : 0);
    if (quota.burst > (std::uint64_t{1} << 62U) / interval) {
        return fail(ErrorCode::kInvalid, "burst * period / amount of a limit must be below 2^62");
    }
    return Gcra(quota.burst, interval);
}

Decision Gcra::look(const State& state, Nanos now, std::uint64_t cost) const {
    const Nanos due = std::max(state.tat, now);
    // In a clock that stepped back, `ahead` may be more than the burst.
    const auto ahead = static_cast<std::uint64_t>(due - now);
    const std::uint64_t tolerance = burst_ * interval_;
    const bool allowed = cost == 0 || (cost <= burst_ && ahead <= tolerance - cost * interval_);
    if (!allowed) {
        const Nanos at =
            cost > burst_ ? kNever : state.tat - static_cast<Nanos>(tolerance - cost * interval_);
        return {
            .allowed = false,
            .remaining = ahead >= tolerance ? 0 : (tolerance - ahead) / interval_,
            .retry_after = span_until(at, now),
            .resets_after = due - now,
        };
    }
    const std::uint64_t charged = ahead + cost * interval_;
    return {
        .remaining = charged >= tolerance ? 0 : (tolerance - charged) / interval_,
        .resets_after = static_cast<Nanos>(charged),
    };
}

void Gcra::charge(State& state, Nanos now, std::uint64_t cost) const {
    state.tat = later(std::max(state.tat, now), cost * interval_);
}

}  // namespace rookery::limits
