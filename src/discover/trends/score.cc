#include "discover/trends/score.h"

#include <algorithm>
#include <cmath>

namespace rookery::discover::trends {

double decayed_sum(std::span<const WeighedUse> uses, UnixMs at_ms, double half_life_ms) {
    double sum = 0;
    for (const WeighedUse& use : uses) {
        if (use.at_ms <= at_ms) {
            sum += use.weight * std::exp2(static_cast<double>(use.at_ms - at_ms) / half_life_ms);
        }
    }
    return sum;
}

double Burst::score() const {
    return std::max(0.0, observed - expected) / std::sqrt(expected + 1);
}

Burst observe(std::span<const WeighedUse> uses, UnixMs now_ms, double half_life_ms) {
    Burst burst;
    burst.observed = decayed_sum(uses, now_ms, half_life_ms);
    for (std::size_t day = 1; day <= kDaysCompared; ++day) {
        const UnixMs then_ms = now_ms - static_cast<UnixMs>(day) * kDayMs;
        burst.expected += decayed_sum(uses, then_ms, half_life_ms);
    }
    burst.expected /= kDaysCompared;
    return burst;
}

double log2_sum(double a, double b) {
    const double high = std::max(a, b);
    return std::isinf(high) ? high : high + std::log2(1 + std::exp2(std::min(a, b) - high));
}

}  // namespace rookery::discover::trends
