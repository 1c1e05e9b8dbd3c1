#include "base/encoding.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace rookery {
namespace {

TEST(Iso8601, WritesEveryDigit) {
    EXPECT_EQ(iso8601_ms(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(iso8601_ms(1'767'225'599'999), "2025-12-31T23:59:59.999Z");
    EXPECT_EQ(iso8601_ms(951'782'400'007), "2000-02-29T00:00:00.007Z");
    EXPECT_EQ(iso8601_ms(-1), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(iso8601_date(951'782'400'007), "2000-02-29");
}

TEST(Iso8601, SaysWhatTheLibraryOfTimeSays) {
    std::mt19937_64 random(3);
    for (int i = 0; i < 20'000; ++i) {
        const auto ms = static_cast<std::int64_t>(random() % 253'402'300'799'999);
        const std::time_t seconds = ms / 1'000;
        EXPECT_EQ(
            iso8601_ms(ms),
            fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds), ms % 1'000)
        );
    }
}

}  // namespace
}  // namespace rookery
