#include "limits/shared/shared_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::limits {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr Nanos kDay = 86'400 * kSecond;

Rule rule(Algorithm algorithm, Quota quota) {
    return {.name = "sign-in", .algorithm = algorithm, .quota = quota, .reach = Reach::kShared};
}

std::string refusal(const Rule& rule) {
    const auto checked = check_shared(rule);
    return checked ? "" : checked.error().message;
}

TEST(SharedRule, TakesWhatServersUse) {
    for (const auto algorithm :
         {Algorithm::kTokenBucket,
          Algorithm::kLeakingMeter,
          Algorithm::kLeakingQueue,
          Algorithm::kGcra,
          Algorithm::kFixedWindow,
          Algorithm::kSlidingLog,
          Algorithm::kSlidingCounter,
          Algorithm::kSubwindowCounter}) {
        EXPECT_EQ(
            refusal(rule(algorithm, {.amount = 7'500, .period = 300 * kSecond, .burst = 50})), ""
        );
        EXPECT_EQ(refusal(rule(algorithm, {.amount = 997, .period = 30 * kDay, .burst = 997})), "");
    }
}

TEST(SharedRule, RefusesWhatTheStoreCannotCountExactly) {
    EXPECT_THAT(
        refusal(rule(Algorithm::kFixedWindow, {.amount = 1, .period = 1'500})),
        HasSubstr("rate limit sign-in: the period of a shared limit must be in whole microseconds")
    );
    EXPECT_THAT(
        refusal(rule(Algorithm::kFixedWindow, {.amount = std::uint64_t{1} << 53U})),
        HasSubstr("2^53")
    );
    EXPECT_THAT(
        refusal(rule(
            Algorithm::kTokenBucket, {.amount = 999'983, .period = 30 * kDay, .burst = 999'983}
        )),
        HasSubstr("gcd")
    );
    EXPECT_THAT(
        refusal(rule(Algorithm::kGcra, {.amount = 10, .period = 60 * kDay, .burst = 10})),
        HasSubstr("52 days")
    );
    EXPECT_THAT(
        refusal(rule(Algorithm::kSlidingLog, {.amount = (1U << 24U) + 1})), HasSubstr("2^24")
    );
    EXPECT_THAT(
        refusal(rule(Algorithm::kSlidingCounter, {.amount = std::uint64_t{1} << 32U})),
        HasSubstr("2^32")
    );
    EXPECT_THAT(
        refusal(rule(Algorithm::kSubwindowCounter, {.amount = 1, .period = 27'000})),
        HasSubstr("28 microseconds")
    );
    EXPECT_THAT(refusal(rule(Algorithm::kGcra, {.amount = 0})), HasSubstr("above 0"));
}

TEST(SharedRule, LeavesLocalRulesAlone) {
    Rule local = rule(Algorithm::kFixedWindow, {.amount = 1, .period = 1'500});
    local.reach = Reach::kLocal;
    EXPECT_EQ(refusal(local), "");
}

TEST(SharedRule, RefusesLeasesThatMakeNoSense) {
    Rule leased = rule(Algorithm::kTokenBucket, {.amount = 100, .burst = 20});
    leased.reach = Reach::kLeased;
    leased.lease = 20;
    EXPECT_EQ(refusal(leased), "");
    leased.lease = 21;
    EXPECT_THAT(refusal(leased), HasSubstr("1 to 20 units"));
    leased.lease = 0;
    EXPECT_THAT(refusal(leased), HasSubstr("1 to 20 units"));
    leased.lease = 5;
    leased.lease_for = 0;
    EXPECT_THAT(refusal(leased), HasSubstr("time of a lease"));
    leased.lease_for = kSecond;
    leased.algorithm = Algorithm::kLeakingQueue;
    EXPECT_THAT(refusal(leased), HasSubstr("leaking queue"));
}

TEST(StoreKeys, TellNothingOfWhomTheyCount) {
    const StoreKeys keys("rookery", "");
    const std::string key = keys.key(rule(Algorithm::kGcra, {}), "203.0.113.7");
    EXPECT_THAT(key, StartsWith("{rookery}:sign-in:"));
    EXPECT_THAT(key, Not(HasSubstr("203")));
    EXPECT_NE(key, StoreKeys("rookery", "secret").key(rule(Algorithm::kGcra, {}), "203.0.113.7"));
}

TEST(StoreKeys, DifferWithWhateverTheStateDependsOn) {
    const StoreKeys keys("rookery", "secret");
    const Rule base = rule(Algorithm::kGcra, {.amount = 2, .period = kSecond, .burst = 2});
    const std::string key = keys.key(base, "alice");
    EXPECT_EQ(key, keys.key(base, "alice"));
    EXPECT_NE(key, keys.key(base, "alicf"));
    Rule other = base;
    other.quota.amount = 3;
    EXPECT_NE(key, keys.key(other, "alice"));
    other = base;
    other.quota.period += 1'000;
    EXPECT_NE(key, keys.key(other, "alice"));
    other = base;
    other.algorithm = Algorithm::kTokenBucket;
    EXPECT_NE(key, keys.key(other, "alice"));
    other = base;
    // What does not matter to what was counted.
    other.lease = 5;
    other.quota.burst = 3;
    EXPECT_EQ(key, keys.key(other, "alice"));
    Rule window = rule(Algorithm::kSlidingLog, {.amount = 2, .period = kSecond});
    const std::string of_window = keys.key(window, "alice");
    window.quota.amount = 1;
    EXPECT_EQ(of_window, keys.key(window, "alice"));
}

TEST(StoreKeys, DoNotMeetWhereNameAndKeyTouch) {
    const StoreKeys keys("rookery", "");
    Rule a = rule(Algorithm::kGcra, {});
    Rule b = a;
    a.name = "post";
    b.name = "posta";
    const auto hash = [](std::string key) { return key.substr(key.rfind(':')); };
    EXPECT_NE(hash(keys.key(a, "alice")), hash(keys.key(b, "lice")));
}

}  // namespace
}  // namespace rookery::limits
