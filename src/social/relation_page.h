#pragma once

#include "base/task.h"
#include "ports/store.h"
#include "social/paging.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rookery::social {

/// The slice of a partition with sort keys made by tables::newest_first that a page asks for: one
/// bounded scan, whatever the size of the list. With `min_id` it runs from the far end, and the
/// rows come oldest first.
[[nodiscard]] ports::Range
page_range(ports::Table table, std::string partition, const PageRequest& page);

/// An entry of a list "~relation id → other id".
struct RelationRow {
    std::uint64_t relation = 0;
    std::uint64_t other = 0;
};

/// One page of such a list, newest relation first. kCorrupt if a row is not of that shape.
[[nodiscard]] Task<Result<std::vector<RelationRow>>>
relation_page(ports::Store* store, ports::Table table, std::string partition, PageRequest page);

}  // namespace rookery::social
