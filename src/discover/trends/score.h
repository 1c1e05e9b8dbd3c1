#pragma once

#include "base/clock.h"

#include <cstddef>
#include <span>

namespace rookery::discover::trends {

inline constexpr UnixMs kDayMs = 86'400'000;
/// Uses are expected to be what they were at this time of so many past days, on average.
inline constexpr std::size_t kDaysCompared = 5;

/// An account's use of a thing, or several accounts' by one of a sample.
struct WeighedUse {
    UnixMs at_ms = 0;
    double weight = 0;
};

/// How much a thing is used at a moment: the weights of all uses until then, each of them halved
/// for every `half_life_ms` since. Forward decay (Cormode, Shkapenyuk, Srivastava, Xu, "Forward
/// Decay: A Practical Time Decay Model for Streaming Systems", ICDE 2009): relations between uses
/// never change, so nothing has to be computed again as time passes.
[[nodiscard]] double
decayed_sum(std::span<const WeighedUse> uses, UnixMs at_ms, double half_life_ms);

/// What one sees of a thing, and what the past lets expect to be seen.
struct Burst {
    double observed = 0;
    double expected = 0;

    /// By how many standard deviations more is observed than expected, if uses came by chance
    /// (Poisson: the variance is the expectation; one is added, which stands for what is not known
    /// of new things). Without a past this is the decayed number of accounts; what is used every
    /// day as much as today has 0. Never negative.
    [[nodiscard]] double score() const;
};

[[nodiscard]] Burst observe(std::span<const WeighedUse> uses, UnixMs now_ms, double half_life_ms);

/// log2(2^a + 2^b): sums of forward decay are kept as logarithms, because they outgrow any number.
[[nodiscard]] double log2_sum(double a, double b);

}  // namespace rookery::discover::trends
