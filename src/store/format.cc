#include "store/format.h"

#include "base/codec.h"
#include "base/log.h"
#include "store/database.h"

#include <fmt/format.h>

namespace rookery::store {

namespace {

constexpr std::string_view kVersionKey = "format_version";

std::string encode_version(std::uint32_t version) {
    std::string bytes;
    ByteWriter(bytes).varint(version);
    return bytes;
}

Result<void> write_last(Database& database, rocksdb::WriteBatch& last, std::uint32_t version) {
    last.Put(database.meta(), rocksdb::Slice(kVersionKey), encode_version(version));
    rocksdb::WriteOptions options;
    options.sync = true;
    return to_result(database.db().Write(options, &last), "writing the format version");
}

bool is_empty(const Database& database) {
    for (rocksdb::ColumnFamilyHandle* family : {database.rows(), database.outbox()}) {
        const std::unique_ptr<rocksdb::Iterator> rows(
            database.db().NewIterator(rocksdb::ReadOptions(), family)
        );
        rows->SeekToFirst();
        if (rows->Valid() || !rows->status().ok()) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::span<const FormatMigration> format_migrations() {
    return {};
}

std::uint32_t format_version_after(std::span<const FormatMigration> migrations) {
    return migrations.empty() ? 1 : migrations.back().from + 1;
}

Result<std::uint32_t> read_format_version(const Database& database) {
    std::string bytes;
    const rocksdb::Status status = database.db().Get(
        rocksdb::ReadOptions(), database.meta(), rocksdb::Slice(kVersionKey), &bytes
    );
    if (status.IsNotFound()) {
        if (is_empty(database)) {
            return 0;
        }
        return fail(ErrorCode::kCorrupt, "the data directory has rows but no format version");
    }
    if (!status.ok()) {
        return to_error(status, "reading the format version");
    }
    ByteReader reader(bytes);
    const auto version = static_cast<std::uint32_t>(reader.varint());
    if (!reader.complete() || version == 0) {
        return fail(ErrorCode::kCorrupt, "the format version of the data directory does not parse");
    }
    return version;
}

Result<void> bring_up_to_date(Database& database, std::span<const FormatMigration> migrations) {
    const std::uint32_t current = format_version_after(migrations);
    TRY(std::uint32_t version, read_format_version(database));
    if (version == 0) {
        rocksdb::WriteBatch stamp;
        return write_last(database, stamp, current);
    }
    if (version > current) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format(
                "the data directory has format {}, this program knows formats up to {}: "
                "start it with a newer version of Rookery",
                version,
                current
            )
        );
    }
    for (const FormatMigration& migration : migrations) {
        if (migration.from != version) {
            continue;
        }
        log::info(
            "migrating the data directory",
            {{"from", version}, {"to", version + 1}, {"what", migration.what}}
        );
        rocksdb::WriteBatch last;
        if (auto done = migration.run(database, last); !done) {
            return done;
        }
        ++version;
        if (auto written = write_last(database, last, version); !written) {
            return written;
        }
    }
    if (version != current) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format("no way is known from format {} of the data directory", version)
        );
    }
    return {};
}

}  // namespace rookery::store
