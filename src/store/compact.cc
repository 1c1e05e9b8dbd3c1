#include "store/compact.h"

#include "store/database.h"

#include <rocksdb/db.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <string>

namespace rookery::store {

namespace {

/// A table's number is the first byte of its rows' keys.
constexpr std::size_t kTables = 256;

struct Slice {
    std::string from;
    std::string until;  ///< empty: the end
    std::uint64_t bytes = 0;
};

Result<std::array<Slice, kTables>> slices_of(const Database& database) {
    std::array<Slice, kTables> slices;
    for (std::size_t table = 0; table < kTables; ++table) {
        Slice& slice = slices[table];
        slice.from = std::string(1, static_cast<char>(table));
        slice.until = table + 1 < kTables ? std::string(1, static_cast<char>(table + 1))
                                          : std::string(8, static_cast<char>(0xff));
        const rocksdb::Range range(slice.from, slice.until);
        const rocksdb::Status status = database.db().GetApproximateSizes(
            rocksdb::SizeApproximationOptions(), database.rows(), &range, 1, &slice.bytes
        );
        if (!status.ok()) {
            return to_error(status, "measuring tables");
        }
    }
    return slices;
}

}  // namespace

Result<void> compact(const RocksStoreConfig& config, const CompactProgress& progress) {
    TRY(const auto database, Database::open(config));
    TRY(const auto slices, slices_of(*database));
    const std::uint64_t all = std::max<std::uint64_t>(
        1,
        std::accumulate(
            slices.begin(),
            slices.end(),
            std::uint64_t{0},
            [](std::uint64_t sum, const Slice& slice) { return sum + slice.bytes; }
        )
    );
    rocksdb::CompactRangeOptions options;
    options.max_subcompactions =
        static_cast<std::uint32_t>(std::max(1, config.background_jobs_max));
    std::uint64_t done = 0;
    for (const Slice& slice : slices) {
        const rocksdb::Slice from(slice.from);
        const rocksdb::Slice until(slice.until);
        const rocksdb::Status status =
            database->db().CompactRange(options, database->rows(), &from, &until);
        if (!status.ok()) {
            return to_error(status, "putting rows in order");
        }
        done += slice.bytes;
        if (progress && slice.bytes > 0) {
            progress(done, all);
        }
    }
    if (progress) {
        progress(all, all);
    }
    return {};
}

}  // namespace rookery::store
