#include "discover/trends/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace rookery::discover::trends {
namespace {

constexpr UnixMs kHour = 3'600'000;
constexpr UnixMs kNow = 20'000 * kDayMs + 18 * kHour;
constexpr double kHalfLife = 4.0 * kHour;

struct Told {
    std::uint64_t item;
    Use use;
};

/// Keeps everything that it was told and computes everything from that.
class NaiveTracker {
public:
    void add(const Told& told) { all_.push_back(told); }

    /// Item, day → account → its first time and newest source.
    using Known = std::map<std::pair<std::uint64_t, Day>, std::map<std::uint64_t, Use>>;
    [[nodiscard]] Known known(UnixMs now_ms) const {
        Known known;
        for (const auto& [item, use] : all_) {
            const Day day = day_of(use.first_at_ms);
            if (day > day_of(now_ms) - 7) {
                auto& kept = known[{item, day}].try_emplace(use.account.value, use).first->second;
                kept.source = std::max(kept.source, use.source);
                kept.first_at_ms = std::min(kept.first_at_ms, use.first_at_ms);
            }
        }
        return known;
    }

    [[nodiscard]] std::vector<std::uint64_t>
    standing_out(UnixMs now_ms, double accounts_min, std::size_t count) const {
        std::map<std::uint64_t, double> recent;
        std::map<std::uint64_t, double> observed;
        std::map<std::uint64_t, double> expected;
        for (const auto& [key, accounts] : known(now_ms)) {
            const auto& [item, day] = key;
            if (day >= day_of(now_ms) - 1) {
                recent[item] += static_cast<double>(accounts.size());
            }
            for (const auto& [account, use] : accounts) {
                const auto age = static_cast<double>(now_ms - use.first_at_ms);
                observed[item] += age < 0 ? 0 : std::pow(0.5, age / kHalfLife);
                for (int back = 1; back <= 5; ++back) {
                    const double then = age - back * static_cast<double>(kDayMs);
                    expected[item] += then < 0 ? 0 : std::pow(0.5, then / kHalfLife) / 5;
                }
            }
        }
        std::vector<std::pair<double, std::uint64_t>> order;
        for (const auto& [item, accounts] : recent) {
            const double more = std::max(0.0, observed[item] - expected[item]);
            if (accounts >= accounts_min) {
                order.emplace_back(more / std::sqrt(expected[item] + 1), item);
            }
        }
        std::ranges::sort(order, std::greater{});
        std::vector<std::uint64_t> ids;
        for (std::size_t i = 0; i < std::min(count, order.size()); ++i) {
            ids.push_back(order[i].second);
        }
        return ids;
    }

private:
    std::vector<Told> all_;
};

class TrackerHistory : public testing::TestWithParam<std::uint32_t> {};

TEST_P(TrackerHistory, KnowsWhatAModelThatKeepsEverythingKnows) {
    std::mt19937 random(GetParam());
    const auto below = [&random](std::uint64_t end) { return random() % end; };
    Tracker tracker({.items_max = 50, .sample_accounts_max = 400, .half_life_ms = kHalfLife});
    NaiveTracker model;
    UnixMs now_ms = kNow;
    tracker.advance(now_ms);
    for (int step = 0; step < 3'000; ++step) {
        if (below(40) == 0) {
            now_ms += static_cast<UnixMs>(below(8)) * kHour;
            tracker.advance(now_ms);
        }
        // Mostly of now, sometimes late, as in a fill; some come twice.
        const UnixMs ago = static_cast<UnixMs>(below(below(5) == 0 ? 9 * 24 : 3) * kHour);
        const UnixMs at_ms = now_ms - ago - static_cast<UnixMs>(below(kHour));
        const std::uint64_t item = 1 + below(1 + below(40));
        const Told told{item, {AccountId(1 + below(90)), below(1'000'000), at_ms}};
        for (std::uint64_t times = 1 + below(2); times > 0; --times) {
            tracker.add(told.item, "name", told.use);
        }
        model.add(told);
        if (step % 100 == 99) {
            const auto accounts_min = static_cast<double>(1 + below(9));
            ASSERT_EQ(
                tracker.standing_out(now_ms, accounts_min, 10),
                model.standing_out(now_ms, accounts_min, 10)
            ) << "step "
              << step;
        }
    }
    NaiveTracker::Known known;
    for (std::uint64_t item = 1; item <= 40; ++item) {
        if (const Item* found = tracker.find(item)) {
            for (const ItemDay& day : found->days) {
                for (const Use& use : day.accounts.uses()) {
                    known[{item, day.day}].emplace(use.account.value, use);
                }
            }
        }
    }
    EXPECT_EQ(known, model.known(now_ms));
}

INSTANTIATE_TEST_SUITE_P(Seeds, TrackerHistory, testing::Range(1U, 13U));

class TrackerOrder : public testing::TestWithParam<std::uint32_t> {};

TEST_P(TrackerOrder, MakesNoDifferenceAlsoWhereOnlySamplesAreKept) {
    std::mt19937 random(GetParam());
    std::vector<Told> all;
    for (int i = 0; i < 4'000; ++i) {
        const UnixMs at_ms = kNow - static_cast<UnixMs>(random() % (6 * kDayMs));
        all.push_back({1 + random() % 5, {AccountId(1 + random() % 600), random(), at_ms}});
    }
    const auto told = [&all] {
        Tracker tracker({.items_max = 50, .sample_accounts_max = 32, .half_life_ms = kHalfLife});
        tracker.advance(kNow);
        for (const auto& [item, use] : all) {
            tracker.add(item, "name", use);
        }
        return tracker;
    };
    const Tracker one = told();
    std::ranges::shuffle(all, random);
    const Tracker other = told();
    EXPECT_EQ(one.standing_out(kNow, 1, 9), other.standing_out(kNow, 1, 9));
    for (std::uint64_t item = 1; item <= 5; ++item) {
        const auto& days = one.find(item)->days;
        const auto& others = other.find(item)->days;
        ASSERT_EQ(days.size(), others.size());
        for (std::size_t i = 0; i < days.size(); ++i) {
            EXPECT_EQ(days[i].accounts, others[i].accounts);
            EXPECT_EQ(days[i].accounts.uses().size(), is_recent(days[i].day, kNow) ? 32U : 8U);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, TrackerOrder, testing::Range(1U, 6U));

TEST(Tracker, IsBoundedWhateverIsUsedAndForgetsTheColdest) {
    Tracker tracker({.items_max = 1'000, .sample_accounts_max = 64, .half_life_ms = kHalfLife});
    tracker.advance(kNow);
    // Twelve people speak of one thing during an hour in which somebody floods the house with
    // a hundred thousand.
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        const UnixMs at_ms = kNow - kHour + static_cast<UnixMs>(i) * kHour / 100'000;
        tracker.add(1'000 + i, "noise", {AccountId(999), i, at_ms});
        if (i % 8'000 == 0) {
            tracker.add(7, "organic", {AccountId(1 + i), i, at_ms});
            tracker.add(7, "organic", {AccountId(2 + i), i, at_ms});
        }
        ASSERT_LE(tracker.size(), 1'000U);
    }
    ASSERT_NE(tracker.find(7), nullptr);
    EXPECT_THAT(tracker.standing_out(kNow, 5, 10), testing::ElementsAre(7));
    EXPECT_EQ(tracker.find(1'000), nullptr) << "the oldest noise is forgotten";
    EXPECT_LT(tracker.bytes(), 1'000U * 400U);
}

TEST(Tracker, TakesNoMoreMemoryForAnItemThanItsSamples) {
    Tracker tracker({.items_max = 10, .sample_accounts_max = 64, .half_life_ms = kHalfLife});
    for (UnixMs now_ms = kNow - 6 * kDayMs; now_ms <= kNow; now_ms += kDayMs) {
        tracker.advance(now_ms);
        for (std::uint64_t account = 1; account <= 3'000; ++account) {
            tracker.add(1, "everybody", {AccountId(account), account, now_ms});
        }
    }
    ASSERT_EQ(tracker.find(1)->days.size(), 7U);
    EXPECT_EQ(tracker.find(1)->days.front().uses, 3'000U);
    EXPECT_NEAR(tracker.find(1)->days.front().accounts.accounts(), 3'000, 1'200);
    EXPECT_LE(tracker.bytes(), sizeof(Use) * (2 * 64 + 5 * 16) + 1'024);
}

TEST(Tracker, ForgetsDaysThatAreOverLong) {
    Tracker tracker({});
    tracker.advance(kNow);
    tracker.add(1, "old", {AccountId(1), 1, kNow - 6 * kDayMs});
    tracker.add(2, "too old", {AccountId(1), 1, kNow - 7 * kDayMs});
    EXPECT_EQ(tracker.size(), 1U);
    tracker.advance(kNow + kDayMs);
    EXPECT_EQ(tracker.size(), 0U);
}

TEST(Tracker, CountsUsesAndNotTheSameOneTwice) {
    Tracker tracker({});
    tracker.advance(kNow);
    for (const std::uint64_t source : {10, 10, 11, 11, 12}) {
        tracker.add(1, "x", {AccountId(1), source, kNow});
    }
    tracker.add(1, "x", {AccountId(2), 13, kNow});
    EXPECT_EQ(tracker.find(1)->days.front().uses, 4U);
    EXPECT_EQ(tracker.find(1)->days.front().accounts.accounts(), 2);
}

}  // namespace
}  // namespace rookery::discover::trends
