// Decisions by a store that several nodes share, on this machine and over a Unix socket: strict,
// where every decision is the store's, and leased, where it is asked now and then. The client's and
// the store's work are in the same time, on the same cores.

#include "base/metrics.h"
#include "contract/limit_store.h"
#include "kit/must.h"
#include "limits/shared/store_connection.h"
#include "limits/shared/store_limits.h"

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <sys/resource.h>

#include <chrono>
#include <string>
#include <vector>

namespace rookery::limits {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t kKeys = 10'000;

/// A node, and its store; one for all benchmarks, which begin with an empty store.
struct World {
    LimitStore store;
    metrics::Registry metrics;
    std::unique_ptr<StoreLimits> limits =
        kit::must(StoreLimits::make({.url = store.url(), .ask_timeout = seconds(10)}, metrics));
    metrics::Counter& round_trips = metrics.counter("rookery_limits_store_round_trips_total", "");
    std::vector<std::string> keys;

    World() {
        for (std::size_t i = 0; i < kKeys; ++i) {
            keys.push_back("@" + std::to_string(113'000'000'000'000'000 + i * 7'919));
        }
    }
};

World& world() {
    static World world;
    return world;
}

Rule rule_of(Algorithm algorithm, std::string name) {
    return {
        .name = std::move(name),
        .algorithm = algorithm,
        .quota = {.amount = 300, .period = 300 * kSecond, .burst = 50},
        .reach = Reach::kShared,
        .when_lost = WhenLost::kAllow,
        .lease = 50,
    };
}

Task<void> ask(const std::vector<Rule>* rules, std::size_t key) {
    World& at = world();
    std::vector<SharedAsk> asks;
    for (const Rule& rule : *rules) {
        asks.push_back({.rule = &rule, .key = at.keys[key], .fallback_key = {key + 1}});
    }
    benchmark::DoNotOptimize(co_await at.limits->take(asks, 0));
}

/// Seconds of CPU that the store has used.
double store_seconds() {
    const std::string info = world().store.call({"INFO", "cpu"});
    double sum = 0;
    for (const std::string_view name : {"used_cpu_sys:", "used_cpu_user:"}) {
        sum += std::stod(info.substr(info.find(name) + name.size()));
    }
    return sum;
}

double own_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds_of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

/// As many requests at once as range(0) says, of keys in turn. Counts what a request cost the node
/// and the store in CPU, which a busy machine does not change much.
void decide(benchmark::State& state, const std::vector<Rule>& rules, std::size_t keys) {
    (void)world().store.call({"FLUSHALL"});
    boost::asio::io_context context(1);
    const auto at_once = static_cast<std::size_t>(state.range(0));
    const std::uint64_t before = world().round_trips.value();
    const double own_before = own_seconds();
    const double store_before = store_seconds();
    std::size_t key = 0;
    for (auto _ : state) {
        for (std::size_t i = 0; i < at_once; ++i) {
            key = (key + 1) % keys;
            boost::asio::co_spawn(context, ask(&rules, key), boost::asio::detached);
        }
        context.run();
        context.restart();
    }
    const auto decided = static_cast<double>(state.iterations()) * static_cast<double>(at_once);
    state.SetItemsProcessed(static_cast<std::int64_t>(decided));
    state.counters["node_us"] = (own_seconds() - own_before) * 1e6 / decided;
    state.counters["store_us"] = (store_seconds() - store_before) * 1e6 / decided;
    state.counters["asked_a_round_trip"] =
        decided /
        static_cast<double>(std::max<std::uint64_t>(1, world().round_trips.value() - before));
}

/// What any question costs: nothing is decided.
void BM_RoundTrip(benchmark::State& state) {
    const auto deadline = steady_clock::now() + seconds(1'000);
    auto connection =
        kit::must(StoreConnection::open({.path = world().store.socket()}, deadline, -1));
    for (auto _ : state) {
        benchmark::DoNotOptimize(connection.call({"PING"}, deadline));
    }
}
BENCHMARK(BM_RoundTrip)->UseRealTime();

template <Algorithm kAlgorithm>
void BM_Strict(benchmark::State& state) {
    decide(state, {rule_of(kAlgorithm, "rule")}, kKeys);
}
BENCHMARK(BM_Strict<Algorithm::kFixedWindow>)->Arg(1)->Arg(64)->Arg(1'024)->UseRealTime();
BENCHMARK(BM_Strict<Algorithm::kTokenBucket>)->Arg(1'024)->UseRealTime();
BENCHMARK(BM_Strict<Algorithm::kGcra>)->Arg(1'024)->UseRealTime();
BENCHMARK(BM_Strict<Algorithm::kSlidingLog>)->Arg(1'024)->UseRealTime();
BENCHMARK(BM_Strict<Algorithm::kSlidingCounter>)->Arg(1'024)->UseRealTime();
BENCHMARK(BM_Strict<Algorithm::kSubwindowCounter>)->Arg(1'024)->UseRealTime();

/// Three rules decided as one.
void BM_StrictThree(benchmark::State& state) {
    decide(
        state,
        {rule_of(Algorithm::kTokenBucket, "burst"),
         rule_of(Algorithm::kFixedWindow, "sustained"),
         rule_of(Algorithm::kSlidingCounter, "daily")},
        kKeys
    );
}
BENCHMARK(BM_StrictThree)->Arg(1)->Arg(1'024)->UseRealTime();

/// Busy keys, of which a lease is used up before it expires. Nearly nothing is refused.
void BM_Leased(benchmark::State& state) {
    Rule rule = rule_of(Algorithm::kTokenBucket, "leased");
    rule.quota = {.amount = 1'000'000'000, .period = kSecond, .burst = 1'000'000};
    rule.reach = Reach::kLeased;
    rule.lease = 1'000;
    decide(state, {rule}, 100);
}
BENCHMARK(BM_Leased)->Arg(1)->Arg(64)->Arg(1'024)->UseRealTime();

}  // namespace
}  // namespace rookery::limits

BENCHMARK_MAIN();
