#include "social/row_change.h"

#include <utility>

namespace rookery::social {

namespace {

constexpr int kAttemptsMax = 32;

void expect_as_found(
    ports::Batch& batch,
    const std::vector<WatchedRow>& watched,
    const FoundRows& found
) {
    for (std::size_t i = 0; i < watched.size(); ++i) {
        if (!found[i]) {
            batch.expect_absent(watched[i].key);
        } else if (watched[i].presence_only) {
            batch.expect_present(watched[i].key);
        } else {
            batch.expect_equals(watched[i].key, *found[i]);
        }
    }
}

}  // namespace

Task<Result<void>> change_rows(ports::Store* store, std::vector<WatchedRow> watched, RowPlan plan) {
    std::vector<ports::Key> keys;
    keys.reserve(watched.size());
    for (const WatchedRow& row : watched) {
        keys.push_back(row.key);
    }
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        CO_TRY(const FoundRows found, co_await store->multi_get(keys));
        ports::Batch batch;
        CO_CHECK(plan(found, batch));
        if (batch.empty()) {
            co_return Result<void>{};
        }
        expect_as_found(batch, watched, found);
        auto committed = co_await store->commit(std::move(batch));
        if (committed) {
            co_return Result<void>{};
        }
        if (committed.error().code != ErrorCode::kConflict) {
            co_return std::move(committed).error();
        }
    }
    co_return fail(ErrorCode::kUnavailable, "Too many changes at once, please try again");
}

}  // namespace rookery::social
