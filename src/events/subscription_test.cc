#include "events/subscription.h"

#include "events/checkpoint.h"
#include "events/consumers_for_test.h"
#include "events/dead_letters.h"
#include "events/tables.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>

namespace rookery::events {
namespace {

using ports::Batch;
using testing::ElementsAre;
using Progress = Subscription::Progress;

class Subscriptions : public testing::Test {
protected:
    void emit(const std::string& payload) {
        Batch batch;
        batch.emit({1, payload});
        ASSERT_TRUE(kit::run(store_.commit(std::move(batch))));
    }
    Subscription subscribe(Consumer& consumer, Durability durability = Durability::kDurable) {
        return Subscription(config_, {store_, clock_, registry_}, consumer, durability, 1);
    }
    /// Steps until nothing is left, letting the time pass that failures ask for.
    void run(Subscription& subscription) {
        for (int steps = 0; steps < 10'000; ++steps) {
            const Progress progress = kit::run(subscription.step());
            if (progress == Progress::kIdle) {
                return;
            }
            if (progress == Progress::kWaiting) {
                clock_.advance_ms(config_.backoff_max.count());
            }
        }
        FAIL() << "it never comes to an end";
    }
    /// How often an event took effect.
    std::int64_t tally(const std::string& payload) {
        const auto row = kit::run(store_.get({kTallies, payload, ""})).value();
        return row ? ports::decode_counters(*row).value()[0] : 0;
    }
    std::vector<DeadLetter> dead_letters() {
        return kit::run(DeadLetters(store_).list("tally", 0, 100)).value();
    }

    SubscriptionConfig config_;
    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    metrics::Registry registry_;
    TallyConsumer consumer_;
};

TEST_F(Subscriptions, HandOverAllEventsInOrderAndCommitTheCheckpointWithTheRows) {
    emit("a");
    emit("b");
    emit("c");
    Subscription subscription = subscribe(consumer_);
    const std::size_t commits = store_.commits();
    run(subscription);
    EXPECT_THAT(consumer_.delivered, ElementsAre("a", "b", "c"));
    EXPECT_EQ(store_.commits(), commits + 1);
    EXPECT_EQ(subscription.position(), store_.horizon());
    const auto row = kit::run(store_.get(checkpoint_key("tally"))).value();
    EXPECT_EQ(decode_checkpoint(row.value()).value(), store_.horizon());
}

TEST_F(Subscriptions, TellTheAgeOfTheOldestEventThatWaits) {
    const auto seconds = [this] {
        const std::string name = "rookery_events_lag_seconds{consumer=\"tally\"} ";
        const std::string text = registry_.expose();
        const std::size_t begin = text.find(name);
        return begin == std::string::npos ? -1.0 : std::stod(text.substr(begin + name.size()));
    };
    Subscription subscription = subscribe(consumer_);
    run(subscription);
    EXPECT_EQ(seconds(), 0);
    consumer_.failing["stuck"] = ErrorCode::kUnavailable;
    emit("stuck");
    clock_.advance_ms(4000);
    emit("after");
    EXPECT_EQ(kit::run(subscription.step()), Progress::kMoved) << "to one by one";
    EXPECT_EQ(kit::run(subscription.step()), Progress::kWaiting);
    clock_.advance_ms(2500);
    EXPECT_EQ(seconds(), 6.5);
    consumer_.failing.clear();
    while (subscription.position() < store_.horizon()) {
        std::ignore = kit::run(subscription.step());
        clock_.advance_ms(config_.backoff_max.count());
    }
    EXPECT_EQ(seconds(), 0) << "at once, not with the next step";
}

TEST_F(Subscriptions, GoOnAfterARestartWhereTheCheckpointIs) {
    emit("a");
    {
        Subscription before = subscribe(consumer_);
        run(before);
    }
    emit("b");
    Subscription after = subscribe(consumer_);
    run(after);
    EXPECT_THAT(consumer_.delivered, ElementsAre("a", "b"));
}

/// A commit that takes its event id first and becomes visible last is what many writers produce.
/// Returns how often the overtaken event took effect.
std::int64_t effect_of_an_overtaken_event(bool naive) {
    kit::ManualClock clock;
    kit::MemoryStore store(clock);
    metrics::Registry registry;
    TallyConsumer consumer;
    Subscription subscription({}, {store, clock, registry}, consumer, Durability::kDurable, 1);
    store.ignore_held_in_horizon(naive);

    boost::asio::io_context context(1);
    const auto commit = [&](const char* payload) {
        Batch batch;
        batch.emit({1, payload});
        boost::asio::co_spawn(context, store.commit(std::move(batch)), boost::asio::detached);
        context.restart();
        context.poll();
    };
    store.hold_commits(1);
    commit("slow");
    commit("fast");
    (void)kit::run(subscription.step());
    (void)kit::run(subscription.step());
    store.release();
    context.restart();
    context.poll();
    (void)kit::run(subscription.step());
    (void)kit::run(subscription.step());
    const auto row = kit::run(store.get({kTallies, "slow", ""})).value();
    return row ? ports::decode_counters(*row).value()[0] : 0;
}

TEST_F(Subscriptions, LoseNothingWhenCommitsOvertakeEachOther) {
    EXPECT_EQ(effect_of_an_overtaken_event(false), 1);
    EXPECT_EQ(effect_of_an_overtaken_event(true), 0) << "a naive watermark would lose it";
}

TEST_F(Subscriptions, GoPastIdsThatWereNeverUsed) {
    boost::asio::io_context context(1);
    store_.hold_commits(1);
    Batch batch;
    batch.emit({1, "abandoned"});
    boost::asio::co_spawn(context, store_.commit(std::move(batch)), boost::asio::detached);
    context.poll();
    Subscription subscription = subscribe(consumer_);
    run(subscription);
    EXPECT_EQ(subscription.position(), 0U);
    store_.abandon();
    context.poll();
    run(subscription);
    EXPECT_EQ(subscription.position(), store_.horizon());
    EXPECT_EQ(store_.horizon(), 1U);
}

TEST_F(Subscriptions, SkipNoRowsAndRepeatNoneWhenKilledAfterAnyStep) {
    config_.batch_events_max = 3;
    const int total = 10;
    for (int i = 0; i < total; ++i) {
        emit(std::to_string(i));
    }
    for (int killed_after = 0; killed_after < 6; ++killed_after) {
        TallyConsumer consumer("tally" + std::to_string(killed_after));
        {
            Subscription first = subscribe(consumer);
            for (int step = 0; step < killed_after; ++step) {
                (void)kit::run(first.step());
            }
        }
        Subscription second = subscribe(consumer);
        run(second);
    }
    for (int i = 0; i < total; ++i) {
        EXPECT_EQ(tally(std::to_string(i)), 6) << i;
    }
}

TEST_F(Subscriptions, TakeEffectOnceWhateverStoreCallFails) {
    config_.batch_events_max = 4;
    using Applied = kit::MemoryStore::Applied;
    for (int i = 0; i < 10; ++i) {
        emit(std::to_string(i));
    }
    int consumers = 0;
    for (const Applied applied : {Applied::kNo, Applied::kYes}) {
        for (std::size_t skip = 0; skip < 4; ++skip) {
            for (const ErrorCode code : {ErrorCode::kUnavailable, ErrorCode::kTimeout}) {
                TallyConsumer consumer("tally" + std::to_string(consumers++));
                Subscription subscription = subscribe(consumer);
                store_.fail_commits(2, code, applied, skip);
                run(subscription);
                store_.fail_commits(0);
                store_.fail_reads(3, code, skip);
                emit("after" + std::to_string(consumers));
                run(subscription);
                store_.fail_reads(0);
            }
        }
    }
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(tally(std::to_string(i)), consumers) << i;
    }
    EXPECT_TRUE(dead_letters().empty());
}

TEST_F(Subscriptions, OfOneConsumerInTwoProcessesTakeEffectOnce) {
    config_.batch_events_max = 2;
    Subscription first = subscribe(consumer_);
    TallyConsumer twin;
    Subscription second = subscribe(twin);
    for (int i = 0; i < 20; ++i) {
        emit(std::to_string(i));
        (void)kit::run((i % 3 == 0 ? first : second).step());
        clock_.advance_ms(config_.backoff_max.count());
    }
    run(first);
    run(second);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(tally(std::to_string(i)), 1) << i;
    }
}

TEST_F(Subscriptions, BuryAPoisonEventAndHandleAllOthers) {
    config_.tries_max = 3;
    emit("a");
    emit("poison");
    emit("b");
    consumer_.failing["poison"] = ErrorCode::kInternal;
    Subscription subscription = subscribe(consumer_);
    run(subscription);
    EXPECT_EQ(tally("a"), 1);
    EXPECT_EQ(tally("b"), 1);
    EXPECT_EQ(tally("poison"), 0);
    ASSERT_EQ(dead_letters().size(), 1U);
    EXPECT_EQ(dead_letters()[0].event.event.payload, "poison");
    EXPECT_EQ(dead_letters()[0].tries, 3U);
    EXPECT_THAT(dead_letters()[0].error, testing::HasSubstr("it is poison"));
    EXPECT_EQ(std::ranges::count(consumer_.delivered, "poison"), 1 + 3);
}

TEST_F(Subscriptions, BuryAtOnceWhatNoRepetitionCanHelp) {
    emit("poison");
    consumer_.failing["poison"] = ErrorCode::kCorrupt;
    Subscription subscription = subscribe(consumer_);
    EXPECT_EQ(kit::run(subscription.step()), Progress::kMoved);
    ASSERT_EQ(dead_letters().size(), 1U);
    EXPECT_EQ(dead_letters()[0].tries, 1U);
}

TEST_F(Subscriptions, SurviveWhatAConsumerThrows) {
    config_.tries_max = 2;
    emit("thrown");
    emit("b");
    consumer_.throwing.insert("thrown");
    Subscription subscription = subscribe(consumer_);
    run(subscription);
    EXPECT_EQ(tally("b"), 1);
    ASSERT_EQ(dead_letters().size(), 1U);
    EXPECT_THAT(dead_letters()[0].error, testing::HasSubstr("a bug"));
}

TEST_F(Subscriptions, BlameTheStoreAndNotTheEventWhenCommitsFail) {
    config_.tries_max = 2;
    emit("a");
    store_.fail_commits(20, ErrorCode::kUnavailable);
    Subscription subscription = subscribe(consumer_);
    run(subscription);
    EXPECT_EQ(tally("a"), 1);
    EXPECT_TRUE(dead_letters().empty());
}

TEST_F(Subscriptions, ReplayADeadLetterOnceTheConsumerIsRepaired) {
    emit("poison");
    consumer_.failing["poison"] = ErrorCode::kCorrupt;
    Subscription subscription = subscribe(consumer_);
    run(subscription);
    DeadLetters letters(store_);
    const ports::EventId id = dead_letters().at(0).event.id;

    EXPECT_EQ(kit::run(letters.replay(&consumer_, id)).error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(dead_letters().size(), 1U);
    consumer_.failing.clear();
    EXPECT_TRUE(kit::run(letters.replay(&consumer_, id)));
    EXPECT_EQ(tally("poison"), 1);
    EXPECT_TRUE(dead_letters().empty());
    EXPECT_EQ(kit::run(letters.replay(&consumer_, id)).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(kit::run(letters.discard("tally", id)).error().code, ErrorCode::kNotFound);
}

TEST_F(Subscriptions, DiscardADeadLetter) {
    emit("poison");
    consumer_.failing["poison"] = ErrorCode::kCorrupt;
    Subscription subscription = subscribe(consumer_);
    run(subscription);
    const ports::EventId id = dead_letters().at(0).event.id;
    EXPECT_TRUE(kit::run(DeadLetters(store_).discard("tally", id)));
    EXPECT_TRUE(dead_letters().empty());
    EXPECT_EQ(tally("poison"), 0);
}

TEST_F(Subscriptions, WaitLongerAfterEachFailure) {
    emit("poison");
    consumer_.failing["poison"] = ErrorCode::kInternal;
    Subscription subscription = subscribe(consumer_);
    std::chrono::nanoseconds last{0};
    for (int failure = 1; failure < 6; ++failure) {
        EXPECT_EQ(kit::run(subscription.step()), Progress::kWaiting);
        const std::chrono::nanoseconds wait = subscription.retry_at() - clock_.steady();
        EXPECT_GT(wait, last);
        last = wait / 2;
        EXPECT_EQ(consumer_.calls, failure);
        EXPECT_EQ(kit::run(subscription.step()), Progress::kWaiting);
        EXPECT_EQ(consumer_.calls, failure) << "it was tried before its time";
        clock_.advance_ms(std::chrono::ceil<std::chrono::milliseconds>(wait).count());
    }
    consumer_.failing.clear();
    EXPECT_EQ(kit::run(subscription.step()), Progress::kMoved);
    EXPECT_EQ(tally("poison"), 1);
}

TEST_F(Subscriptions, SaveCommitsWhereNoRowsFollow) {
    config_.checkpoint_events_max = 10;
    consumer_.silent = true;
    Subscription subscription = subscribe(consumer_);
    const auto own_commits = [&] { return store_.commits() - store_.horizon(); };
    for (int i = 0; i < 9; ++i) {
        emit("x");
        run(subscription);
    }
    EXPECT_EQ(own_commits(), 0U);
    EXPECT_EQ(subscription.position(), 9U);
    EXPECT_EQ(subscription.checkpoint(), 0U);
    emit("x");
    run(subscription);
    EXPECT_EQ(own_commits(), 1U);
    EXPECT_EQ(subscription.checkpoint(), 10U);
    emit("x");
    run(subscription);
    clock_.advance_ms(config_.checkpoint_interval.count());
    run(subscription);
    EXPECT_EQ(subscription.checkpoint(), 11U);
    emit("x");
    run(subscription);
    EXPECT_TRUE(kit::run(subscription.save()));
    EXPECT_EQ(subscription.checkpoint(), 12U);
}

TEST_F(Subscriptions, ThatAreEphemeralBeginNowAndKeepNoRows) {
    emit("before");
    consumer_.silent = true;
    Subscription subscription = subscribe(consumer_, Durability::kEphemeral);
    emit("poison");
    emit("after");
    consumer_.failing["poison"] = ErrorCode::kCorrupt;
    run(subscription);
    EXPECT_THAT(consumer_.delivered, testing::Not(testing::Contains("before")));
    EXPECT_EQ(consumer_.delivered.back(), "after");
    EXPECT_EQ(subscription.position(), store_.horizon());
    EXPECT_TRUE(store_.rows().empty());
}

}  // namespace
}  // namespace rookery::events
