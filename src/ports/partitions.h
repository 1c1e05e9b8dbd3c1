#pragma once

#include "base/result.h"
#include "base/task.h"
#include "ports/store.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rookery::ports {

/// What the partitions of a store's tables are called: for upkeep in the background that must know
/// all of them. Requests find theirs by name. Thread-safe, like the store.
class Partitions {
public:
    virtual ~Partitions() = default;

    /// Names of partitions that have a row: the first `limit` of the table or, in an order of the
    /// store's own that never changes, those behind `after`, which need not be there any more. None
    /// is left out that was there all the time. Costs a look for each name, however many rows it
    /// has.
    [[nodiscard]] virtual Task<Result<std::vector<std::string>>>
    partitions(Table table, std::optional<std::string> after, std::size_t limit) = 0;
};

}  // namespace rookery::ports
