#include "base/blocking_pool.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/random.h"
#include "kit/task_driver.h"
#include "kit/temporary_directory.h"
#include "store/rocks_store.h"

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <map>
#include <string>

namespace rookery {

namespace {

const ports::Table kLeft{1};
const ports::Table kRight{2};
const ports::Table kCount{3};
const ports::Table kLoaded{4};
constexpr int kWriters = 8;
constexpr int kKills = 25;

/// The highest number acknowledged by each writer; numbers are given in order, so all below count.
struct Acknowledged {
    std::map<int, std::int64_t> commits;
    std::int64_t loads = -1;
    int lines = 0;
};

/// Starts a writer, reads `lines` acknowledgements, kills it and reads what is left in the pipe.
void write_and_kill(const std::string& directory, int lines, Acknowledged& so_far) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, pipe[0]);
    std::string program = STORE_WRITER;
    std::string directory_argument = directory;
    std::string writers_argument = std::to_string(kWriters);
    std::array<char*, 4> arguments{
        program.data(), directory_argument.data(), writers_argument.data(), nullptr
    };
    pid_t child = 0;
    ASSERT_EQ(posix_spawn(&child, STORE_WRITER, &actions, nullptr, arguments.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);

    std::FILE* const acknowledgements = ::fdopen(pipe[0], "r");
    char kind = 0;
    int writer = 0;
    long long number = 0;
    for (int line = 0; std::fscanf(acknowledgements, " %c %d %lld", &kind, &writer, &number) == 3;
         ++line) {
        if (line == lines) {
            ::kill(child, SIGKILL);
        }
        (kind == 'c' ? so_far.commits[writer] : so_far.loads) = number;
        ++so_far.lines;
    }
    std::fclose(acknowledgements);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself with " << status;
}

std::vector<ports::Row> rows_of(ports::Store& store, ports::Table table, std::string partition) {
    return kit::run(store.scan({table, std::move(partition), "", "", false, 10'000'000})).value();
}

std::int64_t count_of(ports::Store& store, std::string name) {
    const auto row = kit::run(store.get({kCount, std::move(name), ""})).value();
    return row ? ports::decode_counters(*row).value()[0] : 0;
}

void check(ports::Store& store, const Acknowledged& acknowledged) {
    std::size_t rows = 0;
    for (int writer = 0; writer < kWriters; ++writer) {
        const std::string name = std::to_string(writer);
        const auto left = rows_of(store, kLeft, name);
        const auto right = rows_of(store, kRight, name);
        rows += left.size();
        ASSERT_EQ(left.size(), right.size()) << "half a batch of writer " << writer;
        ASSERT_EQ(static_cast<std::int64_t>(left.size()), count_of(store, name));
        const auto newest = acknowledged.commits.find(writer);
        if (newest != acknowledged.commits.end()) {
            ASSERT_GT(static_cast<std::int64_t>(left.size()), newest->second)
                << "an acknowledged commit of writer " << writer << " is gone";
        }
    }
    const auto events = kit::run(store.read_events(0, 10'000'000)).value();
    ASSERT_EQ(events.size(), rows);
    for (std::size_t i = 0; i < events.size(); ++i) {
        ASSERT_EQ(events[i].id, i + 1);
    }
    const std::int64_t loads = count_of(store, "load");
    ASSERT_GT(loads, acknowledged.loads);
    for (const std::int64_t number : {loads - 1, loads}) {
        const auto loaded = rows_of(store, kLoaded, fmt::format("{:010}", number));
        ASSERT_EQ(loaded.size(), number < loads ? 100U : 0U) << "half a load";
    }
}

}  // namespace

TEST(RocksStoreUnderKill, KeepsWhatItAcknowledgedAndNoHalfBatch) {
    const kit::TemporaryDirectory directory;
    const std::string data = (directory.path() / "data").string();
    Random random(20'260'101);
    Acknowledged acknowledged;
    for (int kill = 0; kill < kKills; ++kill) {
        write_and_kill(data, static_cast<int>(random.below(3000)), acknowledged);
        if (testing::Test::HasFatalFailure()) {
            return;
        }
        SystemClock clock;
        BlockingPool pool(1);
        metrics::Registry registry;
        store::RocksStoreConfig config;
        config.directory = data;
        auto store = store::RocksStore::open(config, clock, pool, registry);
        ASSERT_TRUE(store) << store.error().message << store.error().detail;
        check(**store, acknowledged);
        if (testing::Test::HasFatalFailure()) {
            return;
        }
    }
    std::printf("%d kills, %d acknowledgements, all kept\n", kKills, acknowledged.lines);
}

}  // namespace rookery
