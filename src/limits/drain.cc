#include "limits/drain.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace rookery::limits {

namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

Result<Drain> Drain::make(const Quota& quota) {
    if (auto checked = check(quota); !checked) {
        return std::move(checked).error();
    }
    const auto period = static_cast<std::uint64_t>(quota.period);
    const std::uint64_t common = std::gcd(quota.amount, period);
    if (Wide{quota.burst} * (period / common) > static_cast<std::uint64_t>(INT64_MAX)) {
        return fail(
            ErrorCode::kInvalid,
            "burst is too large for this amount and period: "
            "burst * period / gcd(amount, period) must be below 2^63"
        );
    }
    return Drain(quota.burst, period / common, quota.amount / common);
}

std::uint64_t Drain::parts_at(const Level& level, Nanos now) const {
    if (now <= level.at) {
        return level.parts;
    }
    const Wide drained = Wide{static_cast<std::uint64_t>(now - level.at)} * parts_per_nano_;
    return drained >= level.parts ? 0 : level.parts - static_cast<std::uint64_t>(drained);
}

bool Drain::fits(std::uint64_t parts, std::uint64_t cost) const {
    return cost <= burst_ && parts <= parts_of(burst_ - cost);
}

std::uint64_t Drain::room(std::uint64_t parts) const {
    const std::uint64_t whole = parts_of(burst_);
    return (whole - std::min(parts, whole)) / parts_per_unit_;
}

void Drain::add(Level& level, Nanos now, std::uint64_t cost) const {
    level.parts = parts_at(level, now) + parts_of(cost);
    level.at = std::max(level.at, now);
}

Decision Drain::decide(const Level& level, Nanos now, std::uint64_t cost) const {
    const std::uint64_t parts = parts_at(level, now);
    if (cost != 0 && !fits(parts, cost)) {
        return {
            .allowed = false,
            .remaining = room(parts),
            .retry_after = span_until(fits_at(level, cost), now),
            .resets_after = span_until(empty_at(level), now),
        };
    }
    Level charged = level;
    add(charged, now, cost);
    return {
        .remaining = room(charged.parts),
        .resets_after = span_until(empty_at(charged), now),
    };
}

Nanos Drain::fits_at(const Level& level, std::uint64_t cost) const {
    if (cost > burst_) {
        return kNever;
    }
    const std::uint64_t fitting = parts_of(burst_ - cost);
    return level.parts <= fitting
               ? level.at
               : later(level.at, static_cast<std::uint64_t>(time_of(level.parts - fitting)));
}

Nanos Drain::empty_at(const Level& level) const {
    return later(level.at, static_cast<std::uint64_t>(time_of(level.parts)));
}

Nanos Drain::time_of(std::uint64_t parts) const {
    return static_cast<Nanos>(parts / parts_per_nano_ + (parts % parts_per_nano_ != 0 ? 1 : 0));
}

}  // namespace rookery::limits
