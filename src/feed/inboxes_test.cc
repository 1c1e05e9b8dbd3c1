#include "feed/inboxes.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace rookery::feed {
namespace {

constexpr Inboxes::SteadyTime kNow{};
constexpr AccountId kReader{1};
constexpr AccountId kAuthor{2};

std::shared_ptr<const Inboxes::Authors> nobody() {
    return std::make_shared<const Inboxes::Authors>();
}

std::vector<std::uint64_t> ids_of(Inboxes& inboxes, AccountId reader) {
    const auto snapshot = inboxes.read(reader, Span{}, kNow);
    return snapshot ? snapshot->ids : std::vector<std::uint64_t>{};
}

TEST(Inboxes, DeliversToASubscribedReaderInIdOrderAndOnce) {
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 100});
    const auto build = inboxes.begin(kReader);
    ASSERT_TRUE(build);
    inboxes.subscribe(*build, kAuthor);
    inboxes.finish(*build, {5, 3}, 0, nobody(), kNow);
    EXPECT_EQ(inboxes.push(kAuthor, PostId(7)), 1U);
    EXPECT_EQ(inboxes.push(kAuthor, PostId(6)), 1U);
    EXPECT_EQ(inboxes.push(kAuthor, PostId(6)), 0U);
    EXPECT_EQ(ids_of(inboxes, kReader), (std::vector<std::uint64_t>{7, 6, 5, 3}));
}

TEST(Inboxes, KeepsWhatIsPushedWhileItIsBuilt) {
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 100});
    const auto build = inboxes.begin(kReader);
    inboxes.subscribe(*build, kAuthor);
    inboxes.push(kAuthor, PostId(9));
    inboxes.push(kAuthor, PostId(4));  // below what the merge reached: left to the store
    EXPECT_FALSE(inboxes.begin(kReader)) << "one builder at a time";
    EXPECT_FALSE(inboxes.read(kReader, Span{}, kNow)) << "not readable before it is whole";
    inboxes.finish(*build, {9, 8, 6}, 6, nobody(), kNow);
    EXPECT_EQ(ids_of(inboxes, kReader), (std::vector<std::uint64_t>{9, 8, 6}));
}

TEST(Inboxes, AnInboxDroppedWhileItIsBuiltIsNotUsed) {
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 100});
    const auto build = inboxes.begin(kReader);
    inboxes.subscribe(*build, kAuthor);
    inboxes.drop(kReader);
    inboxes.finish(*build, {1}, 0, nobody(), kNow);
    EXPECT_FALSE(inboxes.read(kReader, Span{}, kNow));
    EXPECT_EQ(inboxes.push(kAuthor, PostId(2)), 0U);
}

TEST(Inboxes, RaisesItsFloorWhenItOverflows) {
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 8});
    const auto build = inboxes.begin(kReader);
    inboxes.subscribe(*build, kAuthor);
    inboxes.finish(*build, {}, 0, nobody(), kNow);
    for (std::uint64_t id = 1; id <= 100; ++id) {
        inboxes.push(kAuthor, PostId(id));
    }
    const auto snapshot = inboxes.read(kReader, Span{}, kNow);
    ASSERT_TRUE(snapshot);
    EXPECT_LE(snapshot->ids.size(), 10U);
    EXPECT_GE(snapshot->ids.size(), 8U);
    EXPECT_EQ(snapshot->ids.back(), snapshot->floor);
    EXPECT_EQ(snapshot->ids.front(), 100U);
}

TEST(Inboxes, EvictsTheLongestUnreadOfManyReaders) {
    Inboxes inboxes({.inboxes_max = 4, .entries_max = 8});
    for (std::uint64_t reader = 1; reader <= 100; ++reader) {
        const auto build = inboxes.begin(AccountId(reader));
        ASSERT_TRUE(build);
        inboxes.finish(*build, {}, 0, nobody(), kNow);
        ASSERT_TRUE(inboxes.read(AccountId(reader), Span{}, kNow));
    }
    EXPECT_EQ(inboxes.size(), 4U);
    EXPECT_FALSE(inboxes.read(AccountId(1), Span{}, kNow));
}

TEST(Inboxes, ForgetsSubscriptionsOfInboxesThatWereBuiltAnew) {
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 8});
    for (int round = 0; round < 1000; ++round) {
        const auto build = inboxes.begin(kReader);
        inboxes.subscribe(*build, kAuthor);
        inboxes.finish(*build, {}, 0, nobody(), kNow);
    }
    EXPECT_LE(inboxes.subscribers(kAuthor), 40U);
    EXPECT_EQ(inboxes.push(kAuthor, PostId(1)), 1U);
}

TEST(Inboxes, ReadsASpanInBothDirections) {
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 100});
    const auto build = inboxes.begin(kReader);
    inboxes.finish(*build, {9, 7, 5, 3, 1}, 0, nobody(), kNow);
    EXPECT_EQ(
        inboxes.read(kReader, Span{.above = 3, .below = 9}, kNow)->ids,
        (std::vector<std::uint64_t>{7, 5})
    );
    EXPECT_EQ(
        inboxes.read(kReader, Span{.above = 1, .below = 9, .upwards = true}, kNow)->ids,
        (std::vector<std::uint64_t>{3, 5, 7})
    );
}

TEST(Inboxes, TellHowOftenTheirReaderOpensThem) {
    using std::chrono::hours;
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 100});
    const auto open = [&](Inboxes::SteadyTime now) { return inboxes.open(kReader, Span{}, now); };
    inboxes.fetch_ahead(kReader, FetchStep::kValue);
    EXPECT_FALSE(open(kNow).inbox);
    const auto build = inboxes.begin(kReader);
    inboxes.finish(*build, {5, 3}, 0, nobody(), kNow);
    auto now = kNow + hours(1);
    EXPECT_EQ(open(now).inbox->ids, (std::vector<std::uint64_t>{5, 3}));
    for (int i = 0; i < 10'000; ++i) {
        now += std::chrono::minutes(15);
        inboxes.fetch_ahead(kReader, FetchStep::kValue);
        ASSERT_TRUE(open(now).inbox);
    }
    EXPECT_NEAR(open(now).opens_per_hour, 4, 0.1);
    EXPECT_LT(open(now + hours(240)).opens_per_hour, 0.1);
    EXPECT_FALSE(inboxes.open(kReader, Span{}, now, kNow + hours(1)).inbox) << "built too long ago";
}

TEST(Inboxes, ReadsNothingOfAnEmptyOne) {
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 100});
    const auto build = inboxes.begin(kReader);
    inboxes.finish(*build, {}, 0, nobody(), kNow);
    EXPECT_TRUE(inboxes.open(kReader, Span{}, kNow).inbox->ids.empty());
    EXPECT_TRUE(ids_of(inboxes, kReader).empty());
}

TEST(Inboxes, ReadsALongInboxPartByPart) {
    Inboxes inboxes({.inboxes_max = 10, .entries_max = 100, .read_entries = 2});
    const auto build = inboxes.begin(kReader);
    inboxes.finish(*build, {9, 7, 5, 3, 2}, 2, nobody(), kNow);
    Span rest;
    std::vector<std::uint64_t> floors;
    std::vector<std::uint64_t> ids;
    for (std::uint64_t floor = 100; floor > 2; rest.below = floor) {
        const auto part = inboxes.read(kReader, rest);
        ASSERT_TRUE(part);
        ASSERT_LT(part->floor, floor) << "each part goes further down";
        floor = part->floor;
        floors.push_back(floor);
        ids.insert(ids.end(), part->ids.begin(), part->ids.end());
    }
    EXPECT_EQ(ids, (std::vector<std::uint64_t>{9, 7, 5, 3, 2}));
    EXPECT_EQ(floors, (std::vector<std::uint64_t>{7, 3, 2}));
}

/// Pushes race with building, dropping and reading; whatever a snapshot claims to hold is there.
TEST(Inboxes, LosesNothingAboveItsFloorUnderConcurrency) {
    constexpr std::uint64_t kPosts = 20'000;
    Inboxes inboxes({.inboxes_max = 2, .entries_max = 50});
    std::atomic<std::uint64_t> published{0};
    std::thread writer([&] {
        for (std::uint64_t id = 1; id <= kPosts; ++id) {
            published.store(id);  // the "ring": visible before the push
            inboxes.push(kAuthor, PostId(id));
        }
    });
    const auto reader = [&](AccountId who, std::uint64_t seed) {
        Random random(seed);
        while (published.load() < kPosts) {
            const std::uint64_t certain = published.load();
            auto snapshot = inboxes.read(who, Span{}, kNow);
            if (!snapshot) {
                const auto build = inboxes.begin(who);
                if (build) {
                    inboxes.subscribe(*build, kAuthor);
                    const std::uint64_t top = published.load();
                    std::vector<std::uint64_t> ids;
                    for (std::uint64_t id = top; id > 0 && ids.size() < 20; --id) {
                        ids.push_back(id);
                    }
                    inboxes.finish(*build, ids, ids.empty() ? 0 : ids.back(), nobody(), kNow);
                }
                continue;
            }
            for (std::size_t i = 1; i < snapshot->ids.size(); ++i) {
                ASSERT_EQ(snapshot->ids[i], snapshot->ids[i - 1] - 1) << "a hole or a repeat";
            }
            // The last one published may still be on its way.
            ASSERT_GE(
                snapshot->ids.empty() ? 0 : snapshot->ids.front(), certain > 0 ? certain - 1 : 0
            );
            if (random.chance(0.01)) {
                inboxes.drop(who);
            }
        }
    };
    std::thread a(reader, AccountId(10), 1);
    std::thread b(reader, AccountId(11), 2);
    std::thread c(reader, AccountId(12), 3);
    writer.join();
    a.join();
    b.join();
    c.join();
}

}  // namespace
}  // namespace rookery::feed
