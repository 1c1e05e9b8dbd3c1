#include "api/mastodon/throttles.h"
#include "base/clock.h"
#include "http/response.h"

#include <benchmark/benchmark.h>

/// What the rate limits add to a request of the API: which rules it falls under, keys, decisions,
/// counts and the text of the header fields.
namespace rookery::api::mastodon {
namespace {

constexpr std::uint64_t kAccounts = 1'000;

std::vector<RatePolicy> policies() {
    auto policies = default_rate_policies();
    for (RatePolicy& policy : policies) {
        policy.rule.quota.amount = 1'000'000'000;  // refusals are another path
        policy.rule.quota.burst = 1'000'000;
    }
    return policies;
}

void ask(benchmark::State& state, RateClass rate, bool writes) {
    const SystemClock clock;
    const limits::KeyHasher hasher(limits::KeyHasher::random_secret());
    const Throttles throttles(policies(), clock, hasher, nullptr);
    std::uint64_t next = 1;
    for (auto _ : state) {
        next = next * 6364136223846793005ULL + 1442695040888963407ULL;
        const std::uint64_t account = 116'000'000'000'000'000 + (next >> 33U) % kAccounts;
        const auto verdict = throttles.take_at_once(
            {.rate = rate,
             .writes = writes,
             .account = AccountId(account),
             .token = TokenId(account + 1),
             .address = "203.0.113.7"}
        );
        http::Response response;
        verdict->add_headers(response);
        benchmark::DoNotOptimize(response);
    }
}

void BM_AReadFallsUnderTwoRules(benchmark::State& state) {
    ask(state, RateClass::kGeneral, false);
}
BENCHMARK(BM_AReadFallsUnderTwoRules);

void BM_APostFallsUnderFour(benchmark::State& state) {
    ask(state, RateClass::kPosting, true);
}
BENCHMARK(BM_APostFallsUnderFour);

}  // namespace
}  // namespace rookery::api::mastodon

BENCHMARK_MAIN();
