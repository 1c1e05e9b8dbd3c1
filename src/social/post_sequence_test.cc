#include "social/post_sequence.h"

#include "base/random.h"
#include "kit/manual_clock.h"
#include "kit/task_driver.h"

#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

namespace rookery::social {
namespace {

struct Fixture {
    kit::ManualClock clock;
    IdGenerator ids{clock, 1, 42};
    PostSequence sequence{ids};
};

TEST(PostSequence, BeginsAboveEverythingStored) {
    Fixture f;
    const std::uint64_t stored = f.ids.next();
    EXPECT_GT(f.sequence.horizon().value, stored);
    const PostId horizon = f.sequence.horizon();
    EXPECT_EQ(f.sequence.horizon(), horizon);
    EXPECT_GT(f.sequence.take().id(), horizon);
}

TEST(PostSequence, StaysBelowAnIdUnderWay) {
    Fixture f;
    auto first = f.sequence.take();
    const PostId before = f.sequence.horizon();
    EXPECT_LT(before, first.id());
    {
        const auto second = f.sequence.take();  // abandoned: its commit failed
    }
    EXPECT_EQ(f.sequence.horizon(), before);
    kit::run(first.settle());
    EXPECT_GT(f.sequence.horizon(), first.id());
}

Task<void> settle_and_note(PostSequence::Ticket ticket, std::vector<PostId>* order) {
    co_await ticket.settle();
    order->push_back(ticket.id());
}

TEST(PostSequence, AcknowledgesAPostOnlyWhenAllBelowItHaveEnded) {
    Fixture f;
    boost::asio::io_context context(1);
    std::vector<PostId> settled;
    std::optional first = f.sequence.take();
    auto second = f.sequence.take();
    const PostId second_id = second.id();
    boost::asio::co_spawn(
        context, settle_and_note(std::move(second), &settled), boost::asio::detached
    );
    context.poll();
    EXPECT_TRUE(settled.empty());
    first.reset();
    context.run();
    EXPECT_EQ(settled, std::vector{second_id});
}

// Random histories of taking and ending, in any order: the horizon never sinks, and never reaches
// an id that has not ended.
TEST(PostSequence, NeverExposesAHole) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Fixture f;
        Random random(seed);
        boost::asio::io_context context(1);
        std::vector<std::unique_ptr<PostSequence::Ticket>> under_way;
        std::vector<PostId> settled;
        std::size_t settling = 0;
        PostId last = f.sequence.horizon();
        for (int step = 0; step < 200; ++step) {
            const bool at_end = step >= 150;
            if (!at_end && random.chance(0.5)) {
                under_way.push_back(std::make_unique<PostSequence::Ticket>(f.sequence.take()));
            } else if (!under_way.empty()) {
                std::swap(under_way[random.below(under_way.size())], under_way.back());
                if (random.chance(0.7)) {
                    ++settling;
                    boost::asio::co_spawn(
                        context,
                        settle_and_note(std::move(*under_way.back()), &settled),
                        boost::asio::detached
                    );
                }
                under_way.pop_back();
            }
            f.clock.advance_ms(static_cast<std::int64_t>(random.below(2)));
            context.restart();
            context.poll();
            const PostId horizon = f.sequence.horizon();
            EXPECT_GE(horizon, last) << "seed " << seed;
            last = horizon;
            for (const auto& ticket : under_way) {
                EXPECT_LT(horizon, ticket->id()) << "seed " << seed;
            }
            for (const PostId id : settled) {
                EXPECT_LE(id, horizon) << "seed " << seed;
            }
        }
        while (!under_way.empty()) {
            under_way.pop_back();
        }
        context.restart();
        context.run();
        EXPECT_EQ(settled.size(), settling) << "seed " << seed;
        EXPECT_TRUE(std::ranges::is_sorted(settled)) << "seed " << seed;
    }
}

Task<void> take_and_settle(PostSequence* sequence, int rounds, std::atomic<bool>* in_order) {
    for (int i = 0; i < rounds; ++i) {
        auto ticket = sequence->take();
        if (sequence->horizon() >= ticket.id()) {
            *in_order = false;
        }
        const PostId id = ticket.id();
        co_await ticket.settle();
        if (sequence->horizon() < id) {
            *in_order = false;
        }
    }
}

TEST(PostSequence, HoldsItsPromiseAcrossThreads) {
    Fixture f;
    std::atomic<bool> in_order = true;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] { kit::run(take_and_settle(&f.sequence, 2000, &in_order)); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_TRUE(in_order);
}

}  // namespace
}  // namespace rookery::social
