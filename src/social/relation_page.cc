#include "social/relation_page.h"

#include "social/tables.h"

#include <algorithm>

namespace rookery::social {

ports::Range page_range(ports::Table table, std::string partition, const PageRequest& page) {
    ports::Range range{.table = table, .partition = std::move(partition), .limit = page.limit};
    if (page.max_id != 0) {
        range.from = tables::newest_first(page.max_id - 1);
    }
    const std::uint64_t floor = std::max(page.since_id, page.min_id);
    if (floor != 0) {
        range.until = tables::newest_first(floor);
    }
    range.descending = page.min_id != 0;
    return range;
}

Task<Result<std::vector<RelationRow>>>
relation_page(ports::Store* store, ports::Table table, std::string partition, PageRequest page) {
    std::vector<RelationRow> entries;
    const ports::Range range = page_range(table, std::move(partition), page);
    const bool is_empty = !range.until.empty() && range.from >= range.until;
    if (page.limit == 0 || is_empty) {
        co_return entries;
    }
    CO_TRY(const auto rows, co_await store->scan(range));
    entries.reserve(rows.size());
    for (const ports::Row& row : rows) {
        const RelationRow entry{
            .relation = tables::parse_newest_first(row.sort),
            .other = tables::parse_id_bytes(row.value),
        };
        if (row.sort.size() != sizeof(std::uint64_t) || row.value.size() != sizeof(std::uint64_t)) {
            co_return fail(ErrorCode::kCorrupt, "stored relation does not parse");
        }
        entries.push_back(entry);
    }
    if (range.descending) {
        std::ranges::reverse(entries);
    }
    co_return entries;
}

}  // namespace rookery::social
