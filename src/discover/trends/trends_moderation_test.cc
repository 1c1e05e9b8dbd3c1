#include "discover/trends/trends_fixture_for_test.h"
#include "kit/run_together.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

namespace rookery::discover::trends {
namespace {

using social::PostPtr;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using TrendsModeration = TrendsTest;

TEST_F(TrendsModeration, ObeyModeratorsAtOnceAndForGood) {
    everybody_says("#bad https://example.org/bad");
    everybody_says("#good", 8);
    const PostPtr post = liked_post(0, "bad");
    judge();
    EXPECT_THAT(tags(), ElementsAre("bad", "good"));
    const AccountId moderator = people_[13];
    const auto reject = [&](Kind kind, std::uint64_t id) {
        return kit::run(trends_->decide(kind, id, Review::kRejected, moderator));
    };
    EXPECT_EQ(must(reject(Kind::kTag, social::tag_id("bad"))).name, "bad");
    must(reject(Kind::kLink, link_id("https://example.org/bad")));
    must(reject(Kind::kPost, post->id.value));
    const auto expect_rejected = [&] {
        EXPECT_THAT(tags(), ElementsAre("good"));
        EXPECT_THAT(links(), IsEmpty());
        EXPECT_THAT(posts(), IsEmpty());
        EXPECT_THAT(trends_->list(Kind::kTag, Audience::kModerators, {}), SizeIs(2));
        EXPECT_THAT(must(kit::run(trends_->posts(nullptr, Audience::kModerators, {}))), SizeIs(1));
    };
    expect_rejected();
    judge();
    expect_rejected();
    restart();
    expect_rejected();
    EXPECT_EQ(reject(Kind::kTag, 12'345).error().code, ErrorCode::kNotFound);
    must(kit::run(trends_->decide(Kind::kTag, social::tag_id("bad"), Review::kApproved, moderator))
    );
    EXPECT_THAT(tags(), ElementsAre("bad", "good"));
    // Also when nobody speaks of it any more.
    clock_.advance_ms(9 * kDayMs);
    judge();
    EXPECT_EQ(must(reject(Kind::kTag, social::tag_id("bad"))).name, "bad");
}

TEST_F(TrendsModeration, WaitForApprovalWhereTheHouseWantsIt) {
    limits_.review = true;
    restart();
    everybody_says("#birds");
    judge();
    EXPECT_THAT(tags(), IsEmpty());
    EXPECT_THAT(trends_->list(Kind::kTag, Audience::kModerators, {}), SizeIs(1));
    must(kit::run(
        trends_->decide(Kind::kTag, social::tag_id("birds"), Review::kApproved, people_[0])
    ));
    EXPECT_THAT(tags(), ElementsAre("birds"));
    restart();
    EXPECT_THAT(tags(), ElementsAre("birds"));
}

Task<Result<void>> work_on(Trends* trends) {
    for (;;) {
        CO_TRY(const bool more, co_await trends->work());
        if (!more) {
            co_return Result<void>();
        }
    }
}

Task<Result<Trend>> reject_after(Trends* trends, ports::Store* store, int steps, std::uint64_t id) {
    for (; steps > 0; --steps) {
        static_cast<void>(co_await store->get({ports::Table{1}, "", ""}));
    }
    co_return co_await trends->decide(Kind::kTag, id, Review::kRejected, AccountId(1));
}

Task<Result<void>> reject(Trends* trends, ports::Store* store, int steps, std::uint64_t id) {
    const auto trend = co_await reject_after(trends, store, steps, id);
    co_return trend ? Result<void>() : Result<void>(trend.error());
}

TEST_F(TrendsModeration, HoldWhenListsAreMadeAtThatMoment) {
    everybody_says("#bad");
    drain();
    const std::uint64_t id = social::tag_id("bad");
    store_.yield_on_calls(true);
    for (int steps = 0; steps < 40; ++steps) {
        must(kit::run(trends_->decide(Kind::kTag, id, Review::kApproved, people_[0])));
        clock_.advance_ms(limits_.refresh_interval.count());
        std::vector<Task<Result<void>>> tasks;
        tasks.push_back(work_on(trends_.get()));
        tasks.push_back(reject(trends_.get(), &store_, steps, id));
        for (auto& ended : kit::run_together(std::move(tasks))) {
            must(std::move(ended));
        }
        ASSERT_THAT(tags(), IsEmpty()) << "rejected after " << steps;
        ASSERT_THAT(trends_->list(Kind::kTag, Audience::kModerators, {}), SizeIs(1));
    }
}

TEST_F(TrendsModeration, AreReadJudgedFedAndModeratedAtTheSameTime) {
    everybody_says("#birds https://example.org");
    const PostPtr liked = liked_post(0, "hello");
    judge();
    const auto events = must(kit::run(store_.read_events(0, 10'000)));
    std::atomic<bool> done{false};
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i) {
            static_cast<void>(must(kit::run(trends_->consumer().handle(events))));
        }
        done = true;
    });
    threads.emplace_back([&] {
        while (!done) {
            clock_.advance_ms(limits_.refresh_interval.count());
            settle();
        }
    });
    threads.emplace_back([&] {
        while (!done) {
            const Review review = clock_.now_ms() % 2 == 0 ? Review::kApproved : Review::kRejected;
            static_cast<void>(
                kit::run(trends_->decide(Kind::kPost, liked->id.value, review, people_[0]))
            );
        }
    });
    for (int reader = 0; reader < 2; ++reader) {
        threads.emplace_back([&] {
            while (!done) {
                EXPECT_LE(tags().size(), 1U);
                EXPECT_LE(posts(people_[1]).size(), 1U);
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    must(kit::run(trends_->decide(Kind::kPost, liked->id.value, Review::kRejected, people_[0])));
    EXPECT_THAT(posts(), IsEmpty());
}

}  // namespace
}  // namespace rookery::discover::trends
