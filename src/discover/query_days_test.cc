#include "discover/query_days.h"

#include "base/ids.h"

#include <gtest/gtest.h>

#include <limits>

namespace rookery::discover {
namespace {

constexpr UnixMs kDayMs = 86'400'000;

TEST(IdsOfDay, AreThoseFromMidnightToMidnight) {
    const auto day = ids_of_day("2024-01-31");
    ASSERT_TRUE(day);
    EXPECT_EQ(id_time_ms(day->first), kIdEpochMs + 30 * kDayMs);
    EXPECT_EQ(id_time_ms(day->behind), kIdEpochMs + 31 * kDayMs);
    EXPECT_EQ(id_time_ms(day->behind - 1), kIdEpochMs + 31 * kDayMs - 1);
    EXPECT_EQ(ids_of_day("2024-02-29")->behind, ids_of_day("2024-03-01")->first);
}

TEST(IdsOfDay, AreNoneBeforeThereWerePostsAndAfterTheLastId) {
    EXPECT_EQ(ids_of_day("1999-12-31")->behind, 0U);
    EXPECT_EQ(ids_of_day("2023-12-31")->behind, 0U);
    constexpr auto kMax = std::numeric_limits<std::uint64_t>::max();
    EXPECT_LT(ids_of_day("2093-01-01")->behind, kMax);
    EXPECT_EQ(ids_of_day("2100-01-01")->first, kMax);
    EXPECT_EQ(ids_of_day("9999-12-31")->behind, kMax);
}

TEST(IdsOfDay, AreRefusedForWhatIsNoDay) {
    for (const char* text :
         {"",
          "2026",
          "2026-02-29",
          "2026-13-01",
          "2026-00-10",
          "2026-01-32",
          "2026-1-1",
          "26-01-01",
          "2026/01/01",
          "2026-01-0x",
          "-026-01-01",
          "2026--1-01",
          "2026-01-01Z",
          "yesterday",
          "٢٠٢٦-٠١-٠١"}) {
        EXPECT_FALSE(ids_of_day(text)) << text;
    }
}

}  // namespace
}  // namespace rookery::discover
