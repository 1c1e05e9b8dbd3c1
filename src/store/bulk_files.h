#pragma once

#include "base/blocking_pool.h"
#include "ports/bulk_load.h"
#include "store/database.h"
#include "store/rocks_store_config.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace rookery::store {

/// Where the files of a bulk load lie until they are taken into the database: beside its own files,
/// so that taking them in is a link.
[[nodiscard]] std::filesystem::path bulk_directory(const RocksStoreConfig& config);

/// True if no row of the table exists.
[[nodiscard]] Result<bool> is_empty_table(const Database& database, ports::Table table);

/// A bulk load into RocksDB: each run becomes table files, written past the log and the memory
/// tables; finish() takes them all into the database with one write of its manifest. What an
/// interrupted load leaves in bulk_directory() is removed at the next opening.
class BulkFiles final : public ports::BulkLoad {
public:
    struct Run {
        std::string first_key;
        std::string last_key;
        std::vector<std::string> files;
    };

    /// `ended` is called by the destructor.
    BulkFiles(
        const RocksStoreConfig& config,
        const Database& database,
        BlockingPool& pool,
        std::function<void()> ended
    );
    ~BulkFiles() override;
    BulkFiles(const BulkFiles&) = delete;
    BulkFiles& operator=(const BulkFiles&) = delete;

    [[nodiscard]] Result<std::unique_ptr<ports::BulkWriter>> writer() override;
    [[nodiscard]] Task<Result<void>> finish() override;

private:
    class Writer;

    [[nodiscard]] std::string next_file();
    void add(Run run);
    [[nodiscard]] Result<void> ingest();

    const RocksStoreConfig& config_;
    const Database& database_;
    BlockingPool& pool_;
    std::function<void()> ended_;
    std::mutex mutex_;
    std::vector<Run> runs_;       // guarded by mutex_
    std::size_t files_made_ = 0;  // guarded by mutex_
};

}  // namespace rookery::store
