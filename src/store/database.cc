#include "store/database.h"

#include "base/codec.h"
#include "store/database_options.h"
#include "store/outbox_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

namespace rookery::store {

namespace {

const std::array<std::string, 3> kFamilies{rocksdb::kDefaultColumnFamilyName, "outbox", "meta"};
constexpr std::string_view kTrimmedKey = "trimmed_to";

Error open_error(const rocksdb::Status& status, const RocksStoreConfig& config) {
    const std::string text = status.ToString();
    if (status.IsIOError() && text.find("lock") != std::string::npos) {
        return fail(
            ErrorCode::kUnavailable,
            fmt::format(
                "data directory {} is in use by another process", config.directory.string()
            ),
            text
        );
    }
    if (status.IsCorruption()) {
        return fail(
            ErrorCode::kCorrupt,
            fmt::format(
                "data directory {} is damaged: restore a backup, or open it once with "
                "accept_damaged_log, which drops everything after the damage",
                config.directory.string()
            ),
            text
        );
    }
    return fail(
        ErrorCode::kInternal,
        fmt::format("data directory {} can not be opened: {}", config.directory.string(), text),
        text
    );
}

/// A program that knows more column families wrote here: opening without them is not possible.
Result<void> check_families(const RocksStoreConfig& config) {
    std::vector<std::string> present;
    const rocksdb::Status status =
        rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), config.directory.string(), &present);
    if (!status.ok()) {
        return {};  // no database yet, or one that the open itself will complain about
    }
    for (const std::string& name : present) {
        if (std::ranges::find(kFamilies, name) == kFamilies.end()) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format(
                    "data directory {} has a part \"{}\" that this program does not know: "
                    "start it with a newer version of Rookery",
                    config.directory.string(),
                    name
                )
            );
        }
    }
    return {};
}

}  // namespace

Error to_error(const rocksdb::Status& status, std::string_view doing) {
    const ErrorCode code = status.IsCorruption() ? ErrorCode::kCorrupt : ErrorCode::kInternal;
    return fail(code, "the store failed", fmt::format("{}: {}", doing, status.ToString()));
}

Result<void> to_result(const rocksdb::Status& status, std::string_view doing) {
    if (status.ok()) {
        return {};
    }
    return to_error(status, doing);
}

Result<std::unique_ptr<Database>> Database::open(const RocksStoreConfig& config) {
    return open_as(config, false);
}

Result<std::unique_ptr<Database>> Database::open_read_only(const RocksStoreConfig& config) {
    return open_as(config, true);
}

Result<std::unique_ptr<Database>>
Database::open_as(const RocksStoreConfig& config, bool read_only) {
    std::error_code ignored;
    if (!read_only) {
        std::filesystem::create_directories(config.directory, ignored);
    }
    if (auto known = check_families(config); !known) {
        return std::move(known).error();
    }
    std::unique_ptr<Database> database(new Database);
    database->cache_ = rocksdb::NewLRUCache(config.block_cache_bytes);
    const rocksdb::DBOptions options = database_options(config);
    const std::vector<rocksdb::ColumnFamilyDescriptor> families{
        {kFamilies[0], row_options(config, database->cache_)},
        {kFamilies[1], sequence_options(config, database->cache_)},
        {kFamilies[2], sequence_options(config, database->cache_)},
    };
    const std::string path = config.directory.string();
    rocksdb::Env* const env = rocksdb::Env::Default();
    rocksdb::DB* db = nullptr;
    rocksdb::Status status;
    if (read_only) {
        // RocksDB takes no lock to read, but files would vanish under a reader while the server
        // runs.
        status = env->LockFile(path + "/LOCK", &database->lock_);
        if (status.ok()) {
            status =
                rocksdb::DB::OpenForReadOnly(options, path, families, &database->families_, &db);
        }
    } else {
        env->LowerThreadPoolCPUPriority(rocksdb::Env::LOW);
        status = rocksdb::DB::Open(options, path, families, &database->families_, &db);
    }
    if (!status.ok()) {
        return open_error(status, config);
    }
    database->db_.reset(db);
    return database;
}

Database::~Database() {
    for (rocksdb::ColumnFamilyHandle* family : families_) {
        db_->DestroyColumnFamilyHandle(family);
    }
    db_.reset();
    if (lock_ != nullptr) {
        rocksdb::Env::Default()->UnlockFile(lock_);
    }
}

Result<void> Database::write_out() const {
    return to_result(db_->Flush(rocksdb::FlushOptions(), families_), "writing out");
}

Result<ports::EventId> Database::read_trimmed_to() const {
    std::string bytes;
    const rocksdb::Status status =
        db_->Get(rocksdb::ReadOptions(), meta(), rocksdb::Slice(kTrimmedKey), &bytes);
    if (status.IsNotFound()) {
        return 0;
    }
    if (!status.ok()) {
        return to_error(status, "reading where the outbox begins");
    }
    return decode_event_key(bytes);
}

Result<ports::EventId> Database::read_last_event() const {
    const std::unique_ptr<rocksdb::Iterator> events(
        db_->NewIterator(rocksdb::ReadOptions(), outbox())
    );
    events->SeekToLast();
    if (events->Valid()) {
        return decode_event_key({events->key().data(), events->key().size()});
    }
    if (!events->status().ok()) {
        return to_error(events->status(), "reading the outbox");
    }
    return read_trimmed_to();
}

Result<void> Database::trim_events(ports::EventId up_to) const {
    rocksdb::WriteBatch batch;
    batch.DeleteRange(outbox(), encode_event_key(0), encode_event_key(up_to + 1));
    batch.Put(meta(), rocksdb::Slice(kTrimmedKey), encode_event_key(up_to));
    return to_result(db_->Write(rocksdb::WriteOptions(), &batch), "trimming the outbox");
}

}  // namespace rookery::store
