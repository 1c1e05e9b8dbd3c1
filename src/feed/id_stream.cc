#include "feed/id_stream.h"

#include "social/tables.h"

namespace rookery::feed {

namespace tables = social::tables;

ports::Range range_of(Index index, Span span, std::size_t limit) {
    return {
        .table = index.table,
        .partition = std::move(index.partition),
        .from = tables::newest_first(span.below - 1),
        .until = tables::newest_first(span.above),
        .descending = span.upwards,
        .limit = limit,
    };
}

Task<Result<std::vector<ports::Row>>>
scan_index(ports::Store* store, Index index, Span span, std::size_t limit) {
    if (span.below <= span.above + 1 || limit == 0) {
        co_return std::vector<ports::Row>{};
    }
    co_return co_await store->scan(range_of(std::move(index), span, limit));
}

Task<Result<std::vector<std::uint64_t>>>
scan_ids(ports::Store* store, Index index, Span span, std::size_t limit) {
    CO_TRY(const auto rows, co_await scan_index(store, std::move(index), span, limit));
    std::vector<std::uint64_t> ids;
    ids.reserve(rows.size());
    for (const ports::Row& row : rows) {
        ids.push_back(tables::parse_newest_first(row.sort));
    }
    co_return ids;
}

IndexStream::IndexStream(ports::Store& store, Index index, Span span, Accepts accepts)
    : store_(store), index_(std::move(index)), rest_(span), accepts_(std::move(accepts)) {}

Task<Result<std::vector<std::uint64_t>>> IndexStream::next(std::size_t count) {
    std::vector<std::uint64_t> ids;
    while (!ended_ && ids.empty()) {
        CO_TRY(const auto rows, co_await scan_index(&store_, index_, rest_, count));
        ended_ = rows.size() < count;
        for (const ports::Row& row : rows) {
            const std::uint64_t id = tables::parse_newest_first(row.sort);
            (rest_.upwards ? rest_.above : rest_.below) = id;
            if (!accepts_ || accepts_(row.value)) {
                ids.push_back(id);
            }
        }
    }
    co_return ids;
}

}  // namespace rookery::feed
