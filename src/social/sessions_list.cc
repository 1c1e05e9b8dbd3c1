#include "base/encoding.h"
#include "social/sessions.h"
#include "social/sessions_state.h"

#include <iterator>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::size_t kRevokedPerCommit = 200;
/// Once a day is enough to tell a session in use from a forgotten one, and costs next to nothing.
constexpr UnixMs kUseWrittenMs = 24LL * 3'600'000;

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
            CO_TRY(const SessionPtr session, co_await state_->load(row.value));
            if (session) {
                batch.erase(app_use_key(session->client_id, token_use(id)));
            }
            batch.erase(last_use_key(id));
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

Task<Result<std::vector<SessionPtr>>> Sessions::list(AccountId account, std::size_t limit) {
    ports::Range range{
        .table = tables::kTokensByAccount, .partition = tables::id_bytes(account), .limit = limit
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

Task<Result<std::shared_ptr<const LiveSession>>> Sessions::State::load_live(std::string hash) {
    CO_TRY(const SessionPtr session, co_await load(std::move(hash)));
    if (!session) {
        co_return std::shared_ptr<const LiveSession>();
    }
    CO_TRY(const auto row, co_await environment.store.get(last_use_key(session->token_id)));
    auto live = std::make_shared<LiveSession>();
    live->session = *session;
    live->used_at_ms = row ? static_cast<UnixMs>(tables::parse_id_bytes(*row)) : 0;
    live->written_at_ms = live->used_at_ms.load();
    co_return live;
}

bool Sessions::State::note_use(const LiveSession& live) const {
    const UnixMs now_ms = environment.clock.now_ms();
    live.used_at_ms.store(now_ms, std::memory_order_relaxed);
    UnixMs written = live.written_at_ms.load(std::memory_order_relaxed);
    return now_ms - written >= kUseWrittenMs &&
           live.written_at_ms.compare_exchange_strong(written, now_ms);
}

Task<Result<void>>
Sessions::State::write_use(std::shared_ptr<const LiveSession> live, std::string hash) {
    const UnixMs now_ms = live->written_at_ms.load(std::memory_order_relaxed);
    ports::Batch batch;
    batch.expect_present(token_key(std::move(hash)));
    batch.put(
        last_use_key(live->session.token_id), tables::id_bytes(static_cast<std::uint64_t>(now_ms))
    );
    CO_CHECK(co_await environment.store.commit(std::move(batch)));
    co_return Result<void>();
}

Task<Result<std::vector<UnixMs>>> Sessions::last_uses(std::vector<TokenId> ids) {
    std::vector<ports::Key> keys;
    keys.reserve(ids.size());
    for (const TokenId id : ids) {
        keys.push_back(last_use_key(id));
    }
    CO_TRY(const auto rows, co_await state_->environment.store.multi_get(std::move(keys)));
    std::vector<UnixMs> uses(ids.size(), 0);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (const auto live = state_->sessions.find(ids[i])) {
            uses[i] = (*live)->used_at_ms.load(std::memory_order_relaxed);
        } else if (rows[i]) {
            uses[i] = static_cast<UnixMs>(tables::parse_id_bytes(*rows[i]));
        }
    }
    co_return uses;
}

}  // namespace rookery::social
