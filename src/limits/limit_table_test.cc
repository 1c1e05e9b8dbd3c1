#include "limits/limit_table.h"

#include "limits/fixed_window.h"
#include "limits/sliding_log.h"
#include "limits/token_bucket.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace rookery::limits {
namespace {

constexpr Nanos kNow = 1'767'225'600 * kSecond;
const KeyHasher kHasher(KeyHasher::random_secret());
const LimitKey kBob = kHasher.key("bob");
const LimitKey kAlice = kHasher.key("alice");

template <class Algorithm>
Algorithm made(const Quota& quota) {
    auto algorithm = Algorithm::make(quota);
    EXPECT_TRUE(algorithm) << algorithm.error().message;
    return *algorithm;
}

LimitTable<FixedWindow> windows(std::uint64_t amount, LimitTableConfig config = {}) {
    return {made<FixedWindow>({.amount = amount, .period = kSecond}), config};
}

TEST(LimitTable, AllowsUpToTheLimitAndRefusesWhatIsAbove) {
    auto table = windows(3);
    for (const std::uint64_t left : {2U, 1U, 0U}) {
        const Decision decision = table.take(kBob, kNow, 1);
        EXPECT_TRUE(decision.allowed);
        EXPECT_EQ(decision.remaining, left);
    }
    const Decision refused = table.take(kBob, kNow + 1, 1);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.retry_after, kSecond - 1);
    EXPECT_TRUE(table.take(kBob, kNow + kSecond, 1).allowed);
}

TEST(LimitTable, CountsEachKeyAlone) {
    auto table = windows(1);
    EXPECT_TRUE(table.take(kBob, kNow, 1).allowed);
    EXPECT_TRUE(table.take(kAlice, kNow, 1).allowed);
    EXPECT_FALSE(table.take(kBob, kNow, 1).allowed);
}

TEST(LimitTable, PeekingChargesNothing) {
    auto table = windows(2);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(table.peek(kBob, kNow, 1).remaining, 1U);
    }
    EXPECT_TRUE(table.take(kBob, kNow, 2).allowed);
    EXPECT_FALSE(table.peek(kBob, kNow, 1).allowed);
}

TEST(LimitTable, AFloodOfNewKeysDoesNotMakeItForgetABusyOne) {
    auto table = windows(5, {.keys_max = 1'024});
    for (int i = 0; i < 4; ++i) {
        static_cast<void>(table.take(kBob, kNow, 1));
    }
    for (int i = 0; i < 100'000; ++i) {
        static_cast<void>(table.take(kHasher.key("key " + std::to_string(i)), kNow, 1));
    }
    EXPECT_EQ(table.peek(kBob, kNow, 0).remaining, 1U);
    EXPECT_GT(table.losses().forgotten, 90'000U);
}

TEST(LimitTable, NeverFreesAKeyThatIsStillLimited) {
    for (const bool allow : {true, false}) {
        auto table = windows(1, {.keys_max = 1'024, .allow_uncounted = allow});
        std::vector<LimitKey> limited;
        for (int i = 0; i < 20'000; ++i) {
            const LimitKey key = kHasher.key("key " + std::to_string(i));
            if (table.take(key, kNow, 1).allowed && !table.peek(key, kNow, 1).allowed) {
                limited.push_back(key);
            }
        }
        EXPECT_EQ(limited.size(), 1'024U) << "every place is taken, and none twice";
        for (const LimitKey& key : limited) {
            EXPECT_FALSE(table.take(key, kNow, 1).allowed);
        }
        EXPECT_EQ(table.losses().forgotten, 0U);
        const Decision newcomer = table.take(kHasher.key("newcomer"), kNow + 1, 1);
        EXPECT_EQ(newcomer.allowed, allow);
        if (!allow) {
            EXPECT_EQ(newcomer.retry_after, kSecond - 1);
        }
        EXPECT_TRUE(table.take(kHasher.key("newcomer"), kNow + kSecond, 1).allowed);
        EXPECT_FALSE(table.take(kHasher.key("newcomer"), kNow + kSecond, 1).allowed);
    }
}

TEST(LimitTable, KeepsStatesThatOwnMemory) {
    LimitTable<SlidingLog> table(made<SlidingLog>({.amount = 3, .period = kSecond}), {});
    EXPECT_TRUE(table.take(kBob, kNow, 2).allowed);
    EXPECT_FALSE(table.take(kBob, kNow + 1, 2).allowed);
    EXPECT_TRUE(table.take(kBob, kNow + kSecond, 2).allowed);
}

TEST(TakeAll, ChargesAllLimitsOrNone) {
    auto burst = windows(2);
    LimitTable<TokenBucket> sustained(
        made<TokenBucket>({.amount = 1, .period = 60 * kSecond, .burst = 3}), {}
    );
    const auto take = [&](Nanos now, std::uint64_t cost) {
        std::vector<Charge> charges{
            {&burst, kBob, cost}, {&sustained, kHasher.key("address"), cost}
        };
        return take_all(charges, now);
    };
    EXPECT_TRUE(take(kNow, 2));
    EXPECT_FALSE(take(kNow, 1)) << "the window is used up";
    EXPECT_EQ(sustained.peek(kHasher.key("address"), kNow, 0).remaining, 1U)
        << "and nothing charged";
    EXPECT_FALSE(take(kNow + kSecond, 2)) << "the bucket has one";
    EXPECT_EQ(burst.peek(kBob, kNow + kSecond, 0).remaining, 2U);
    EXPECT_TRUE(take(kNow + kSecond, 1));
}

TEST(TakeAll, AdmitsExactlyTheLimitWhoeverRaces) {
    auto one = windows(10'000);
    auto other = windows(20'000);
    std::atomic<int> allowed{0};
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 5'000; ++i) {
                // Named in both orders: whoever locks as named would wait for ever.
                std::vector<Charge> charges{{&one, kBob, 1}, {&other, kBob, 1}};
                if (thread % 2 == 0) {
                    std::swap(charges[0], charges[1]);
                }
                allowed += take_all(charges, kNow) ? 1 : 0;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(allowed, 10'000);
    EXPECT_EQ(other.peek(kBob, kNow, 0).remaining, 10'000U);
}

}  // namespace
}  // namespace rookery::limits
