#include "feed/policies.h"

#include <gtest/gtest.h>

namespace rookery::feed {
namespace {

TEST(FollowerThreshold, PullsOnlyThePostsOfAccountsAboveIt) {
    const FollowerThreshold policy(100);
    EXPECT_TRUE(policy.should_push({.author_followers = 100}));
    EXPECT_FALSE(policy.should_push({.author_followers = 101}));
}

TEST(DemandPriced, PushesWhatIsReadMoreOftenThanWritten) {
    const DemandPriced policy(1, 1);
    EXPECT_TRUE(policy.should_push({.author_posts_per_hour = 0.1, .reader_opens_per_hour = 10}));
    EXPECT_FALSE(policy.should_push({.author_posts_per_hour = 10, .reader_opens_per_hour = 0.1}));
}

TEST(DemandPriced, DoesNotMoveAnEdgeForASmallChangeOfARate) {
    const DemandPriced policy(1, 1);
    for (const double rate : {4.1, 6.0, 9.0, 15.9}) {
        EXPECT_FALSE(policy.should_push({.author_posts_per_hour = rate, .reader_opens_per_hour = 5})
        );
    }
    EXPECT_TRUE(policy.should_push({.author_posts_per_hour = 3.9, .reader_opens_per_hour = 5}));
}

}  // namespace
}  // namespace rookery::feed
