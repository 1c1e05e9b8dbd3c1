#include "base/encoding.h"
#include "social/sessions.h"
#include "social/sessions_state.h"

#include <iterator>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::size_t kRevokedPerCommit = 200;
/// Old sessions of an account with more than these are still revoked by revoke_all().
constexpr std::size_t kListedMax = 1000;

}  // namespace

Task<Result<void>> Sessions::revoke_all(AccountId account) {
    // Sessions that begin from now on are not meant: without this bound an eager client could keep
    // the loop going for ever.
    const std::uint64_t newest = state_->environment.ids.next();
    ports::Range range{
        .table = tables::kTokensByAccount,
        .partition = tables::id_bytes(account),
        .from = tables::newest_first(newest),
        .limit = kRevokedPerCommit
    };
    bool is_last = false;
    while (!is_last) {
        CO_TRY(const auto rows, co_await state_->environment.store.scan(range));
        is_last = rows.size() < range.limit;
        ports::Batch batch;
        for (const ports::Row& row : rows) {
            const TokenId id(tables::parse_newest_first(row.sort));
            batch.erase(token_key(row.value));
            batch.erase(account_token_key(account, id));
            batch.emit(encode(
                SocialEvent{.type = EventType::kTokenRevoked, .actor = account, .ref = id.value}
            ));
        }
        if (!batch.empty()) {
            CO_CHECK(co_await state_->environment.store.commit(std::move(batch)));
        }
    }
    co_return Result<void>();
}

Task<Result<std::vector<SessionPtr>>> Sessions::list(AccountId account) {
    ports::Range range{
        .table = tables::kTokensByAccount,
        .partition = tables::id_bytes(account),
        .limit = kListedMax
    };
    CO_TRY(const auto rows, co_await state_->environment.store.scan(std::move(range)));
    std::vector<SessionPtr> sessions;
    sessions.reserve(rows.size());
    for (const ports::Row& row : rows) {
        CO_TRY(SessionPtr session, co_await state_->load(row.value));
        if (session) {
            sessions.push_back(std::move(session));
        }
    }
    co_return sessions;
}

}  // namespace rookery::social
