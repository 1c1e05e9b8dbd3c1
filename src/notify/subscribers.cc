#include "notify/subscribers.h"

#include "social/follows.h"
#include "social/tables.h"

namespace rookery::notify {

namespace tables = social::tables;

Task<Result<void>> Subscribers::follow_changed(AccountId follower, AccountId author) {
    const ports::Key edge{
        tables::kFollows,
        tables::id_bytes(follower),
        tables::id_bytes(author),
    };
    const ports::Key row{
        tables::kPostSubscribers,
        tables::id_bytes(author),
        tables::id_bytes(follower),
    };
    CO_TRY(const auto bytes, co_await pending_.get(edge));
    bool wants_posts = false;
    if (bytes) {
        CO_TRY(const auto follow, social::decode_follow(*bytes));
        wants_posts = follow.notify;
    }
    CO_TRY(const auto present, co_await pending_.get(row));
    if (wants_posts && !present) {
        pending_.put(row, "");
    } else if (!wants_posts && present) {
        pending_.erase(row);
    }
    co_return Result<void>{};
}

Task<Result<std::vector<AccountId>>> Subscribers::of(AccountId author, std::size_t limit) {
    CO_TRY(
        const auto rows,
        co_await pending_.scan(tables::kPostSubscribers, tables::id_bytes(author), limit)
    );
    std::vector<AccountId> out;
    for (const ports::Row& row : rows) {
        if (out.size() == limit) {
            break;
        }
        out.emplace_back(tables::parse_id_bytes(row.sort));
    }
    co_return out;
}

}  // namespace rookery::notify
