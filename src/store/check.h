#pragma once

#include "base/result.h"
#include "ports/store.h"
#include "store/rocks_store_config.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::store {

/// Reads another row while one is checked.
using RowLookup = std::function<std::optional<std::string>(const ports::Key& key)>;

/// What the rooms of meaning know about their rows: an error says what is wrong with this one (it
/// does not parse, the row that it points to is missing). Rows come in the order of keys.
using RowCheck = std::function<
    Result<void>(const ports::Key& key, std::string_view value, const RowLookup& lookup)>;
using EventCheck = std::function<Result<void>(const ports::StoredEvent& event)>;

struct CheckOptions {
    RowCheck check_row;                           ///< may be empty
    EventCheck check_event;                       ///< may be empty
    std::function<void(std::uint64_t)> progress;  ///< rows and events so far; may be empty
    std::size_t problems_max = 100;               ///< more are counted, but not described
};

struct CheckReport {
    std::uint32_t format_version = 0;
    std::uint64_t rows = 0;
    std::uint64_t events = 0;
    ports::EventId first_event = 0;
    ports::EventId last_event = 0;
    std::uint64_t problem_count = 0;
    std::vector<std::string> problems;

    [[nodiscard]] bool healthy() const { return problem_count == 0; }
};

/// Reads a whole data directory, which no process may have open, without changing it: checksums of
/// all files, the format version, that every key parses, that the outbox is ordered, has no gap and
/// every event parses, and what `options` adds. What is wrong stands in the report; an error means
/// that the directory could not be opened at all (kUnavailable: in use; kCorrupt; kNotFound).
[[nodiscard]] Result<CheckReport>
check(const RocksStoreConfig& config, const CheckOptions& options);

}  // namespace rookery::store
