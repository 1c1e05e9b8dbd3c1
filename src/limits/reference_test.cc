// Random decisions equal those of references that remember everything, clock jumps included.
// ROOKERY_LIMITS_DECISIONS says how many an algorithm; ROOKERY_LIMITS_SEED repeats a run.

#include "base/random.h"
#include "limits/fixed_window.h"
#include "limits/gcra.h"
#include "limits/leaking_meter.h"
#include "limits/leaking_queue.h"
#include "limits/references_for_test.h"
#include "limits/sliding_counter.h"
#include "limits/sliding_log.h"
#include "limits/subwindow_counter.h"
#include "limits/token_bucket.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace rookery::limits {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

template <class Tested, class Model, bool kHasBurst>
struct Pair {
    using Algorithm = Tested;
    using Reference = Model;
    static std::uint64_t most(const Quota& quota) { return kHasBurst ? quota.burst : quota.amount; }
};

using Pairs = testing::Types<
    Pair<TokenBucket, reference::Bucket, true>,
    Pair<LeakingMeter, reference::Bucket, true>,
    Pair<LeakingQueue, reference::Queue, true>,
    Pair<Gcra, reference::CellRate, true>,
    Pair<FixedWindow, reference::Window, false>,
    Pair<SlidingLog, reference::Log, false>,
    Pair<SlidingCounter, reference::TwoWindows, false>,
    Pair<SubwindowCounter, reference::Subwindows<SubwindowCounter::kSubwindows>, false>>;

Quota random_quota(Random& random) {
    const std::uint64_t scale = random.below(3) == 0 ? 1'000'000'007 : 1'000;
    return {
        .amount = 1 + random.below(12),
        .period = static_cast<Nanos>(1 + random.below(scale)),
        .burst = 1 + random.below(12),
    };
}

/// Where a limiter may err: edges of periods, the moment before and of what it promised, the past.
Nanos random_step(Random& random, Nanos now, Nanos period, Nanos promised) {
    switch (random.below(9)) {
        case 0:
        case 1:
            return 0;
        case 2:
            return 1;
        case 3:
            return static_cast<Nanos>(random.below(static_cast<std::uint64_t>(period) + 1));
        case 4:
            return static_cast<Nanos>(random.below(static_cast<std::uint64_t>(period) / 8 + 1));
        case 5:
            return promised;
        case 6:
            return std::max<Nanos>(0, promised - 1);
        case 7:
            return period - now % period;
        default:
            return random.below(4) == 0
                       ? -std::min(
                             now,
                             static_cast<Nanos>(random.below(static_cast<std::uint64_t>(period) * 3)
                             )
                         )
                       : period * static_cast<Nanos>(random.below(3));
    }
}

template <class P>
class Reference : public testing::Test {
public:
    using Algorithm = typename P::Algorithm;
    using Model = typename P::Reference;

    void play(Random& random, int steps) {
        const Quota quota = random_quota(random);
        const std::uint64_t most = P::most(quota);
        const auto algorithm = Algorithm::make(quota);
        ASSERT_TRUE(algorithm) << algorithm.error().message;
        typename Algorithm::State state{};
        Model model(quota);
        Nanos now = static_cast<Nanos>(random.below(1'000'000));
        Nanos promised = 0;
        for (int i = 0; i < steps; ++i) {
            now += random_step(random, now, quota.period, promised);
            const std::uint64_t cost = random.below(3) == 0 ? random.below(most + 3) : 1;
            SCOPED_TRACE(
                "amount " + std::to_string(quota.amount) + ", period " +
                std::to_string(quota.period) + ", burst " + std::to_string(quota.burst) + ", now " +
                std::to_string(now) + ", cost " + std::to_string(cost)
            );
            const Decision decision = algorithm->look(state, now, cost);
            ASSERT_EQ(decision.allowed, model.allowed(now, cost));
            if (decision.allowed) {
                if constexpr (requires { model.wait(now); }) {
                    ASSERT_EQ(decision.wait, model.wait(now));
                }
                if (cost != 0) {
                    algorithm->charge(state, now, cost);
                    model.charge(now, cost);
                }
            } else {
                check_retry(model, decision, now, cost, most);
            }
            check_rest(model, decision, now, most);
            promised = decision.allowed ? decision.resets_after : decision.retry_after;
            promised = promised == kNever ? 0 : promised;
            if (HasFatalFailure()) {
                return;
            }
        }
    }

private:
    static void check_retry(
        const Model& model,
        const Decision& decision,
        Nanos now,
        std::uint64_t cost,
        std::uint64_t most
    ) {
        ASSERT_EQ(decision.retry_after == kNever, cost > most);
        if (cost <= most) {
            ASSERT_TRUE(model.allowed(now + decision.retry_after, cost));
            ASSERT_FALSE(model.allowed(now + decision.retry_after - 1, cost));
        }
    }

    static void
    check_rest(const Model& model, const Decision& decision, Nanos now, std::uint64_t most) {
        ASSERT_TRUE(model.allowed(now, decision.remaining));
        ASSERT_FALSE(model.allowed(now, decision.remaining + 1));
        ASSERT_TRUE(model.allowed(now + decision.resets_after, most));
        if (decision.resets_after > 0) {
            ASSERT_FALSE(model.allowed(now + decision.resets_after - 1, most));
        }
    }
};

TYPED_TEST_SUITE(Reference, Pairs);

TYPED_TEST(Reference, AgreesOnRandomDecisions) {
    const std::uint64_t decisions = from_environment("ROOKERY_LIMITS_DECISIONS", 200'000);
    const std::uint64_t seed = from_environment("ROOKERY_LIMITS_SEED", 20'261);
    constexpr int kSteps = 60;
    for (std::uint64_t run = 0; run < decisions / kSteps + 1; ++run) {
        SCOPED_TRACE("seed " + std::to_string(seed + run));
        Random random(seed + run);
        this->play(random, kSteps);
        if (this->HasFatalFailure()) {
            return;
        }
    }
}

}  // namespace
}  // namespace rookery::limits
