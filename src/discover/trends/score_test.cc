#include "discover/trends/score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace rookery::discover::trends {
namespace {

constexpr UnixMs kHour = 3'600'000;
constexpr double kHalfLife = 4.0 * kHour;
constexpr UnixMs kNow = 20'000 * kDayMs + 18 * kHour;

using Uses = std::vector<WeighedUse>;

/// `count` uses, one every `step_ms`, the last at `until_ms`.
Uses steadily(UnixMs until_ms, UnixMs step_ms, int count) {
    Uses uses;
    for (int i = 0; i < count; ++i) {
        uses.push_back({until_ms - i * step_ms, 1});
    }
    return uses;
}

double score(const Uses& uses, UnixMs now_ms) {
    return observe(uses, now_ms, kHalfLife).score();
}

TEST(Score, HalvesAUseWithEveryHalfLife) {
    const Uses uses{{kNow, 3}};
    EXPECT_DOUBLE_EQ(decayed_sum(uses, kNow, kHalfLife), 3);
    EXPECT_DOUBLE_EQ(decayed_sum(uses, kNow + 4 * kHour, kHalfLife), 1.5);
    EXPECT_DOUBLE_EQ(decayed_sum(uses, kNow + 12 * kHour, kHalfLife), 0.375);
    EXPECT_EQ(decayed_sum(uses, kNow - 1, kHalfLife), 0) << "what is yet to come does not count";
}

TEST(Score, LeavesTheOrderOfThingsThatAreNotUsedAsItWas) {
    const Uses older = steadily(kNow - 5 * kHour, kHour / 4, 20);
    const Uses newer = steadily(kNow, kHour, 5);
    for (int hours = 0; hours < 30; ++hours) {
        const UnixMs at = kNow + hours * kHour;
        EXPECT_GT(decayed_sum(older, at, kHalfLife), decayed_sum(newer, at, kHalfLife));
    }
}

TEST(Score, OfANewThingIsItsDecayedNumberOfAccounts) {
    const Uses uses = steadily(kNow, kHour / 10, 12);
    EXPECT_DOUBLE_EQ(score(uses, kNow), decayed_sum(uses, kNow, kHalfLife));
}

TEST(Score, IsNothingForWhatIsUsedEveryDayAsMuch) {
    const Uses always = steadily(kNow, kHour / 2, 48 * 7);
    const Burst burst = observe(always, kNow, kHalfLife);
    EXPECT_GT(burst.observed, 10);
    EXPECT_NEAR(burst.expected, burst.observed, 0.02 * burst.observed);
    EXPECT_LT(burst.score(), 0.1);
}

TEST(Score, ExpectsTheEveningToBeAsOtherEvenings) {
    Uses evenings;
    for (int day = 0; day < 7; ++day) {
        const Uses evening = steadily(kNow - day * kDayMs, kHour / 20, 40);
        evenings.insert(evenings.end(), evening.begin(), evening.end());
    }
    EXPECT_LT(score(evenings, kNow), 0.2);
    // The same people at another hour are news.
    const Uses morning = steadily(kNow - 9 * kHour, kHour / 20, 40);
    Uses unusual(evenings.begin() + 40, evenings.end());
    unusual.insert(unusual.end(), morning.begin(), morning.end());
    EXPECT_GT(score(unusual, kNow - 9 * kHour), 15);
}

TEST(Score, OfABurstIsHigherWhereLessWasExpected) {
    const Uses burst = steadily(kNow, kHour / 30, 60);
    Uses with_past = burst;
    for (int day = 1; day < 7; ++day) {
        const Uses past = steadily(kNow - day * kDayMs, kHour / 10, 20);
        with_past.insert(with_past.end(), past.begin(), past.end());
    }
    EXPECT_GT(score(burst, kNow), 2 * score(with_past, kNow));
    EXPECT_GT(score(with_past, kNow), 5);
}

TEST(Score, IsNeverNegative) {
    EXPECT_EQ(score(steadily(kNow - 2 * kDayMs, kHour, 30), kNow), 0);
    EXPECT_EQ(score({}, kNow), 0);
}

TEST(Score, AddsLogarithmsOfSumsThatNoNumberHolds) {
    constexpr double kNone = -std::numeric_limits<double>::infinity();
    EXPECT_DOUBLE_EQ(log2_sum(3, 3), 4);
    EXPECT_DOUBLE_EQ(log2_sum(100'000, kNone), 100'000);
    EXPECT_DOUBLE_EQ(log2_sum(100'000, 100'000), 100'001);
    EXPECT_EQ(log2_sum(kNone, kNone), kNone);
    EXPECT_DOUBLE_EQ(log2_sum(1, 3), std::log2(10));
}

}  // namespace
}  // namespace rookery::discover::trends
