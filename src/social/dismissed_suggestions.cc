#include "social/dismissed_suggestions.h"

#include "social/tables.h"

#include <utility>

namespace rookery::social {

Task<Result<void>> DismissedSuggestions::add(AccountId account, AccountId dismissed) const {
    ports::Batch batch;
    batch.put(
        {tables::kDismissedSuggestions, tables::id_bytes(account), tables::id_bytes(dismissed)}, ""
    );
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return Result<void>();
}

Task<Result<std::vector<AccountId>>> DismissedSuggestions::of(AccountId account) const {
    ports::Range range{
        .table = tables::kDismissedSuggestions,
        .partition = tables::id_bytes(account),
        .limit = kReadMax
    };
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    std::vector<AccountId> ids;
    ids.reserve(rows.size());
    for (const ports::Row& row : rows) {
        ids.emplace_back(tables::parse_id_bytes(row.sort));
    }
    co_return ids;
}

}  // namespace rookery::social
