#include "events/runner.h"

#include "events/commit_dispatcher.h"
#include "events/consumers_for_test.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace rookery::events {
namespace {

using ports::Batch;
using testing::ElementsAre;

class Runners : public testing::Test {
protected:
    Runners() {
        config_.subscription.backoff_first = std::chrono::milliseconds(1);
        config_.subscription.backoff_max = std::chrono::milliseconds(2);
        // So rarely that a test which passes owes it to the nudge.
        config_.sweep_interval = std::chrono::hours(1);
    }
    void emit(const std::string& payload) {
        Batch batch;
        batch.emit({1, payload});
        ASSERT_TRUE(kit::run(store_.commit(std::move(batch))));
    }
    std::int64_t tally(const std::string& payload) {
        const auto row = kit::run(store_.get({kTallies, payload, ""})).value();
        return row ? ports::decode_counters(*row).value()[0] : 0;
    }
    std::unique_ptr<Runner> make_runner() {
        return std::make_unique<Runner>(config_, store_, clock_, registry_, 1);
    }

    RunnerConfig config_;
    SystemClock clock_;
    kit::MemoryStore store_;
    metrics::Registry registry_;
    TallyConsumer one_{"one"};
    TallyConsumer two_{"two"};
};

TEST_F(Runners, DrainWaitsForAllConsumers) {
    auto runner = make_runner();
    runner->add(one_, Durability::kDurable);
    runner->add(two_, Durability::kDurable);
    CommitDispatcher dispatcher;
    dispatcher.add_nudge([&] { runner->nudge(); });
    dispatcher.install(store_);
    emit("before the start");
    runner->start();
    for (int i = 0; i < 200; ++i) {
        emit("x");
        if (i % 50 == 0) {
            ASSERT_TRUE(kit::run(runner->drain()));
            ASSERT_EQ(tally("x"), 2 * (i + 1));
        }
    }
    ASSERT_TRUE(kit::run(runner->drain()));
    EXPECT_EQ(tally("x"), 400);
    EXPECT_EQ(tally("before the start"), 2);
    for (const auto& state : runner->states()) {
        EXPECT_EQ(state.lag, 0U);
    }
    EXPECT_TRUE(runner->stop());
}

TEST_F(Runners, WakeUpWhenNudged) {
    auto runner = make_runner();
    runner->add(one_, Durability::kDurable);
    std::atomic<int> nudges{0};
    CommitDispatcher dispatcher;
    dispatcher.add_nudge([&] {
        ++nudges;
        runner->nudge();
    });
    dispatcher.install(store_);
    runner->start();
    emit("x");
    while (runner->states()[0].lag > 0) {
        std::this_thread::yield();  // nothing but the nudge can end this
    }
    EXPECT_EQ(nudges, 1);
}

TEST_F(Runners, FindEventsBySweepingWhenNoNudgeComes) {
    config_.sweep_interval = std::chrono::milliseconds(1);
    auto runner = make_runner();
    runner->add(one_, Durability::kDurable);
    runner->start();
    emit("x");
    while (runner->states()[0].lag > 0) {
        std::this_thread::yield();
    }
    runner->stop();
    EXPECT_EQ(tally("x"), 1);
}

TEST_F(Runners, DrainEvenWhenAnEventIsPoison) {
    auto runner = make_runner();
    one_.failing["poison"] = ErrorCode::kInternal;
    runner->add(one_, Durability::kDurable);
    runner->start();
    emit("poison");
    emit("x");
    ASSERT_TRUE(kit::run(runner->drain()));
    EXPECT_EQ(tally("x"), 1);
    const auto letters = kit::run(DeadLetters(store_).list("one", 0, 10)).value();
    ASSERT_EQ(letters.size(), 1U);

    EXPECT_FALSE(kit::run(runner->replay("one", letters[0].event.id)));
    EXPECT_EQ(
        kit::run(runner->replay("nobody", letters[0].event.id)).error().code, ErrorCode::kNotFound
    );
    EXPECT_EQ(
        kit::run(runner->replay("one", letters[0].event.id + 1)).error().code, ErrorCode::kNotFound
    );
}

TEST_F(Runners, WriteTheirCheckpointsWhenStopped) {
    one_.silent = true;
    {
        auto runner = make_runner();
        runner->add(one_, Durability::kDurable);
        runner->start();
        emit("x");
        ASSERT_TRUE(kit::run(runner->drain()));
        EXPECT_TRUE(runner->stop());
        EXPECT_FALSE(kit::run(runner->drain())) << "a stopped runner drains nothing";
    }
    auto again = make_runner();
    again->add(one_, Durability::kDurable);
    again->start();
    ASSERT_TRUE(kit::run(again->drain()));
    again->stop();
    EXPECT_THAT(one_.delivered, ElementsAre("x"));
}

/// Waits, in a way that can be cancelled, for longer than any test.
class StuckConsumer final : public Consumer {
public:
    [[nodiscard]] std::string_view name() const override { return "stuck"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent>) override {
        const Executor executor = co_await boost::asio::this_coro::executor;
        entered = true;
        boost::asio::steady_timer timer(executor, std::chrono::hours(1));
        co_await timer.async_wait(boost::asio::use_awaitable_t<Executor>{});
        co_return Batch{};
    }

    std::atomic<bool> entered{false};
};

TEST_F(Runners, StopWithinTheDeadlineWhenAConsumerIsStuck) {
    config_.stop_deadline = std::chrono::milliseconds(20);
    StuckConsumer stuck;
    auto runner = make_runner();
    runner->add(stuck, Durability::kDurable);
    emit("x");
    runner->start();
    while (!stuck.entered) {
        std::this_thread::yield();
    }
    EXPECT_FALSE(runner->stop());
}

TEST_F(Runners, RunOnAGivenExecutor) {
    boost::asio::io_context context(1);
    auto work = boost::asio::make_work_guard(context);
    std::thread thread([&] { context.run(); });
    auto runner = make_runner();
    runner->add(one_, Durability::kDurable);
    runner->start(context.get_executor());
    emit("x");
    ASSERT_TRUE(kit::run(runner->drain()));
    EXPECT_EQ(tally("x"), 1);
    EXPECT_TRUE(runner->stop());
    work.reset();
    thread.join();
}

TEST(CommitDispatcher, TellsEachListenerInOrderAndThenNudges) {
    kit::MemoryStore store;
    CommitDispatcher dispatcher;
    std::vector<std::string> heard;
    dispatcher.add_listener([&](const ports::StoredEvent& event) {
        heard.push_back("1" + event.event.payload);
    });
    dispatcher.add_listener([&](const ports::StoredEvent& event) {
        heard.push_back("2" + event.event.payload);
    });
    dispatcher.add_nudge([&] { heard.emplace_back("nudge"); });
    dispatcher.install(store);
    Batch batch;
    batch.emit({1, "a"});
    batch.emit({1, "b"});
    ASSERT_TRUE(kit::run(store.commit(std::move(batch))));
    EXPECT_THAT(heard, ElementsAre("1a", "2a", "1b", "2b", "nudge"));
}

}  // namespace
}  // namespace rookery::events
