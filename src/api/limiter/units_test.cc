#include "api/limiter/units.h"

#include <gtest/gtest.h>

namespace rookery::api::limiter {
namespace {

TEST(Units, HaveNamesInAnyCase) {
    EXPECT_EQ(unit_of("Minute"), Unit::kMinute);
    EXPECT_EQ(unit_of("WEEK"), Unit::kWeek);
    EXPECT_EQ(unit_of("unknown"), std::nullopt);
    EXPECT_EQ(name_of(Unit::kMonth), "MONTH");
    EXPECT_EQ(length_of(Unit::kMonth), 30 * 86'400 * limits::kSecond);
    EXPECT_EQ(unit_of_length(3600 * limits::kSecond), Unit::kHour);
    EXPECT_EQ(unit_of_length(7), Unit::kUnknown);
}

TEST(Units, DurationsAreANumberAndAUnit) {
    EXPECT_EQ(parse_duration("1500ms"), 1'500'000'000);
    EXPECT_EQ(parse_duration("10s"), 10 * limits::kSecond);
    EXPECT_EQ(parse_duration("5m"), 300 * limits::kSecond);
    EXPECT_EQ(parse_duration("2h"), 7200 * limits::kSecond);
    EXPECT_EQ(parse_duration("7d"), 7 * 86'400 * limits::kSecond);
    for (const std::string_view wrong :
         {"",
          "s",
          "10",
          "0s",
          "-1s",
          "1.5s",
          "10 s",
          "10s ",
          "10y",
          "9223372036854775807d",
          "99999999999999999999s",
          "400000d"}) {
        EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace rookery::api::limiter
