#pragma once

#include "base/result.h"

#include <rocksdb/db.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace rookery::store {

class Database;

/// One step of the on-disk format, from version `from` to the next. `run` may be begun again after
/// a crash: what it writes by itself must bear repetition; what it puts into `last` becomes visible
/// together with the new version number.
struct FormatMigration {
    std::uint32_t from;
    std::string_view what;  ///< for the log, e.g. "split the posts by author"
    std::function<Result<void>(Database& database, rocksdb::WriteBatch& last)> run;
};

/// The steps that this program knows: one for each version before the current one, in order.
[[nodiscard]] std::span<const FormatMigration> format_migrations();

/// The version that a table of migrations leads to: 1 if it is empty.
[[nodiscard]] std::uint32_t format_version_after(std::span<const FormatMigration> migrations);

/// The version of an open database; kCorrupt if it holds rows but no version.
/// 0 means that it is new and empty.
[[nodiscard]] Result<std::uint32_t> read_format_version(const Database& database);

/// Brings an open database to the current version: a new one is stamped, an older one migrated
/// step by step, a newer one refused with kInvalid.
[[nodiscard]] Result<void>
bring_up_to_date(Database& database, std::span<const FormatMigration> migrations);

}  // namespace rookery::store
