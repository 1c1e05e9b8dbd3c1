// What the store costs: point reads, short scans, commits by one and by many writers, bulk loads.
#include "base/blocking_pool.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/metrics.h"
#include "base/random.h"
#include "kit/task_driver.h"
#include "kit/temporary_directory.h"
#include "store/rocks_store.h"

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery {
namespace {

const ports::Table kPosts{20};
const ports::Table kTimeline{22};
constexpr std::uint64_t kAccounts = 10'000;
constexpr std::uint64_t kPostsOfEach = 40;

std::string id_bytes(std::uint64_t id) {
    std::string bytes;
    ByteWriter(bytes).fixed64(id);
    return bytes;
}

/// An open store in a directory of its own.
struct OpenStore {
    OpenStore() {
        store::RocksStoreConfig config;
        config.directory = directory.path() / "data";
        store = store::RocksStore::open(config, clock, pool, registry).value();
    }
    kit::TemporaryDirectory directory;
    SystemClock clock;
    BlockingPool pool{2};
    metrics::Registry registry;
    std::unique_ptr<store::RocksStore> store;
};

void fill(ports::Store& store) {
    std::uint64_t post = 0;
    for (std::uint64_t account = 0; account < kAccounts; ++account) {
        ports::Batch batch;
        for (std::uint64_t i = 0; i < kPostsOfEach; ++i) {
            ++post;
            batch.put({kPosts, id_bytes(post), ""}, std::string(200, 'x'));
            batch.put({kTimeline, id_bytes(account), id_bytes(~post)}, "flag");
        }
        kit::run(store.load(std::move(batch))).value();
    }
    kit::run(store.flush()).value();
}

/// Filled once, for the benchmarks that only read.
OpenStore& filled_store() {
    static OpenStore open;
    static const bool filled = [] {
        fill(*open.store);
        return true;
    }();
    benchmark::DoNotOptimize(filled);
    return open;
}

/// Runs a benchmark's loop as one coroutine on one thread, without a new io_context each time.
void drive(benchmark::State& state, Task<void> (*loop)(benchmark::State*, store::RocksStore*)) {
    boost::asio::io_context context(1);
    auto run = loop(&state, filled_store().store.get());
    boost::asio::co_spawn(context, std::move(run), [](std::exception_ptr error) {
        if (error) {
            std::rethrow_exception(error);
        }
    });
    context.run();
}

void get_one_row(benchmark::State& state) {
    drive(state, [](benchmark::State* state, store::RocksStore* store) -> Task<void> {
        Random random(1);
        for (auto _ : *state) {
            const std::uint64_t post = 1 + random.below(kAccounts * kPostsOfEach);
            auto row = co_await store->get({kPosts, id_bytes(post), ""});
            benchmark::DoNotOptimize(row);
        }
    });
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(get_one_row);

void get_a_missing_row(benchmark::State& state) {
    drive(state, [](benchmark::State* state, store::RocksStore* store) -> Task<void> {
        Random random(1);
        for (auto _ : *state) {
            auto row = co_await store->get({kPosts, id_bytes(random.next() | (1ULL << 63)), ""});
            benchmark::DoNotOptimize(row);
        }
    });
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(get_a_missing_row);

void get_20_rows(benchmark::State& state) {
    drive(state, [](benchmark::State* state, store::RocksStore* store) -> Task<void> {
        Random random(1);
        for (auto _ : *state) {
            std::vector<ports::Key> keys;
            for (int i = 0; i < 20; ++i) {
                const std::uint64_t post = 1 + random.below(kAccounts * kPostsOfEach);
                keys.push_back({kPosts, id_bytes(post), ""});
            }
            auto rows = co_await store->multi_get(std::move(keys));
            benchmark::DoNotOptimize(rows);
        }
    });
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(get_20_rows);

void scan_20_rows(benchmark::State& state) {
    drive(state, [](benchmark::State* state, store::RocksStore* store) -> Task<void> {
        Random random(1);
        for (auto _ : *state) {
            ports::Range range;
            range.table = kTimeline;
            range.partition = id_bytes(random.below(kAccounts));
            range.limit = 20;
            auto rows = co_await store->scan(std::move(range));
            benchmark::DoNotOptimize(rows);
        }
    });
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(scan_20_rows);

/// From name to name through a table, and the first rows of each: how a fill looks at all.
void walk_100_partitions(benchmark::State& state) {
    drive(state, [](benchmark::State* state, store::RocksStore* store) -> Task<void> {
        std::optional<std::string> last;
        for (auto _ : *state) {
            const auto names = co_await store->partitions(kTimeline, last, 100);
            std::vector<ports::Range> ranges;
            for (const std::string& name : *names) {
                ranges.push_back({kTimeline, name, "", "", false, 2});
            }
            auto rows = co_await store->scan_many(std::move(ranges));
            benchmark::DoNotOptimize(rows);
            last = names->size() < 100 ? std::nullopt : std::optional(names->back());
        }
    });
    state.SetItemsProcessed(state.iterations() * 100);
}
BENCHMARK(walk_100_partitions);

Task<void> write_posts(ports::Store* store, std::uint64_t writer, int count) {
    for (int i = 0; i < count; ++i) {
        const std::uint64_t post = (writer << 32) + static_cast<std::uint64_t>(i);
        ports::Batch batch;
        batch.expect_absent({kPosts, id_bytes(post), ""});
        batch.put({kPosts, id_bytes(post), ""}, std::string(200, 'x'));
        batch.put({kTimeline, id_bytes(writer), id_bytes(~post)}, "flag");
        batch.add({ports::Table{19}, id_bytes(writer), ""}, {0, 0, 1, 0});
        batch.emit({13, id_bytes(post)});
        auto outcome = co_await store->commit(std::move(batch));
        outcome.value();
    }
}

/// Each commit: a precondition, two rows, a counter and an event, durable before it returns.
void commit_a_post(benchmark::State& state) {
    const auto writers = static_cast<std::uint64_t>(state.range(0));
    constexpr int kEach = 50;
    OpenStore open;
    std::uint64_t next_writer = 1;
    for (auto _ : state) {
        boost::asio::io_context context(1);
        for (std::uint64_t i = 0; i < writers; ++i) {
            boost::asio::co_spawn(
                context, write_posts(open.store.get(), next_writer++, kEach), boost::asio::detached
            );
        }
        context.run();
    }
    state.SetItemsProcessed(state.iterations() * state.range(0) * kEach);
}
BENCHMARK(commit_a_post)->Arg(1)->Arg(8)->Arg(64)->UseRealTime();

/// Follow edges as an import writes them: three rows each, in chunks with a row of progress.
void load_follow_edges(benchmark::State& state) {
    constexpr std::uint64_t kChunk = 10'000;
    constexpr std::uint64_t kPeople = 80'000;
    OpenStore open;
    Random random(1);
    std::uint64_t edge = 0;
    std::uint64_t follower = 0;
    for (auto _ : state) {
        ports::Batch batch;
        batch.operations.reserve(4 * kChunk);
        for (std::uint64_t i = 0; i < kChunk; ++i) {
            ++edge;
            follower += random.chance(0.1) ? 1 : 0;
            const std::uint64_t followee = random.below(kPeople);
            const std::string id = id_bytes(edge);
            const std::string from = id_bytes(follower);
            const std::string to = id_bytes(followee);
            batch.put({ports::Table{9}, from, to}, id + "ab");
            batch.put({ports::Table{10}, from, id}, to);
            batch.put({ports::Table{11}, to, id}, from);
        }
        batch.add({ports::Table{19}, id_bytes(follower), ""}, {0, kChunk, 0, 0});
        batch.put({ports::Table{45}, "graph", ""}, id_bytes(edge));
        kit::run(open.store->load(std::move(batch))).value();
    }
    kit::run(open.store->flush()).value();
    state.SetItemsProcessed(state.iterations() * 3 * static_cast<std::int64_t>(kChunk));
}
BENCHMARK(load_follow_edges)->UseRealTime()->Iterations(200);

}  // namespace
}  // namespace rookery

BENCHMARK_MAIN();
