#include "store/bulk_files.h"

#include "store/database_options.h"
#include "store/key_codec.h"

#include <fmt/format.h>
#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace rookery::store {

namespace {

/// As large as the files that compactions make of the lowest level.
constexpr std::uint64_t kFileBytes = std::uint64_t{64} << 20;

}  // namespace

std::filesystem::path bulk_directory(const RocksStoreConfig& config) {
    return config.directory / "bulk";
}

Result<bool> is_empty_table(const Database& database, ports::Table table) {
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    const std::string from(1, static_cast<char>(table));
    const std::unique_ptr<rocksdb::Iterator> rows(
        database.db().NewIterator(options, database.rows())
    );
    rows->Seek(from);
    if (!rows->status().ok()) {
        return to_error(rows->status(), "looking for rows of a table");
    }
    return !rows->Valid() || !rows->key().starts_with(from);
}

class BulkFiles::Writer final : public ports::BulkWriter {
public:
    explicit Writer(BulkFiles& load) : load_(load) {}

    Result<void> put(const ports::KeyView& key, std::string_view value) override {
        if (auto ready = next_row(key); !ready) {
            return ready;
        }
        return to_result(
            file_->Put(key_, rocksdb::Slice(value.data(), value.size())), "writing a bulk load"
        );
    }

    Result<void> add(const ports::KeyView& key, const ports::Counters& delta) override {
        if (auto ready = next_row(key); !ready) {
            return ready;
        }
        return to_result(file_->Merge(key_, ports::encode_counters(delta)), "writing a bulk load");
    }

    Result<void> close() override {
        if (auto ended = end_file(); !ended) {
            return ended;
        }
        if (!run_.files.empty()) {
            run_.last_key = std::move(key_);
            load_.add(std::move(run_));
        }
        return {};
    }

private:
    /// Sees to it that there is a file, and puts the row's encoded key into key_.
    Result<void> next_row(const ports::KeyView& key) {
        if (key.partition.size() > ports::kPartitionBytesMax) {
            return fail(ErrorCode::kInvalid, "partition of a row is over 255 bytes");
        }
        next_key_.clear();
        next_key_.push_back(static_cast<char>(key.table));
        next_key_.push_back(static_cast<char>(static_cast<std::uint8_t>(key.partition.size())));
        next_key_.append(key.partition).append(key.sort);
        if (!key_.empty() && next_key_ <= key_) {
            return fail(ErrorCode::kInvalid, "rows of a bulk load must rise by key");
        }
        std::swap(key_, next_key_);
        if (file_ && file_->FileSize() >= kFileBytes) {
            if (auto ended = end_file(); !ended) {
                return ended;
            }
        }
        return file_ ? Result<void>() : begin_file();
    }

    Result<void> begin_file() {
        if (run_.files.empty()) {
            run_.first_key = key_;
        }
        run_.files.push_back(load_.next_file());
        const Database& database = load_.database_;
        const rocksdb::Options options(
            database_options(load_.config_), row_options(load_.config_, database.block_cache())
        );
        file_ = std::make_unique<rocksdb::SstFileWriter>(
            rocksdb::EnvOptions(), options, database.rows()
        );
        return to_result(file_->Open(run_.files.back()), "beginning a file of a bulk load");
    }

    Result<void> end_file() {
        if (!file_) {
            return {};
        }
        const rocksdb::Status status = file_->Finish();  // which syncs it
        file_.reset();
        return to_result(status, "ending a file of a bulk load");
    }

    BulkFiles& load_;
    std::unique_ptr<rocksdb::SstFileWriter> file_;
    Run run_;
    std::string key_;
    std::string next_key_;
};

BulkFiles::BulkFiles(
    const RocksStoreConfig& config,
    const Database& database,
    BlockingPool& pool,
    std::function<void()> ended
)
    : config_(config), database_(database), pool_(pool), ended_(std::move(ended)) {}

BulkFiles::~BulkFiles() {
    std::error_code ignored;
    std::filesystem::remove_all(bulk_directory(config_), ignored);
    ended_();
}

Result<std::unique_ptr<ports::BulkWriter>> BulkFiles::writer() {
    std::error_code error;
    std::filesystem::create_directories(bulk_directory(config_), error);
    if (error) {
        return fail(ErrorCode::kInternal, "the store failed", "bulk load: " + error.message());
    }
    return std::unique_ptr<ports::BulkWriter>(std::make_unique<Writer>(*this));
}

std::string BulkFiles::next_file() {
    const std::lock_guard lock(mutex_);
    return bulk_directory(config_) / fmt::format("{:06}.sst", ++files_made_);
}

void BulkFiles::add(Run run) {
    const std::lock_guard lock(mutex_);
    runs_.push_back(std::move(run));
}

Task<Result<void>> BulkFiles::finish() {
    Result<void> ingested = co_await pool_.run([this] { return ingest(); });
    co_return ingested;
}

Result<void> BulkFiles::ingest() {
    const std::lock_guard lock(mutex_);
    std::ranges::sort(runs_, {}, &Run::first_key);
    std::vector<std::string> files;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (i > 0 && runs_[i].first_key <= runs_[i - 1].last_key) {
            return fail(ErrorCode::kInvalid, "runs of a bulk load must not overlap");
        }
        files.insert(files.end(), runs_[i].files.begin(), runs_[i].files.end());
    }
    if (files.empty()) {
        return {};
    }
    rocksdb::IngestExternalFileOptions options;
    options.move_files = true;
    options.write_global_seqno = false;  // it stands in the manifest
    return to_result(
        database_.db().IngestExternalFile(database_.rows(), files, options), "taking in a bulk load"
    );
}

}  // namespace rookery::store
