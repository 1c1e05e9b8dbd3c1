#pragma once

#include "base/result.h"
#include "ports/store.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace rookery::store {

/// How far a read may go.
enum class Reach : std::uint8_t {
    kMemory,  ///< memtables and block cache: never blocks
    kDisk,
};

/// Reads of an open database, on the calling thread. With Reach::kMemory the answer may be
/// std::nullopt: not to be had without the disk. Thread-safe; `database` must outlive it.
class RowReader {
public:
    explicit RowReader(const Database& database) : database_(database) {}

    template <class T>
    using Read = std::optional<Result<T>>;

    [[nodiscard]] Read<std::optional<std::string>> get(std::string_view encoded_key, Reach reach)
        const;

    [[nodiscard]] Read<std::vector<std::optional<std::string>>>
    multi_get(const std::vector<ports::Key>& keys, Reach reach) const;

    [[nodiscard]] Read<std::vector<ports::Row>> scan(const ports::Range& range, Reach reach) const;

    /// As many scans with one iterator. `found` has the answers to the first ranges already and
    /// gets further ones, also when the answer is std::nullopt; the value is what it then holds.
    [[nodiscard]] Read<std::vector<std::vector<ports::Row>>> scan_many(
        const std::vector<ports::Range>& ranges,
        Reach reach,
        std::vector<std::vector<ports::Row>>& found
    ) const;

    /// The first `limit` partitions of the table, or those behind `after`, in the order of keys.
    [[nodiscard]] Read<std::vector<std::string>> partitions(
        ports::Table table,
        const std::optional<std::string>& after,
        std::size_t limit,
        Reach reach
    ) const;

    /// Events with after < id <= until.
    [[nodiscard]] Read<std::vector<ports::StoredEvent>>
    events(ports::EventId after, ports::EventId until, std::size_t limit, Reach reach) const;

private:
    const Database& database_;
};

}  // namespace rookery::store
