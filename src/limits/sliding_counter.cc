#include "limits/sliding_counter.h"

#include "limits/drain.h"

#include <algorithm>
#include <utility>

namespace rookery::limits {

namespace {

__extension__ using Wide = unsigned __int128;

/// How far into a window what `weighed` units of the window before still weigh is `room` at most.
Nanos faded_to(std::uint64_t weighed, std::uint64_t room, Nanos period) {
    if (weighed <= room) {
        return 0;
    }
    return period - static_cast<Nanos>(Wide{room} * static_cast<std::uint64_t>(period) / weighed);
}

}  // namespace

Result<SlidingCounter> SlidingCounter::make(const Quota& quota) {
    if (auto checked = check(quota); !checked) {
        return std::move(checked).error();
    }
    if (quota.amount > UINT32_MAX) {
        return fail(ErrorCode::kInvalid, "amount of a limit by sliding counter is below 2^32");
    }
    return SlidingCounter(quota.amount, quota.period);
}

SlidingCounter::State SlidingCounter::at(const State& state, Nanos now) const {
    const Nanos begins = now - now % period_;
    if (begins <= state.begins) {
        return state;
    }
    const bool is_next = begins - state.begins == period_;
    return {.begins = begins, .previous = is_next ? state.current : 0};
}

std::uint64_t SlidingCounter::room(const State& present, Nanos into) const {
    const auto period = static_cast<std::uint64_t>(period_);
    const Wide weighed = Wide{present.previous} * static_cast<std::uint64_t>(period_ - into);
    const Wide used = weighed + Wide{present.current} * period;
    const Wide all = Wide{amount_} * period;
    return used >= all ? 0 : static_cast<std::uint64_t>((all - used) / period);
}

Nanos SlidingCounter::fits_at(const State& present, std::uint64_t cost) const {
    if (cost > amount_) {
        return kNever;
    }
    if (present.current + cost <= amount_) {
        return present.begins +
               faded_to(present.previous, amount_ - cost - present.current, period_);
    }
    return present.begins + period_ + faded_to(present.current, amount_ - cost, period_);
}

Decision SlidingCounter::look(const State& state, Nanos now, std::uint64_t cost) const {
    const State present = at(state, now);
    const std::uint64_t fits = room(present, std::max<Nanos>(0, now - present.begins));
    if (cost > fits) {
        return {
            .allowed = false,
            .remaining = fits,
            .retry_after = span_until(fits_at(present, cost), now),
            .resets_after = span_until(fresh_at(present), now),
        };
    }
    State charged = present;
    charged.current += static_cast<std::uint32_t>(cost);
    return {.remaining = fits - cost, .resets_after = span_until(fresh_at(charged), now)};
}

void SlidingCounter::charge(State& state, Nanos now, std::uint64_t cost) const {
    state = at(state, now);
    state.current += static_cast<std::uint32_t>(cost);
}

Nanos SlidingCounter::fresh_at(const State& state) const {
    if (state.current != 0) {
        return state.begins + 2 * period_;
    }
    return state.previous != 0 ? state.begins + period_ : 0;
}

}  // namespace rookery::limits
