// The feed's inner loops: delivery into inboxes, the merge of author rings. Page building with real
// posts is measured over HTTP.

#include "base/random.h"
#include "feed/author_rings.h"
#include "feed/inboxes.h"
#include "feed/source_merge.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"

#include <benchmark/benchmark.h>

namespace rookery::feed {
namespace {

/// One author's post into `range(0)` inboxes; items are deliveries.
void BM_Push(benchmark::State& state) {
    const auto readers = static_cast<std::uint64_t>(state.range(0));
    Inboxes inboxes({.inboxes_max = readers, .entries_max = 400});
    const auto pulled = std::make_shared<const Inboxes::Authors>();
    for (std::uint64_t reader = 1; reader <= readers; ++reader) {
        const auto build = inboxes.begin(AccountId(reader));
        inboxes.subscribe(*build, AccountId(1));
        inboxes.finish(*build, {}, 0, pulled, {});
    }
    std::uint64_t id = 0;
    std::size_t delivered = 0;
    for (auto _ : state) {
        delivered += inboxes.push(AccountId(1), PostId(++id));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(delivered));
}
BENCHMARK(BM_Push)->Arg(40)->Arg(10'000)->Arg(100'000);

/// The newest 20 of `range(0)` authors' rings.
void BM_PullMerge(benchmark::State& state) {
    kit::MemoryStore store;
    AuthorRings rings(store, 1'000'000);
    Random random(1);
    std::vector<AccountId> authors;
    for (std::int64_t i = 1; i <= state.range(0); ++i) {
        const AccountId author(static_cast<std::uint64_t>(i));
        (void)kit::run(rings.find(author));
        for (int post = 0; post < 7; ++post) {
            rings.on_post(author, PostId(1 + random.below(1'000'000'000)));
        }
        authors.push_back(author);
    }
    for (auto _ : state) {
        SourceMerge merge(store, rings, {.authors = authors}, Span{});
        benchmark::DoNotOptimize(kit::run(merge.next(20)));
    }
}
BENCHMARK(BM_PullMerge)->Arg(40)->Arg(500)->Arg(2'000);

}  // namespace
}  // namespace rookery::feed

BENCHMARK_MAIN();
