#include "store/rocks_store.h"

#include "kit/rocks_stores.h"
#include "store/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

namespace rookery::store {
namespace {

using kit::RocksStores;
using ports::Batch;
using testing::HasSubstr;

class RocksStoreMetrics : public RocksStores {
protected:
    [[nodiscard]] double value_of(const std::string& name) {
        const std::string text = registry_.expose();
        const std::size_t begin = text.find("\n" + name + " ");
        return begin == std::string::npos ? -1.0 : std::stod(text.substr(begin + name.size() + 2));
    }
};

TEST_F(RocksStores, RefuseADirectoryThatIsInUse) {
    const auto first = open();
    ASSERT_TRUE(first);
    const auto second = open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
    EXPECT_THAT(second.error().message, HasSubstr("is in use by another process"));
    const auto report = check(config_, {});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::kUnavailable);
}

TEST_F(RocksStores, SayWhyADirectoryCanNotBeMade) {
    std::ofstream(directory_.path() / "file") << "in the way";
    config_.directory = directory_.path() / "file" / "data";
    const auto store = open();
    ASSERT_FALSE(store);
    EXPECT_THAT(store.error().message, HasSubstr("can not be opened"));
}

TEST_F(RocksStores, RemoveWhatAnInterruptedBulkLoadLeft) {
    ASSERT_TRUE(open());
    const auto left = config_.directory / "bulk" / "000001.sst";
    std::filesystem::create_directories(left.parent_path());
    std::ofstream(left) << "half a file";
    ASSERT_TRUE(open());
    EXPECT_FALSE(std::filesystem::exists(left.parent_path()));
}

TEST_F(RocksStores, AcceptATornTailOfTheLog) {
    const auto store = open();
    put(**store, "first");
    put(**store, "second");
    const auto copy = directory_.path() / "copy";
    crash_copy(copy);
    const auto log = log_file(copy);
    std::filesystem::resize_file(log, std::filesystem::file_size(log) - 3);
    config_.directory = copy;
    const auto recovered = open();
    ASSERT_TRUE(recovered) << recovered.error().detail;
    EXPECT_TRUE(has(**recovered, "first"));
    EXPECT_FALSE(has(**recovered, "second"));
    EXPECT_EQ((*recovered)->horizon(), 1U);
}

TEST_F(RocksStores, RefuseALogThatIsDamagedInTheMiddleUnlessToldToDropTheRest) {
    const auto store = open();
    put(**store, "first", std::string(1000, 'a'));
    put(**store, "second", std::string(1000, 'b'));
    put(**store, "third", std::string(1000, 'c'));
    const auto copy = directory_.path() / "copy";
    crash_copy(copy);
    const auto log = log_file(copy);
    {
        std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
        const std::string bytes(
            (std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()
        );
        const auto position = bytes.find(std::string(500, 'b'));
        ASSERT_NE(position, std::string::npos);
        file.clear();
        file.seekp(static_cast<std::streamoff>(position));
        file.put('X');
    }
    config_.directory = copy;
    const auto refused = open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(refused.error().message, HasSubstr("accept_damaged_log"));
    config_.accept_damaged_log = true;
    const auto rescued = open();
    ASSERT_TRUE(rescued) << rescued.error().detail;
    EXPECT_TRUE(has(**rescued, "first"));
    EXPECT_FALSE(has(**rescued, "third"));
}

TEST_F(RocksStores, RefuseCommitsWhenTheQueueIsFull) {
    config_.commit_queue_batches_max = 1;
    const auto store = open();
    std::atomic<int> refused{0};
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 100; ++i) {
                Batch batch;
                batch.put(key(std::to_string(thread * 1000 + i)), "v");
                const auto outcome = kit::run((*store)->commit(std::move(batch)));
                if (!outcome) {
                    EXPECT_EQ(outcome.error().code, ErrorCode::kUnavailable);
                    EXPECT_FALSE(has(**store, std::to_string(thread * 1000 + i)));
                    ++refused;
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_GT(refused, 0);
}

/// As if the disk were full: no file of this process may grow beyond `bytes`.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : former_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &former_);
        const rlimit limit{bytes, former_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &former_);
        (void)std::signal(SIGXFSZ, former_handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    void (*former_handler_)(int);
    rlimit former_{};
};

TEST_F(RocksStores, TakeNoMoreCommitsAfterAFailedWrite) {
    std::size_t heard = 0;
    const auto commit = [](ports::Store& store, const std::string& name) {
        Batch batch;
        batch.put(key(name), std::string(5000, 'x'));
        batch.emit({1, name});
        return kit::run(store.commit(std::move(batch)));
    };
    {
        const auto store = open();
        (*store)->set_commit_listener([&](std::span<const ports::StoredEvent> events) {
            heard += events.size();
        });
        ASSERT_TRUE(commit(**store, "before"));
        {
            const FileSizeLimit full(std::filesystem::file_size(log_file(config_.directory)) + 100);
            const auto failed = commit(**store, "failed");
            ASSERT_FALSE(failed);
            EXPECT_EQ(failed.error().code, ErrorCode::kInternal);
        }
        EXPECT_FALSE(commit(**store, "after")) << "what the disk holds is unknown";
        EXPECT_FALSE(has(**store, "failed"));
        EXPECT_EQ((*store)->horizon(), 1U);
        EXPECT_EQ(heard, 1U);
    }
    const auto store = open();
    ASSERT_TRUE(store) << store.error().detail;
    EXPECT_TRUE(has(**store, "before"));
    EXPECT_FALSE(has(**store, "after"));
    EXPECT_TRUE(commit(**store, "again"));
}

TEST_F(RocksStoreMetrics, TellHowMuchOfTheDiskTheyUse) {
    const auto store = open();
    const double before = value_of("rookery_store_disk_bytes");
    EXPECT_GT(before, 0);
    put(**store, "big", std::string(100'000, 'x'));
    EXPECT_GE(value_of("rookery_store_disk_bytes"), before + 100'000);
}

TEST_F(RocksStoreMetrics, TellHowMuchOfTheBlockCacheIsInUse) {
    {
        const auto store = open();
        put(**store, "big", std::string(10'000, 'x'));
    }
    {
        const auto store = open();
        const double before = value_of("rookery_store_block_cache_bytes");
        EXPECT_EQ(
            value_of("rookery_store_block_cache_capacity_bytes"),
            static_cast<double>(config_.block_cache_bytes)
        );
        EXPECT_TRUE(has(**store, "big"));
        EXPECT_GT(value_of("rookery_store_block_cache_bytes"), before + 10'000);
    }
    EXPECT_EQ(value_of("rookery_store_block_cache_bytes"), 0) << "of a store that is closed";
}

TEST_F(RocksStores, GoToTheDiskOnlyForWhatIsNotInMemory) {
    {
        const auto store = open();
        for (int i = 0; i < 100; ++i) {
            put(**store, std::to_string(i));
        }
    }
    const auto store = open();
    metrics::Counter& hops = registry_.counter("rookery_store_pool_hops_total", "");
    const std::uint64_t before = hops.value();
    EXPECT_TRUE(has(**store, "50"));
    EXPECT_EQ(hops.value(), before + 1);
    EXPECT_TRUE(has(**store, "50"));
    EXPECT_EQ(
        kit::run((*store)->scan({ports::Table{1}, "50", "", "", true, 9})).value().size(), 1U
    );
    EXPECT_EQ(hops.value(), before + 1);
}

}  // namespace
}  // namespace rookery::store
