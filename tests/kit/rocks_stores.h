#pragma once

#include "kit/manual_clock.h"
#include "kit/task_driver.h"
#include "kit/temporary_directory.h"
#include "store/format.h"
#include "store/rocks_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace rookery::kit {

/// A data directory of its own for each test, opened and closed as the test likes.
class RocksStores : public testing::Test {
protected:
    RocksStores() { config_.directory = directory_.path() / "data"; }

    Result<std::unique_ptr<store::RocksStore>> open(
        std::span<const store::FormatMigration> migrations = {}
    ) {
        return store::RocksStore::open(config_, clock_, pool_, registry_, migrations);
    }
    static ports::Key key(std::string partition) {
        return {ports::Table{1}, std::move(partition), ""};
    }
    static void put(ports::Store& opened, const std::string& partition, std::string value = "v") {
        ports::Batch batch;
        batch.put(key(partition), std::move(value));
        batch.emit({1, partition});
        ASSERT_TRUE(run(opened.commit(std::move(batch))));
    }
    static bool has(ports::Store& opened, const std::string& partition) {
        return run(opened.get(key(partition))).value().has_value();
    }
    /// Copies the directory of an open store: what a kill at this moment would leave.
    void crash_copy(const std::filesystem::path& to) {
        std::filesystem::remove_all(to);
        std::filesystem::copy(config_.directory, to, std::filesystem::copy_options::recursive);
    }
    /// The newest log file that holds anything.
    static std::filesystem::path log_file(const std::filesystem::path& directory) {
        std::filesystem::path newest;
        for (const auto& entry : std::filesystem::directory_iterator(directory)) {
            if (entry.path().extension() == ".log" && entry.file_size() > 0 &&
                (newest.empty() || entry.path() > newest)) {
                newest = entry.path();
            }
        }
        return newest;
    }

    TemporaryDirectory directory_;
    ManualClock clock_;
    BlockingPool pool_{2};
    metrics::Registry registry_;
    store::RocksStoreConfig config_;
};

}  // namespace rookery::kit
