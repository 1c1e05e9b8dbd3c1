// What nodes do when the store dies, hangs, forgets or cannot be reached, and when it comes back.

#include "kit/task_driver.h"
#include "kit/temporary_directory.h"
#include "limit_node.h"
#include "limit_store.h"
#include "limits/fixed_window.h"
#include "limits/limit_table.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <string>
#include <thread>

namespace rookery::limits {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::uint64_t kLimit = 100;
constexpr std::size_t kNodes = 4;
constexpr Nanos kMonth = 30 * 86'400 * kSecond;
constexpr seconds kPatience{60};

SharedStoreConfig config_of(std::string url, milliseconds ask_timeout = milliseconds(1'000)) {
    return {
        .url = std::move(url),
        .connect_timeout = milliseconds(2'000),
        .ask_timeout = ask_timeout,
        .backoff_first = milliseconds(20),
        .backoff_max = milliseconds(200),
    };
}

Rule rule_of(WhenLost when_lost, Reach reach = Reach::kShared) {
    return {
        .name = "rule",
        .algorithm = Algorithm::kSlidingLog,
        .quota = {.amount = kLimit, .period = kMonth},
        .reach = reach,
        .when_lost = when_lost,
        .lease = 8,
        .lease_for = 600 * kSecond,
    };
}

Decision take(LimitNode& node, const SharedAsk& ask, Nanos now = 0) {
    return kit::run(node.limits->take(std::span(&ask, 1), now)).front();
}

testing::AssertionResult comes_true(const std::function<bool()>& condition) {
    const auto deadline = steady_clock::now() + kPatience;
    while (!condition()) {
        if (steady_clock::now() > deadline) {
            return testing::AssertionFailure() << "not within a minute";
        }
        std::this_thread::sleep_for(milliseconds(2));
    }
    return testing::AssertionSuccess();
}

/// Clients that ask without a pause until they are stopped.
class Crowd {
public:
    Crowd(std::vector<std::unique_ptr<LimitNode>>& nodes, const Rule& rule, std::size_t clients)
        : ended_(static_cast<std::ptrdiff_t>(clients)) {
        for (std::size_t client = 0; client < clients; ++client) {
            LimitNode& node = *nodes[client % nodes.size()];
            node.spawn(client / nodes.size(), ask(node.limits.get(), &rule));
        }
    }
    ~Crowd() { stop(); }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    void stop() {
        if (!stopping_.exchange(true)) {
            ended_.wait();
        }
    }
    [[nodiscard]] std::uint64_t asked() const { return asked_.load(); }
    [[nodiscard]] std::uint64_t admitted() const { return admitted_.load(); }

private:
    Task<void> ask(StoreLimits* limits, const Rule* rule) {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
        while (!stopping_.load()) {
            const std::array<SharedAsk, 1> asks{{{.rule = rule, .key = "a", .fallback_key = {1}}}};
            const auto decisions = co_await limits->take(asks, 0);
            admitted_.fetch_add(decisions.front().allowed ? 1 : 0);
            asked_.fetch_add(1);
            timer.expires_after(milliseconds(1));
            co_await timer.async_wait(boost::asio::use_awaitable_t<Executor>{});
        }
        ended_.count_down();
    }

    std::latch ended_;
    std::atomic<bool> stopping_{false};
    std::atomic<std::uint64_t> asked_{0};
    std::atomic<std::uint64_t> admitted_{0};
};

std::vector<std::unique_ptr<LimitNode>> nodes_at(const std::string& url) {
    std::vector<std::unique_ptr<LimitNode>> nodes;
    for (std::size_t i = 0; i < kNodes; ++i) {
        // Only what is broken is to be lost, not what a busy machine takes its time for.
        nodes.push_back(std::make_unique<LimitNode>(config_of(url, milliseconds(20'000))));
    }
    return nodes;
}

bool all_up(const std::vector<std::unique_ptr<LimitNode>>& nodes) {
    return std::ranges::all_of(nodes, [](const auto& node) { return node->limits->is_up(); });
}

TEST(LostStore, IsDecidedByWhatEachRuleSays) {
    LimitStore store;
    LimitNode node(config_of(store.url()));
    const Rule allow = rule_of(WhenLost::kAllow);
    const Rule refuse = rule_of(WhenLost::kRefuse);
    const Rule local = rule_of(WhenLost::kLocal);
    LimitTable<FixedWindow> fallback(*FixedWindow::make({.amount = 5, .period = kSecond}), {});
    const SharedAsk local_ask{
        .rule = &local, .key = "a", .fallback = &fallback, .fallback_key = {1}
    };
    ASSERT_EQ(take(node, {.rule = &refuse, .key = "a"}).remaining, kLimit - 1);
    store.kill();
    ASSERT_TRUE(comes_true([&] { return !node.limits->is_up(); }));
    EXPECT_TRUE(take(node, {.rule = &allow, .key = "a"}).allowed);
    const Decision refused = take(node, {.rule = &refuse, .key = "a"});
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.retry_after, kSecond);
    for (int i = 0; i < 7; ++i) {
        EXPECT_EQ(take(node, local_ask).allowed, i < 5);
    }
    EXPECT_TRUE(take(node, local_ask, kSecond).allowed) << "by this process's clock";
    EXPECT_EQ(node.metric("rookery_limits_lost_store_decisions_total{rule_says=\"local\"}"), 8U);
    EXPECT_EQ(node.metric("rookery_limits_store_up"), 0U);
}

TEST(LostStore, ChargesItsFallbacksAllOrNone) {
    LimitNode node(config_of("unix:///nowhere"));
    Rule wide = rule_of(WhenLost::kLocal);
    Rule narrow = rule_of(WhenLost::kLocal);
    Rule closed = rule_of(WhenLost::kRefuse);
    wide.name = "wide";
    closed.name = "closed";
    LimitTable<FixedWindow> ten(*FixedWindow::make({.amount = 10, .period = kSecond}), {});
    LimitTable<FixedWindow> two(*FixedWindow::make({.amount = 2, .period = kSecond}), {});
    const std::array<SharedAsk, 2> asks{
        {{.rule = &wide, .key = "a", .fallback = &ten, .fallback_key = {1}},
         {.rule = &narrow, .key = "a", .fallback = &two, .fallback_key = {1}}}
    };
    for (int i = 0; i < 5; ++i) {
        const auto decisions = kit::run(node.limits->take(asks, 0));
        EXPECT_TRUE(decisions[0].allowed);
        EXPECT_EQ(decisions[1].allowed, i < 2);
    }
    EXPECT_EQ(ten.peek({1}, 0, 0).remaining, 8U);
    const std::array<SharedAsk, 2> with_closed{{asks[0], {.rule = &closed, .key = "a"}}};
    EXPECT_TRUE(kit::run(node.limits->take(with_closed, 0))[0].allowed);
    EXPECT_EQ(ten.peek({1}, 0, 0).remaining, 8U) << "what the closed rule refuses costs nothing";
}

TEST(LostStore, IsFoundAgainAndCountsAnewIfItKeptNothing) {
    LimitStore store;
    LimitNode node(config_of(store.url()));
    const Rule rule = rule_of(WhenLost::kRefuse);
    const SharedAsk ask{.rule = &rule, .key = "a"};
    EXPECT_EQ(take(node, ask).remaining, kLimit - 1);
    EXPECT_EQ(take(node, ask).remaining, kLimit - 2);
    store.kill();
    ASSERT_TRUE(comes_true([&] { return !node.limits->is_up(); }));
    store.start();
    ASSERT_TRUE(comes_true([&] { return node.limits->is_up(); }));
    EXPECT_EQ(take(node, ask).remaining, kLimit - 1);
}

TEST(LostStore, AdmitsNoMoreThanTheLimitInEachOfItsLives) {
    LimitStore store;
    const Rule rule = rule_of(WhenLost::kRefuse);
    auto nodes = nodes_at(store.url());
    Crowd crowd(nodes, rule, 200);
    ASSERT_TRUE(comes_true([&] { return crowd.asked() > 50; }));
    store.kill();
    const std::uint64_t asked = crowd.asked();
    ASSERT_TRUE(comes_true([&] { return crowd.asked() > asked + 1'000; })) << "nobody waits";
    EXPECT_LE(crowd.admitted(), kLimit);
    store.start();
    ASSERT_TRUE(comes_true([&] { return all_up(nodes); }));
    const std::uint64_t then = crowd.asked();
    ASSERT_TRUE(comes_true([&] { return crowd.asked() > then + 2'000; }));
    crowd.stop();
    EXPECT_LE(crowd.admitted(), 2 * kLimit);
    EXPECT_GE(crowd.admitted(), kLimit);
}

TEST(SlowStore, CountsAsLostUntilItAnswersAgain) {
    LimitStore store;
    LimitNode node(config_of(store.url()));
    const Rule rule = rule_of(WhenLost::kAllow);
    const SharedAsk ask{.rule = &rule, .key = "a"};
    EXPECT_EQ(take(node, ask).remaining, kLimit - 1);
    store.halt();
    const auto begin = steady_clock::now();
    EXPECT_TRUE(take(node, ask).allowed);
    EXPECT_LT(steady_clock::now() - begin, seconds(20)) << "waits for a second";
    EXPECT_EQ(node.metric("rookery_limits_store_timeouts_total"), 1U);
    ASSERT_TRUE(comes_true([&] { return !node.limits->is_up(); }));
    for (int i = 0; i < 100; ++i) {
        EXPECT_TRUE(take(node, ask).allowed);
    }
    EXPECT_EQ(node.metric("rookery_limits_store_timeouts_total"), 1U) << "nobody else waits";
    store.resume();
    ASSERT_TRUE(comes_true([&] { return node.limits->is_up(); }));
    const std::uint64_t remaining = take(node, ask).remaining;
    EXPECT_LE(remaining, kLimit - 2);
    EXPECT_GE(remaining, kLimit - 3) << "the request that was not answered may have been charged";
}

TEST(Partition, LeavesANodeWithItsLeaseAndNoMore) {
    LimitStore store;
    const kit::TemporaryDirectory directory;
    const std::string through = directory.path() / "s";
    SocketProxy proxy(through, store.socket());
    LimitNode cut_off(config_of("unix://" + through));
    LimitNode other(config_of(store.url()));
    const Rule rule = rule_of(WhenLost::kRefuse, Reach::kLeased);
    const SharedAsk ask{.rule = &rule, .key = "a", .fallback_key = {1}};
    std::uint64_t admitted = 0;
    while (cut_off.metric("rookery_limits_lease_units_total") < 2 * rule.lease) {
        admitted += take(cut_off, ask).allowed ? 1 : 0;
    }
    const std::uint64_t held = cut_off.metric("rookery_limits_lease_units_total") - admitted;
    ASSERT_GT(held, 0U);
    ASSERT_LE(held, rule.lease);
    proxy.set(SocketProxy::Mode::kSwallow);
    for (std::uint64_t i = 0; i < held; ++i) {
        EXPECT_TRUE(take(cut_off, ask).allowed);
        ++admitted;
    }
    for (int i = 0; i < 20; ++i) {
        EXPECT_FALSE(take(cut_off, ask).allowed);
    }
    for (std::uint64_t i = 0; i < 2 * kLimit; ++i) {
        admitted += take(other, ask).allowed ? 1 : 0;
    }
    EXPECT_LE(admitted, kLimit);
    EXPECT_GE(admitted, kLimit - rule.lease);
    proxy.set(SocketProxy::Mode::kRefuse);
    ASSERT_TRUE(comes_true([&] { return !cut_off.limits->is_up(); }));
    proxy.set(SocketProxy::Mode::kPass);
    ASSERT_TRUE(comes_true([&] { return cut_off.limits->is_up(); }));
    const SharedAsk fresh{.rule = &rule, .key = "b", .fallback_key = {2}};
    EXPECT_TRUE(take(cut_off, fresh).allowed);
}

TEST(Partition, EndsWithoutAHerd) {
    LimitStore store;
    const kit::TemporaryDirectory directory;
    const std::string through = directory.path() / "s";
    SocketProxy proxy(through, store.socket());
    const Rule rule = rule_of(WhenLost::kRefuse);
    auto nodes = nodes_at("unix://" + through);
    Crowd crowd(nodes, rule, 400);
    ASSERT_TRUE(comes_true([&] { return crowd.asked() > 1'000; }));
    EXPECT_EQ(proxy.connections(), kNodes);

    const auto begin = steady_clock::now();
    proxy.set(SocketProxy::Mode::kRefuse);
    std::this_thread::sleep_for(seconds(1));
    const auto lost = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
    const std::size_t attempts = proxy.connections() - kNodes;
    // After 10, 20, 40 and 80 ms at the earliest, and from then on every 100.
    EXPECT_LE(attempts, kNodes * (5 + static_cast<std::size_t>(lost.count()) / 100));
    EXPECT_GE(attempts, kNodes);

    const std::size_t before = proxy.connections();
    proxy.set(SocketProxy::Mode::kPass);
    ASSERT_TRUE(comes_true([&] { return all_up(nodes); }));
    const std::uint64_t asked = crowd.asked();
    ASSERT_TRUE(comes_true([&] { return crowd.asked() > asked + 2'000; }));
    // One a node; one more of each may have been refused while the way was opened.
    EXPECT_LE(proxy.connections() - before, 2 * kNodes);
    crowd.stop();
    EXPECT_LE(crowd.admitted(), kLimit);
}

}  // namespace
}  // namespace rookery::limits
