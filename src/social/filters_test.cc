#include "social/filters.h"

#include "base/encoding.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"

#include <gtest/gtest.h>

namespace rookery::social {
namespace {

Filter example() {
    Filter filter;
    filter.id = RelationId(7);
    filter.title = "x";
    filter.contexts = 5;
    filter.action = FilterAction::kHide;
    filter.keywords.push_back({RelationId(8), "ab", true});
    return filter;
}

TEST(Filter, IsStoredAsDocumented) {
    const std::string bytes = encode(example());
    EXPECT_EQ(
        hex_encode(bytes),
        "010000000000000007017805010001000000000000000802616201"
        "00"
    );
    EXPECT_EQ(*decode_filter(bytes), example());
}

TEST(Filter, DamagedBytesAreRefused) {
    const std::string bytes = encode(example());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_filter(bytes.substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_filter(bytes + "x"));
}

class FiltersOfPeople : public testing::Test {
protected:
    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator ids_{clock_, 1, 7};
    BlockingPool pool_{1};
    Filters filters_{{store_, clock_, ids_, pool_}, {.filters_max = 2, .keywords_max = 2}};
    AccountId alice_{1};
};

TEST_F(FiltersOfPeople, AreLimitedInNumber) {
    Filter filter = example();
    ASSERT_TRUE(kit::run(filters_.create(alice_, filter)));
    ASSERT_TRUE(kit::run(filters_.create(alice_, filter)));
    EXPECT_EQ(kit::run(filters_.create(alice_, filter)).error().code, ErrorCode::kInvalid);
    EXPECT_TRUE(kit::run(filters_.create(AccountId(2), filter)));
    EXPECT_EQ(kit::run(filters_.all(alice_))->size(), 2U);
}

TEST_F(FiltersOfPeople, AWrongChangeChangesNothing) {
    const Filter made = *kit::run(filters_.create(alice_, example()));
    const auto refused =
        kit::run(filters_.change(alice_, made.id, [](Filter& filter) -> Result<void> {
            filter.title.clear();
            return {};
        }));
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
    EXPECT_EQ(*kit::run(filters_.find(alice_, made.id)), made);
    EXPECT_EQ(kit::run(filters_.remove(AccountId(2), made.id)).error().code, ErrorCode::kNotFound);
}

TEST_F(FiltersOfPeople, AreFoundByTheirKeywords) {
    const Filter made = *kit::run(filters_.create(alice_, example()));
    const RelationId keyword = made.keywords.front().id;
    EXPECT_EQ(kit::run(filters_.with_keyword(alice_, keyword))->id, made.id);
    EXPECT_FALSE(kit::run(filters_.with_keyword(AccountId(2), keyword)));
}

}  // namespace
}  // namespace rookery::social
