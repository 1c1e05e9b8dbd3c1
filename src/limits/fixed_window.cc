#include "limits/fixed_window.h"

#include <algorithm>
#include <utility>

namespace rookery::limits {

Result<FixedWindow> FixedWindow::make(const Quota& quota) {
    if (auto checked = check(quota); !checked) {
        return std::move(checked).error();
    }
    return FixedWindow(quota.amount, quota.period);
}

FixedWindow::State FixedWindow::at(const State& state, Nanos now) const {
    const Nanos begins = now - now % period_;
    return begins > state.begins ? State{.begins = begins} : state;
}

Decision FixedWindow::look(const State& state, Nanos now, std::uint64_t cost) const {
    const State present = at(state, now);
    const std::uint64_t room = amount_ - std::min(present.used, amount_);
    const Nanos ends = present.begins + period_ - now;
    if (cost > room) {
        return {
            .allowed = false,
            .remaining = room,
            .retry_after = cost > amount_ ? kNever : ends,
            .resets_after = present.used == 0 ? 0 : ends,
        };
    }
    return {.remaining = room - cost, .resets_after = present.used + cost == 0 ? 0 : ends};
}

void FixedWindow::charge(State& state, Nanos now, std::uint64_t cost) const {
    state = at(state, now);
    state.used += cost;
}

Nanos FixedWindow::fresh_at(const State& state) const {
    return state.used == 0 ? 0 : state.begins + period_;
}

}  // namespace rookery::limits
