#include "load/histogram.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace rookery::load {

namespace {

TEST(Histogram, IsExactBelowTwoThousandAndFortyEight) {
    Histogram histogram;
    for (int value = 1; value <= 1000; ++value) {
        histogram.record(value);
    }
    EXPECT_EQ(histogram.at(0.5), 500);
    EXPECT_EQ(histogram.at(0.9), 900);
    EXPECT_EQ(histogram.at(0.999), 999);
    EXPECT_EQ(histogram.at(1), 1000);
    EXPECT_DOUBLE_EQ(histogram.mean(), 500.5);
}

TEST(Histogram, IsWithinAThousandthOfTheSortedValues) {
    Random random(7);
    Histogram histogram;
    std::vector<std::int64_t> values;
    for (int i = 0; i < 200'000; ++i) {
        const double exponent = 2 + (random.unit() * 9);  // 100 ns to 100 s
        values.push_back(static_cast<std::int64_t>(std::pow(10, exponent)));
        histogram.record(values.back());
    }
    std::ranges::sort(values);
    for (const double quantile : {0.0, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0}) {
        const double rank = std::ceil(quantile * static_cast<double>(values.size()));
        const auto exact = values[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
        EXPECT_GE(histogram.at(quantile), exact) << quantile;
        EXPECT_LE(histogram.at(quantile), exact + (exact / 1000)) << quantile;
    }
    EXPECT_EQ(histogram.max(), values.back());
}

TEST(Histogram, NeverHidesARareLargeValue) {
    Histogram histogram;
    for (int i = 0; i < 999'999; ++i) {
        histogram.record(1000);
    }
    histogram.record(5'000'000'000);
    EXPECT_EQ(histogram.at(0.999999), 1000);
    EXPECT_EQ(histogram.at(1), 5'000'000'000);
    EXPECT_EQ(histogram.max(), 5'000'000'000);
}

TEST(Histogram, CountsWhatIsOutOfItsRange) {
    Histogram histogram;
    histogram.record(-5);
    histogram.record(Histogram::kLargest * 4);
    EXPECT_EQ(histogram.count(), 2U);
    EXPECT_EQ(histogram.at(0.5), 0);
    EXPECT_EQ(histogram.at(1), Histogram::kLargest);
    EXPECT_EQ(histogram.max(), Histogram::kLargest * 4);
}

TEST(Histogram, AddsUpAsIfRecordedInOne) {
    Random random(3);
    Histogram a;
    Histogram b;
    Histogram both;
    for (int i = 0; i < 10'000; ++i) {
        const auto value = static_cast<std::int64_t>(random.below(1'000'000'000));
        (i % 3 == 0 ? a : b).record(value);
        both.record(value);
    }
    a.add(b);
    EXPECT_EQ(a.count(), both.count());
    EXPECT_EQ(a.max(), both.max());
    for (int percent = 0; percent <= 100; ++percent) {
        EXPECT_EQ(a.at(percent / 100.0), both.at(percent / 100.0));
    }
}

TEST(Histogram, IsZeroWhenEmpty) {
    const Histogram histogram;
    EXPECT_EQ(histogram.at(0.99), 0);
    EXPECT_EQ(histogram.max(), 0);
    EXPECT_EQ(histogram.mean(), 0);
}

}  // namespace

}  // namespace rookery::load
