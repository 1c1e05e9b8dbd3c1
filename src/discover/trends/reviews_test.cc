#include "discover/trends/reviews.h"

#include "base/encoding.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::discover::trends {
namespace {

const ReviewRow kRejected{Review::kRejected, AccountId(300), 64, "birds"};

TEST(Reviews, AreStoredAsDocumented) {
    // docs/formats/tables.md
    EXPECT_EQ(
        hex_encode(encode(kRejected)),
        "0102ac0280010562697264"
        "73"
    );
    EXPECT_EQ(*decode_review(encode(kRejected)), kRejected);
}

TEST(Reviews, RefuseDamagedRows) {
    const std::string bytes = encode(kRejected);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_EQ(decode_review(bytes.substr(0, size)).error().code, ErrorCode::kCorrupt) << size;
    }
    EXPECT_FALSE(decode_review(bytes + "x"));
    std::string unknown = bytes;
    unknown[1] = 3;
    EXPECT_FALSE(decode_review(unknown));
}

TEST(Reviews, AreKeptByKindAndId) {
    kit::MemoryStore store;
    Reviews reviews(store);
    ASSERT_TRUE(kit::run(reviews.set(Kind::kTag, 7, kRejected)));
    ASSERT_TRUE(kit::run(reviews.set(Kind::kLink, 8, {Review::kApproved, AccountId(1), 1, "l"})));
    EXPECT_THAT(
        *kit::run(reviews.find_many(Kind::kTag, {8, 7})),
        testing::ElementsAre(Review::kNone, Review::kRejected)
    );
    EXPECT_THAT(
        *kit::run(reviews.find_many(Kind::kLink, {8, 7})),
        testing::ElementsAre(Review::kApproved, Review::kNone)
    );
    EXPECT_EQ(**kit::run(reviews.find(Kind::kTag, 7)), kRejected);
    EXPECT_FALSE(*kit::run(reviews.find(Kind::kPost, 7)));
}

}  // namespace
}  // namespace rookery::discover::trends
