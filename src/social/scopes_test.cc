#include "social/sessions.h"

#include <gtest/gtest.h>

namespace rookery::social {
namespace {

TEST(Scopes, CoverTheirSubScopes) {
    EXPECT_TRUE(scope_covers("read", "read"));
    EXPECT_TRUE(scope_covers("read", "read:statuses"));
    EXPECT_TRUE(scope_covers("write read", "read:statuses"));
    EXPECT_TRUE(scope_covers("read:statuses", "read:statuses"));
    EXPECT_TRUE(scope_covers("admin:read", "admin:read:accounts"));
    EXPECT_FALSE(scope_covers("read:statuses", "read"));
    EXPECT_FALSE(scope_covers("read:statuses", "read:accounts"));
    EXPECT_FALSE(scope_covers("read", "readx"));
    EXPECT_FALSE(scope_covers("read", "write:statuses"));
    EXPECT_FALSE(scope_covers("read", "admin:read"));
    EXPECT_FALSE(scope_covers("", "read"));
    EXPECT_FALSE(scope_covers("read", "profile"));
}

TEST(Scopes, FollowCoversBlocksFollowsAndMutes) {
    for (const char* needed :
         {"read:blocks",
          "write:blocks",
          "read:follows",
          "write:follows",
          "read:mutes",
          "write:mutes"}) {
        EXPECT_TRUE(scope_covers("follow", needed)) << needed;
    }
    EXPECT_FALSE(scope_covers("follow", "read:statuses"));
    EXPECT_FALSE(scope_covers("follow", "read"));
}

TEST(Scopes, AreWithinWhatIsAllowedWordByWord) {
    EXPECT_TRUE(scopes_within("read write:statuses", "read write follow"));
    EXPECT_TRUE(scopes_within("", "read"));
    EXPECT_TRUE(scopes_within(" read  read ", "read"));
    EXPECT_FALSE(scopes_within("read push", "read write"));
    EXPECT_FALSE(scopes_within("read", "read:statuses"));
}

TEST(Scopes, AreKnownOnlyIfTheyExist) {
    EXPECT_TRUE(scopes_known("read write follow push profile"));
    EXPECT_TRUE(scopes_known("read:statuses admin:write:reports"));
    EXPECT_FALSE(scopes_known("read everything"));
    EXPECT_FALSE(scopes_known("read:nothing"));
    EXPECT_FALSE(scopes_known("read,write"));
}

}  // namespace
}  // namespace rookery::social
