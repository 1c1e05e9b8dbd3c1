#pragma once

#include "base/result.h"
#include "ports/store.h"
#include "store/rocks_store_config.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/status.h>

#include <memory>
#include <string_view>
#include <vector>

namespace rookery::store {

/// kCorrupt or kInternal, with RocksDB's own words as the detail.
[[nodiscard]] Error to_error(const rocksdb::Status& status, std::string_view doing);
[[nodiscard]] Result<void> to_result(const rocksdb::Status& status, std::string_view doing);

/// An open RocksDB directory: its three column families and how each is tuned. Thread-safe, as
/// RocksDB is. Closing it (the destructor) releases the directory's lock.
class Database {
public:
    /// Opens or creates `config.directory`. kUnavailable if another process, or this one, has it
    /// open; kCorrupt if its files or its log are damaged; kInvalid if it has parts that this
    /// program does not know.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const RocksStoreConfig& config);

    /// Opens it for reading only, without changing a byte; takes the same lock.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open_read_only(
        const RocksStoreConfig& config
    );

    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    [[nodiscard]] rocksdb::DB& db() const { return *db_; }
    /// Rows of all tables: docs/formats/keys.md.
    [[nodiscard]] rocksdb::ColumnFamilyHandle* rows() const { return families_[0]; }
    /// Events by id: docs/formats/events.md.
    [[nodiscard]] rocksdb::ColumnFamilyHandle* outbox() const { return families_[1]; }
    /// What the store knows about itself: format version, where the outbox begins.
    [[nodiscard]] rocksdb::ColumnFamilyHandle* meta() const { return families_[2]; }

    [[nodiscard]] const std::shared_ptr<rocksdb::Cache>& block_cache() const { return cache_; }

    /// Writes what is in memory to table files, so that the next start has no log to read.
    [[nodiscard]] Result<void> write_out() const;

    /// Events up to this id were trimmed; 0 if none were.
    [[nodiscard]] Result<ports::EventId> read_trimmed_to() const;
    /// The id of the newest event ever stored, or 0.
    [[nodiscard]] Result<ports::EventId> read_last_event() const;
    /// Removes events up to `up_to` and remembers that, in one write.
    [[nodiscard]] Result<void> trim_events(ports::EventId up_to) const;

private:
    Database() = default;
    [[nodiscard]] static Result<std::unique_ptr<Database>>
    open_as(const RocksStoreConfig& config, bool read_only);

    std::shared_ptr<rocksdb::Cache> cache_;
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> families_;  // owned by db_ until destroyed
    rocksdb::FileLock* lock_ = nullptr;                   // only when opened for reading only
};

}  // namespace rookery::store
