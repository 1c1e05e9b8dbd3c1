// A decision by each algorithm, with a table of a million keys as a busy server has it.

#include "base/random.h"
#include "limits/fixed_window.h"
#include "limits/gcra.h"
#include "limits/leaking_meter.h"
#include "limits/leaking_queue.h"
#include "limits/limit_table.h"
#include "limits/sliding_counter.h"
#include "limits/sliding_log.h"
#include "limits/subwindow_counter.h"
#include "limits/token_bucket.h"

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

namespace rookery::limits {
namespace {

constexpr Quota kQuota{.amount = 300, .period = 300 * kSecond, .burst = 50};
const KeyHasher kHasher(KeyHasher::random_secret());

std::vector<std::string> names(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back("@" + std::to_string(113'000'000'000'000'000 + i * 7'919));
    }
    return names;
}

template <class Algorithm>
LimitTable<Algorithm> table_of(std::size_t keys) {
    return {*Algorithm::make(kQuota), {.keys_max = keys}};
}

/// Hash and decision of one of `range(0)` keys, drawn at random.
template <class Algorithm>
void BM_Take(benchmark::State& state) {
    const auto keys = names(static_cast<std::size_t>(state.range(0)));
    auto table = table_of<Algorithm>(keys.size() + keys.size() / 4);
    Random random(1);
    Nanos now = kSecond;
    for (auto _ : state) {
        now += 1'000;
        benchmark::DoNotOptimize(table.take(kHasher.key(keys[random.below(keys.size())]), now, 1));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Take<TokenBucket>)->Arg(1'000)->Arg(1'000'000);
BENCHMARK(BM_Take<LeakingMeter>)->Arg(1'000)->Arg(1'000'000);
BENCHMARK(BM_Take<LeakingQueue>)->Arg(1'000)->Arg(1'000'000);
BENCHMARK(BM_Take<Gcra>)->Arg(1'000)->Arg(1'000'000);
BENCHMARK(BM_Take<FixedWindow>)->Arg(1'000)->Arg(1'000'000);
BENCHMARK(BM_Take<SlidingLog>)->Arg(1'000);
BENCHMARK(BM_Take<SlidingCounter>)->Arg(1'000)->Arg(1'000'000);
BENCHMARK(BM_Take<SubwindowCounter>)->Arg(1'000)->Arg(1'000'000);

/// The same with one key alone: what the algorithm itself costs.
template <class Algorithm>
void BM_Decide(benchmark::State& state) {
    const auto algorithm = *Algorithm::make(kQuota);
    typename Algorithm::State used{};
    Nanos now = kSecond;
    for (auto _ : state) {
        now += 500'000'000;
        const Decision decision = algorithm.look(used, now, 1);
        if (decision.allowed) {
            algorithm.charge(used, now, 1);
        }
        benchmark::DoNotOptimize(decision);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Decide<TokenBucket>);
BENCHMARK(BM_Decide<Gcra>);
BENCHMARK(BM_Decide<FixedWindow>);
BENCHMARK(BM_Decide<SlidingLog>);
BENCHMARK(BM_Decide<SlidingCounter>);
BENCHMARK(BM_Decide<SubwindowCounter>);

/// Two limits decided as one.
void BM_TakeAll(benchmark::State& state) {
    const auto keys = names(1'000);
    auto burst = table_of<FixedWindow>(keys.size() * 2);
    auto sustained = table_of<TokenBucket>(keys.size() * 2);
    Random random(1);
    Nanos now = kSecond;
    for (auto _ : state) {
        now += 1'000;
        const LimitKey key = kHasher.key(keys[random.below(keys.size())]);
        std::array<Charge, 2> charges{{{&burst, key}, {&sustained, key}}};
        benchmark::DoNotOptimize(take_all(charges, now));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_TakeAll);

}  // namespace
}  // namespace rookery::limits

BENCHMARK_MAIN();
