#include "notify/pending_batch.h"

namespace rookery::notify {

void PendingBatch::put(ports::Key key, std::string value) {
    changes_[{key.table, key.partition}][key.sort] = value;
    batch_.put(std::move(key), std::move(value));
}

void PendingBatch::erase(ports::Key key) {
    changes_[{key.table, key.partition}][key.sort] = std::nullopt;
    batch_.erase(std::move(key));
}

Task<Result<std::optional<std::string>>> PendingBatch::get(ports::Key key) {
    const auto partition = changes_.find({key.table, key.partition});
    if (partition != changes_.end()) {
        const auto change = partition->second.find(key.sort);
        if (change != partition->second.end()) {
            co_return change->second;
        }
    }
    co_return co_await store_.get(std::move(key));
}

Task<Result<std::vector<ports::Row>>>
PendingBatch::scan(ports::Table table, std::string partition, std::size_t limit) {
    constexpr std::size_t kChunkRows = 1000;
    std::map<std::string, std::string> rows;
    ports::Range range{.table = table, .partition = partition, .limit = kChunkRows};
    while (rows.size() < limit) {
        CO_TRY(auto chunk, co_await store_.scan(range));
        const bool is_last = chunk.size() < kChunkRows;
        for (ports::Row& row : chunk) {
            range.from = row.sort + '\0';
            rows.emplace(std::move(row.sort), std::move(row.value));
        }
        if (is_last) {
            break;
        }
    }
    const auto changes = changes_.find({table, partition});
    if (changes != changes_.end()) {
        for (const auto& [sort, value] : changes->second) {
            rows.erase(sort);
            if (value) {
                rows.emplace(sort, *value);
            }
        }
    }
    std::vector<ports::Row> out;
    out.reserve(rows.size());
    for (auto& [sort, value] : rows) {
        out.push_back({sort, std::move(value)});
    }
    co_return out;
}

}  // namespace rookery::notify
