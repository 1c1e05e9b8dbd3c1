#include "limits/fixed_window.h"

#include <gtest/gtest.h>

#include <string>

namespace rookery::limits {
namespace {

constexpr UnixMs kNow = 1'767'225'600'000;

TEST(FixedWindow, AllowsUpToTheLimitAndRefusesWhatIsAbove) {
    FixedWindow window({.requests_max = 3, .window_ms = 1000});
    for (std::uint32_t left : {2U, 1U, 0U}) {
        const Allowance allowance = window.take("bob", kNow);
        EXPECT_TRUE(allowance.allowed);
        EXPECT_EQ(allowance.remaining, left);
        EXPECT_EQ(allowance.limit, 3U);
    }
    EXPECT_FALSE(window.take("bob", kNow).allowed);
    EXPECT_EQ(window.take("bob", kNow).remaining, 0U);
}

TEST(FixedWindow, StartsAnewWithTheNextWindow) {
    FixedWindow window({.requests_max = 1, .window_ms = 1000});
    EXPECT_EQ(window.take("bob", kNow).resets_at_ms, kNow + 1000);
    EXPECT_FALSE(window.take("bob", kNow + 999).allowed);
    EXPECT_TRUE(window.take("bob", kNow + 1000).allowed);
}

TEST(FixedWindow, CountsEachKeyAlone) {
    FixedWindow window({.requests_max = 1, .window_ms = 1000});
    EXPECT_TRUE(window.take("bob", kNow).allowed);
    EXPECT_TRUE(window.take("alice", kNow).allowed);
    EXPECT_FALSE(window.take("bob", kNow).allowed);
}

TEST(FixedWindow, PeekingCountsNothing) {
    FixedWindow window({.requests_max = 2, .window_ms = 1000});
    EXPECT_EQ(window.peek("bob", kNow).remaining, 2U);
    static_cast<void>(window.take("bob", kNow));
    EXPECT_EQ(window.peek("bob", kNow).remaining, 1U);
    EXPECT_EQ(window.peek("bob", kNow).remaining, 1U);
}

TEST(FixedWindow, AFloodOfNewKeysDoesNotMakeItForgetABusyOne) {
    FixedWindow window({.requests_max = 5, .window_ms = 1'000'000, .keys_max = 128});
    for (int i = 0; i < 6; ++i) {
        static_cast<void>(window.take("busy", kNow));
    }
    for (int i = 0; i < 10'000; ++i) {
        static_cast<void>(window.take("key " + std::to_string(i), kNow));
    }
    EXPECT_FALSE(window.take("busy", kNow).allowed);
}

}  // namespace
}  // namespace rookery::limits
