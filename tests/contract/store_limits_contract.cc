// Several nodes count together in a real store.

#include "kit/task_driver.h"
#include "limit_node.h"
#include "limit_store.h"
#include "limits/fixed_window.h"
#include "limits/limit_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <string>

namespace rookery::limits {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kLimit = 100;
constexpr std::size_t kNodes = 4;
constexpr Nanos kMonth = 30 * 86'400 * kSecond;

/// With patience enough that a slow machine is not a lost store.
SharedStoreConfig patient(std::string url) {
    return {
        .url = std::move(url),
        .connect_timeout = milliseconds(20'000),
        .ask_timeout = milliseconds(60'000),
        .waiting_max = 1'000'000,
    };
}

/// So slow that nothing is given back while a test runs.
Rule rule_of(Algorithm algorithm, Reach reach = Reach::kShared) {
    return {
        .name = "rule",
        .algorithm = algorithm,
        .quota = {.amount = kLimit, .period = kMonth, .burst = kLimit},
        .reach = reach,
        .when_lost = WhenLost::kRefuse,
        .lease = 10,
        .lease_for = 60 * kSecond,
    };
}

Task<void> ask_again_and_again(
    StoreLimits* limits,
    const Rule* rule,
    int times,
    std::atomic<std::uint64_t>* admitted,
    std::latch* ended
) {
    for (int i = 0; i < times; ++i) {
        const std::array<SharedAsk, 1> asks{{{.rule = rule, .key = "somebody", .fallback_key = {1}}}
        };
        const auto decisions = co_await limits->take(asks, 0);
        admitted->fetch_add(decisions.front().allowed ? 1 : 0);
    }
    ended->count_down();
}

/// What a thousand clients over four nodes are admitted, each asking `times`.
std::uint64_t admitted_by_all(const LimitStore& store, const Rule& rule, int times) {
    constexpr std::ptrdiff_t kClients = 1'000;
    std::vector<std::unique_ptr<LimitNode>> nodes;
    for (std::size_t i = 0; i < kNodes; ++i) {
        nodes.push_back(std::make_unique<LimitNode>(patient(store.url())));
    }
    std::atomic<std::uint64_t> admitted{0};
    std::latch ended(kClients);
    for (std::size_t client = 0; client < kClients; ++client) {
        LimitNode& node = *nodes[client % kNodes];
        node.spawn(
            client / kNodes, ask_again_and_again(node.limits.get(), &rule, times, &admitted, &ended)
        );
    }
    ended.wait();
    for (const auto& node : nodes) {
        EXPECT_EQ(node->metric("rookery_limits_store_timeouts_total"), 0U);
    }
    return admitted.load();
}

Decision take(StoreLimits& limits, const SharedAsk& ask, Nanos now = 0) {
    return kit::run(limits.take(std::span(&ask, 1), now)).front();
}

class Everyone : public testing::TestWithParam<Algorithm> {};

TEST_P(Everyone, IsAdmittedExactlyTheLimitByAStrictRule) {
    const LimitStore store;
    EXPECT_EQ(admitted_by_all(store, rule_of(GetParam()), 2), kLimit);
}

INSTANTIATE_TEST_SUITE_P(
    StoreLimits,
    Everyone,
    testing::ValuesIn(kAlgorithms),
    [](const auto& info) { return "Algorithm" + std::to_string(static_cast<int>(info.param)); }
);

TEST(StoreLimits, LeaseToThousandsNoMoreThanTheLimitAndLittleLess) {
    const LimitStore store;
    const Rule leased = rule_of(Algorithm::kSlidingLog, Reach::kLeased);
    const std::uint64_t admitted = admitted_by_all(store, leased, 20);
    EXPECT_LE(admitted, kLimit);
    EXPECT_GE(admitted, kLimit - kNodes * leased.lease) << "what lies unused at other nodes";
}

TEST(StoreLimits, AskTheStoreSeldomForALease) {
    const LimitStore store;
    LimitNode node(patient(store.url()));
    Rule leased = rule_of(Algorithm::kTokenBucket, Reach::kLeased);
    leased.quota.burst = 100'000;
    leased.lease = 1'000;
    const SharedAsk ask{.rule = &leased, .key = "somebody", .fallback_key = {1}};
    for (int i = 0; i < 20'000; ++i) {
        ASSERT_TRUE(take(*node.limits, ask).allowed);
    }
    EXPECT_LE(node.metric("rookery_limits_store_round_trips_total"), 60U);
    EXPECT_GE(node.metric("rookery_limits_leased_decisions_total"), 19'900U);
}

TEST(StoreLimits, ChargeAllRulesOrNone) {
    const LimitStore store;
    LimitNode node(patient(store.url()));
    Rule wide = rule_of(Algorithm::kSlidingLog);
    Rule narrow = rule_of(Algorithm::kFixedWindow);
    Rule leased = rule_of(Algorithm::kTokenBucket, Reach::kLeased);
    wide.name = "wide";
    narrow.name = "narrow";
    narrow.quota.amount = 2;
    leased.name = "leased";
    const std::array<SharedAsk, 3> asks{
        {{.rule = &wide, .key = "a", .fallback_key = {1}},
         {.rule = &narrow, .key = "b", .fallback_key = {2}},
         {.rule = &leased, .key = "c", .fallback_key = {3}}}
    };
    for (int i = 0; i < 10; ++i) {
        const auto decisions = kit::run(node.limits->take(asks, 0));
        EXPECT_TRUE(decisions[0].allowed);
        EXPECT_EQ(decisions[1].allowed, i < 2);
        EXPECT_TRUE(decisions[2].allowed);
        EXPECT_EQ(decisions[0].remaining, kLimit - std::min(i + 1, 3)) << "what it would be, alone";
    }
    EXPECT_EQ(take(*node.limits, asks[0]).remaining, kLimit - 3);
    // The first two units, and one that waits for the next request.
    EXPECT_EQ(take(*node.limits, asks[2]).remaining, kLimit - 3);
}

TEST(StoreLimits, LetAShadowRuleSpeakAndNotRefuse) {
    const LimitStore store;
    LimitNode node(patient(store.url()));
    Rule shadow = rule_of(Algorithm::kFixedWindow);
    Rule real = rule_of(Algorithm::kSlidingLog);
    shadow.name = "shadow";
    shadow.shadow = true;
    shadow.quota.amount = 1;
    const std::array<SharedAsk, 2> asks{
        {{.rule = &shadow, .key = "a", .fallback_key = {1}},
         {.rule = &real, .key = "a", .fallback_key = {1}}}
    };
    for (std::uint64_t i = 0; i < 3; ++i) {
        const auto decisions = kit::run(node.limits->take(asks, 0));
        EXPECT_EQ(decisions[0].allowed, i == 0);
        EXPECT_EQ(decisions[1].remaining, kLimit - i - 1);
    }
}

TEST(StoreLimits, TellTheStoreNothingOfWhomTheyCount) {
    const LimitStore store;
    LimitNode node(patient(store.url()));
    const Rule rule = rule_of(Algorithm::kFixedWindow);
    ASSERT_TRUE(take(*node.limits, {.rule = &rule, .key = "203.0.113.7"}).allowed);
    EXPECT_EQ(store.call({"DBSIZE"}), "2") << "the probe's, and one more";
    const std::string found =
        store.call({"EVAL", "return table.concat(redis.call('KEYS', '*'), ' ')", "0"});
    EXPECT_THAT(found, testing::HasSubstr("{rookery}:rule:"));
    EXPECT_THAT(found, testing::Not(testing::HasSubstr("203")));
}

TEST(StoreLimits, LoadTheScriptAgainIfTheStoreForgetsIt) {
    const LimitStore store;
    LimitNode node(patient(store.url()));
    const Rule rule = rule_of(Algorithm::kFixedWindow);
    const SharedAsk ask{.rule = &rule, .key = "a"};
    EXPECT_EQ(take(*node.limits, ask).remaining, kLimit - 1);
    ASSERT_EQ(store.call({"SCRIPT", "FLUSH"}), "OK");
    EXPECT_EQ(take(*node.limits, ask).remaining, kLimit - 2);
    EXPECT_EQ(node.metric("rookery_limits_store_connects_total"), 1U);
}

TEST(StoreLimits, LogInToAStoreThatAsksForIt) {
    const LimitStore store({"--requirepass", "open sesame"});
    const Rule rule = rule_of(Algorithm::kFixedWindow);
    const SharedAsk ask{.rule = &rule, .key = "a"};
    LimitNode right(patient("unix://:open%20sesame@" + store.socket() + "?db=3"));
    EXPECT_TRUE(take(*right.limits, ask).allowed);
    SharedStoreConfig config = patient(store.url());
    config.connect_timeout = milliseconds(50);
    LimitNode wrong(config);
    EXPECT_FALSE(wrong.limits->is_up());
    EXPECT_FALSE(take(*wrong.limits, ask).allowed);
}

TEST(StoreLimits, AreMadeOfARightConfigurationOnly) {
    metrics::Registry registry;
    const auto error = [&](const SharedStoreConfig& config) {
        const auto made = StoreLimits::make(config, registry);
        return made ? "" : made.error().message;
    };
    EXPECT_THAT(error({.url = "nowhere"}), testing::HasSubstr("address"));
    EXPECT_THAT(error({.url = "unix:///nowhere", .prefix = "a}b"}), testing::HasSubstr("prefix"));
    EXPECT_THAT(
        error({.url = "unix:///nowhere", .ask_timeout = milliseconds(0)}),
        testing::HasSubstr("times")
    );
}

}  // namespace
}  // namespace rookery::limits
