// store_writer DIRECTORY WRITERS: commits and loads without end and prints each acknowledgement as
// "c WRITER NUMBER" or "l 0 NUMBER". store_kill_test kills it.
#include "base/blocking_pool.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "store/rocks_store.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace rookery {

namespace {

const ports::Table kLeft{1};
const ports::Table kRight{2};
const ports::Table kCount{3};
const ports::Table kLoaded{4};

std::string padded(std::int64_t number) {
    return fmt::format("{:010}", number);
}

void acknowledge(char kind, int writer, std::int64_t number) {
    // One write below PIPE_BUF: a kill cuts between lines, never inside one.
    const std::string line = fmt::format("{} {} {}\n", kind, writer, number);
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) {
        std::exit(1);
    }
}

std::int64_t count_of(const Result<std::optional<std::string>>& row) {
    return row.value() ? ports::decode_counters(*row.value()).value()[0] : 0;
}

Task<void> write_commits(ports::Store& store, int writer) {
    const std::string name = std::to_string(writer);
    const auto stored = co_await store.get({kCount, name, ""});
    for (std::int64_t number = count_of(stored);; ++number) {
        ports::Batch batch;
        batch.expect_absent({kLeft, name, padded(number)});
        batch.put({kLeft, name, padded(number)}, std::string(100, 'x'));
        batch.put({kRight, name, padded(number)}, "y");
        batch.add({kCount, name, ""}, {1, 0, 0, 0});
        batch.emit({1, name + "/" + padded(number)});
        const auto outcome = co_await store.commit(std::move(batch));
        if (!outcome) {
            std::fprintf(stderr, "commit: %s\n", outcome.error().detail.c_str());
            std::exit(1);
        }
        acknowledge('c', writer, number);
    }
}

Task<void> write_loads(ports::Store& store) {
    const auto stored = co_await store.get({kCount, "load", ""});
    for (std::int64_t number = count_of(stored);; ++number) {
        ports::Batch batch;
        for (int i = 0; i < 100; ++i) {
            batch.put({kLoaded, padded(number), std::to_string(i)}, "z");
        }
        batch.add({kCount, "load", ""}, {1, 0, 0, 0});
        const auto outcome = co_await store.load(std::move(batch));
        if (!outcome) {
            std::fprintf(stderr, "load: %s\n", outcome.error().detail.c_str());
            std::exit(1);
        }
        acknowledge('l', 0, number);
    }
}

void run(const char* directory, int writers) {
    SystemClock clock;
    BlockingPool pool(1);
    metrics::Registry registry;
    store::RocksStoreConfig config;
    config.directory = directory;
    config.write_buffer_bytes = 1 << 20;  // small, so that kills also hit flushes and compactions
    auto store = store::RocksStore::open(config, clock, pool, registry);
    if (!store) {
        std::fprintf(
            stderr, "open: %s (%s)\n", store.error().message.c_str(), store.error().detail.c_str()
        );
        std::exit(1);
    }
    boost::asio::io_context context(1);
    for (int writer = 0; writer < writers; ++writer) {
        boost::asio::co_spawn(context, write_commits(**store, writer), boost::asio::detached);
    }
    boost::asio::co_spawn(context, write_loads(**store), boost::asio::detached);
    context.run();
}

}  // namespace

}  // namespace rookery

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    rookery::run(argv[1], std::atoi(argv[2]));
    return 0;
}
