// Adversaries: no schedule gets more through than the headers say, and the worst cases they name
// are reached. ROOKERY_LIMITS_SCHEDULES says how many an algorithm; ROOKERY_LIMITS_SEED repeats a
// run.

#include "base/random.h"
#include "limits/fixed_window.h"
#include "limits/gcra.h"
#include "limits/leaking_meter.h"
#include "limits/leaking_queue.h"
#include "limits/sliding_counter.h"
#include "limits/sliding_log.h"
#include "limits/subwindow_counter.h"
#include "limits/token_bucket.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace rookery::limits {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Admission {
    Nanos at = 0;
    std::uint64_t cost = 0;
};

/// The most that was admitted within a span of `length`: closed at both ends, or open at one.
std::uint64_t most_within(const std::vector<Admission>& admissions, Nanos length, bool closed) {
    std::uint64_t most = 0;
    std::uint64_t sum = 0;
    std::size_t first = 0;
    for (const Admission& last : admissions) {
        sum += last.cost;
        while (admissions[first].at < last.at - length + (closed ? 0 : 1)) {
            sum -= admissions[first++].cost;
        }
        most = std::max(most, sum);
    }
    return most;
}

std::uint64_t bucket_bound(const Quota& quota, Nanos length) {
    return quota.burst + static_cast<std::uint64_t>(length) * quota.amount /
                             static_cast<std::uint64_t>(quota.period);
}

std::uint64_t windows_within(const Quota& quota, Nanos length) {
    return static_cast<std::uint64_t>((length + quota.period - 1) / quota.period);
}

template <class Tested>
struct Claim {
    static constexpr bool kClosedSpan = true;
    static std::uint64_t bound(const Quota& quota, Nanos length) {
        return bucket_bound(quota, length);
    }
};

template <>
struct Claim<Gcra> {
    static constexpr bool kClosedSpan = true;
    static std::uint64_t bound(const Quota& quota, Nanos length) {
        const auto amount = static_cast<Nanos>(quota.amount);
        return quota.burst +
               static_cast<std::uint64_t>(length / ((quota.period + amount - 1) / amount));
    }
};

template <>
struct Claim<FixedWindow> {
    static constexpr bool kClosedSpan = false;
    static std::uint64_t bound(const Quota& quota, Nanos length) {
        return quota.amount * (windows_within(quota, length) + 1);
    }
};

template <>
struct Claim<SlidingCounter> {
    static constexpr bool kClosedSpan = false;
    static std::uint64_t bound(const Quota& quota, Nanos length) {
        return length <= quota.period ? 2 * quota.amount - 1
                                      : 2 * quota.amount * windows_within(quota, length);
    }
};

struct StrictClaim {
    static constexpr bool kClosedSpan = false;
    static std::uint64_t bound(const Quota& quota, Nanos length) {
        return quota.amount * windows_within(quota, length);
    }
};
template <>
struct Claim<SlidingLog> : StrictClaim {};
template <>
struct Claim<SubwindowCounter> : StrictClaim {};

/// Takes whatever is let in at moments that promise the most, and waits for as long as it must.
template <class Tested>
std::vector<Admission> attack(const Tested& algorithm, const Quota& quota, Random& random) {
    typename Tested::State state{};
    std::vector<Admission> admissions;
    Nanos now = quota.period * static_cast<Nanos>(random.below(3)) +
                static_cast<Nanos>(random.below(static_cast<std::uint64_t>(quota.period)));
    for (int i = 0; i < 24; ++i) {
        const Decision rest = algorithm.look(state, now, 0);
        if (rest.remaining > 0) {
            const bool greedy = random.below(4) != 0;
            const std::uint64_t cost = greedy ? rest.remaining : 1 + random.below(rest.remaining);
            algorithm.charge(state, now, cost);
            admissions.push_back({now, cost});
        }
        const Nanos to_edge = quota.period - now % quota.period;
        switch (random.below(5)) {
            case 0:
                now += algorithm.look(state, now, 1).retry_after;
                break;
            case 1:
                now += std::max<Nanos>(to_edge - 1, 0);
                break;
            case 2:
                now += to_edge;
                break;
            case 3:
                now += static_cast<Nanos>(random.below(static_cast<std::uint64_t>(quota.period)));
                break;
            default:
                now += quota.period - 1;
                break;
        }
    }
    return admissions;
}

template <class Tested>
class Bound : public testing::Test {};
using Algorithms = testing::Types<
    TokenBucket,
    LeakingMeter,
    LeakingQueue,
    Gcra,
    FixedWindow,
    SlidingLog,
    SlidingCounter,
    SubwindowCounter>;
TYPED_TEST_SUITE(Bound, Algorithms);

TYPED_TEST(Bound, IsNeverBeaten) {
    const std::uint64_t schedules = from_environment("ROOKERY_LIMITS_SCHEDULES", 20'000);
    const std::uint64_t seed = from_environment("ROOKERY_LIMITS_SEED", 20'261);
    for (std::uint64_t run = 0; run < schedules; ++run) {
        Random random(seed + run);
        const Quota quota{
            .amount = 1 + random.below(20),
            .period = static_cast<Nanos>(1 + random.below(5'000)),
            .burst = 1 + random.below(20),
        };
        const auto algorithm = TypeParam::make(quota);
        ASSERT_TRUE(algorithm);
        const auto admissions = attack(*algorithm, quota, random);
        const Nanos other = 1 + static_cast<Nanos>(random.below(10'000));
        for (const Nanos length : {quota.period, other}) {
            ASSERT_LE(
                most_within(admissions, length, Claim<TypeParam>::kClosedSpan),
                Claim<TypeParam>::bound(quota, length)
            ) << "seed "
              << seed + run << ", span " << length << ", amount " << quota.amount << ", period "
              << quota.period << ", burst " << quota.burst;
        }
    }
}

/// What comes through if everything is taken at once that is let in, from `begins` on for `time`.
template <class Tested>
std::vector<Admission> take_all(const Tested& algorithm, Nanos begins, Nanos time) {
    typename Tested::State state{};
    std::vector<Admission> admissions;
    for (Nanos now = begins; now <= begins + time;) {
        const std::uint64_t rest = algorithm.look(state, now, 0).remaining;
        if (rest > 0) {
            algorithm.charge(state, now, rest);
            admissions.push_back({now, rest});
        }
        now += std::max<Nanos>(1, algorithm.look(state, now, 1).retry_after);
    }
    return admissions;
}

constexpr Quota kQuota{.amount = 100, .period = 60 * kSecond, .burst = 40};

TEST(WorstCase, OfBucketsIsReached) {
    const auto bucket = TokenBucket::make(kQuota);
    const auto cells = Gcra::make(kQuota);
    ASSERT_TRUE(bucket && cells);
    for (const Nanos span : {Nanos{0}, 6 * kSecond, 60 * kSecond}) {
        const std::uint64_t bound = bucket_bound(kQuota, span);
        EXPECT_EQ(most_within(take_all(*bucket, 5, 120 * kSecond), span, true), bound);
        EXPECT_EQ(most_within(take_all(*cells, 5, 120 * kSecond), span, true), bound);
    }
}

TEST(WorstCase, OfFixedWindowsIsTwiceTheAmount) {
    const auto windows = FixedWindow::make(kQuota);
    ASSERT_TRUE(windows);
    const auto admissions = take_all(*windows, kQuota.period - 1, kSecond);
    EXPECT_EQ(most_within(admissions, kQuota.period, false), 2 * kQuota.amount);
    EXPECT_EQ(most_within(admissions, 2, false), 2 * kQuota.amount);
}

TEST(WorstCase, OfTwoWindowsComesNearTwiceTheAmount) {
    const auto counter = SlidingCounter::make(kQuota);
    ASSERT_TRUE(counter);
    const auto admissions = take_all(*counter, kQuota.period - 1, kQuota.period);
    EXPECT_EQ(most_within(admissions, kQuota.period, false), 2 * kQuota.amount - 1);
}

TEST(WorstCase, OfSubwindowsAndLogIsTheAmount) {
    const auto counter = SubwindowCounter::make(kQuota);
    const auto log = SlidingLog::make(kQuota);
    ASSERT_TRUE(counter && log);
    const Nanos time = 10 * kQuota.period;
    EXPECT_EQ(
        most_within(take_all(*counter, kQuota.period - 1, time), kQuota.period, false),
        kQuota.amount
    );
    EXPECT_EQ(
        most_within(take_all(*log, kQuota.period - 1, time), kQuota.period, false), kQuota.amount
    );
}

TEST(WorstCase, OfAQueueIsOnePlusTheRate) {
    const auto queue = LeakingQueue::make(kQuota);
    ASSERT_TRUE(queue);
    LeakingQueue::State state{};
    std::vector<Admission> leaving;
    for (Nanos now = 0; now < 300 * kSecond; now += kSecond / 7) {
        const Decision decision = queue->look(state, now, 1);
        if (decision.allowed) {
            queue->charge(state, now, 1);
            leaving.push_back({now + decision.wait, 1});
        }
    }
    ASSERT_TRUE(std::ranges::is_sorted(leaving, {}, &Admission::at));
    EXPECT_EQ(most_within(leaving, 6 * kSecond, true), 1 + 10U);
    EXPECT_EQ(most_within(leaving, 60 * kSecond, true), 1 + 100U);
}

TEST(WorstCase, StateIsAsSmallAsTheHeadersSay) {
    EXPECT_EQ(sizeof(TokenBucket::State), 16U);
    EXPECT_EQ(sizeof(LeakingMeter::State), 16U);
    EXPECT_EQ(sizeof(LeakingQueue::State), 16U);
    EXPECT_EQ(sizeof(Gcra::State), 8U);
    EXPECT_EQ(sizeof(FixedWindow::State), 16U);
    EXPECT_EQ(sizeof(SlidingCounter::State), 16U);
    EXPECT_EQ(sizeof(SubwindowCounter::State), 128U);
}

TEST(Quotas, ThatCannotBeCountedAreRefused) {
    EXPECT_FALSE(TokenBucket::make({.amount = 0}));
    EXPECT_FALSE(Gcra::make({.amount = 1, .period = 0}));
    EXPECT_FALSE(FixedWindow::make({.amount = 1, .period = kPeriodMax + 1}));
    EXPECT_FALSE(LeakingQueue::make({.amount = 1, .period = kSecond, .burst = 0}));
    EXPECT_FALSE(TokenBucket::make({.amount = 7, .period = kPeriodMax, .burst = 9}));
    EXPECT_FALSE(Gcra::make({.amount = 1, .period = kPeriodMax, .burst = 5}));
    EXPECT_FALSE(SlidingCounter::make({.amount = std::uint64_t{1} << 32U}));
    EXPECT_FALSE(SubwindowCounter::make({.amount = std::uint64_t{1} << 32U}));
    EXPECT_TRUE(TokenBucket::make({.amount = 1'000'000, .period = 86'400 * kSecond}));
}

}  // namespace
}  // namespace rookery::limits
