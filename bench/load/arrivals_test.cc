#include "load/arrivals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace rookery::load {

namespace {

TEST(Arrivals, AreTheSameForTheSameSeedAndOthersForAnother) {
    EXPECT_EQ(poisson_arrivals(1000, 2, 5), poisson_arrivals(1000, 2, 5));
    EXPECT_NE(poisson_arrivals(1000, 2, 5), poisson_arrivals(1000, 2, 6));
}

TEST(Arrivals, AreInOrderAndWithinTheTime) {
    const auto times = poisson_arrivals(5000, 3, 1);
    EXPECT_TRUE(std::ranges::is_sorted(times));
    EXPECT_GE(times.front(), 0);
    EXPECT_LT(times.back(), 3'000'000'000);
    EXPECT_TRUE(poisson_arrivals(0, 3, 1).empty());
    EXPECT_TRUE(poisson_arrivals(100, 0, 1).empty());
}

TEST(Arrivals, HaveThePoissonRateAndSpread) {
    const double rate = 20'000;
    const double seconds = 50;
    const auto times = poisson_arrivals(rate, seconds, 9);
    const double expected = rate * seconds;
    EXPECT_NEAR(static_cast<double>(times.size()), expected, 5 * std::sqrt(expected));

    // In a Poisson process the counts of equal windows have a variance equal to their mean, and
    // the gaps a standard deviation equal to theirs; a steady tick would have none.
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 1; i < times.size(); ++i) {
        const auto gap = static_cast<double>(times[i] - times[i - 1]);
        sum += gap;
        squares += gap * gap;
    }
    const auto gaps = static_cast<double>(times.size() - 1);
    const double mean = sum / gaps;
    const double deviation = std::sqrt((squares / gaps) - (mean * mean));
    EXPECT_NEAR(mean, 1e9 / rate, 0.01 * 1e9 / rate);
    EXPECT_NEAR(deviation / mean, 1, 0.02);
}

}  // namespace

}  // namespace rookery::load
