#include "feed/drop_rate.h"

#include <gtest/gtest.h>

namespace rookery::feed {
namespace {

void note_many(DropRate& rate, std::size_t seen, std::size_t shown) {
    for (int i = 0; i < 1'000; ++i) {
        rate.note(seen, shown);
    }
}

TEST(DropRate, BeginsWithALittleMore) {
    EXPECT_EQ(DropRate().ids_for(20), 24U);
}

TEST(DropRate, LearnsThatNothingIsDropped) {
    DropRate rate;
    note_many(rate, 20, 20);
    EXPECT_EQ(rate.ids_for(20), 20U);
    EXPECT_EQ(rate.ids_for(1), 1U);
    EXPECT_EQ(rate.ids_for(0), 0U);
}

TEST(DropRate, LearnsHowMuchIsDropped) {
    DropRate rate;
    note_many(rate, 40, 20);
    EXPECT_NEAR(static_cast<double>(rate.ids_for(20)), 40, 1);
    note_many(rate, 20, 0);
    EXPECT_EQ(rate.ids_for(20), 80U) << "never without a bound";
    note_many(rate, 20, 20);
    EXPECT_EQ(rate.ids_for(20), 20U);
}

TEST(DropRate, LearnsNothingFromAnEmptyPage) {
    DropRate rate;
    note_many(rate, 0, 0);
    EXPECT_EQ(rate.ids_for(20), 24U);
}

}  // namespace
}  // namespace rookery::feed
