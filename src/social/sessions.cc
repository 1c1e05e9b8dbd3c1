#include "social/sessions.h"

#include "base/encoding.h"
#include "base/random.h"
#include "social/sessions_codec.h"
#include "social/sessions_state.h"

#include <utility>

namespace rookery::social {

namespace {

Error no_such_token() {
    return fail(ErrorCode::kUnauthenticated, "The access token is invalid");
}

}  // namespace

Sessions::Sessions(Environment environment, SessionLimits limits)
    : state_(std::make_unique<State>(std::move(environment), limits)) {}

Sessions::~Sessions() = default;

Task<Result<SessionPtr>> Sessions::State::load(std::string hash) {
    CO_TRY(const auto row, co_await environment.store.get(token_key(std::move(hash))));
    if (!row) {
        co_return SessionPtr();
    }
    CO_TRY(Session session, decode_session(*row));
    co_return std::make_shared<const Session>(std::move(session));
}

Task<Result<IssuedToken>> Sessions::issue(Session session, std::string token) {
    if (token.empty()) {
        token = secure_random_token();
    }
    session.token_id = TokenId(state_->environment.ids.next());
    session.created_at_ms = state_->environment.clock.now_ms();
    const std::string hash = sha256(token);
    ports::Batch batch;
    batch.expect_absent(token_key(hash));
    batch.put(token_key(hash), encode(session));
    if (session.account) {
        batch.put(account_token_key(session.account, session.token_id), hash);
    } else {
        const UnixMs expiry = session.created_at_ms + state_->limits.app_token_seconds * 1000;
        batch.put(queue_key(tables::kAppTokenQueue, expiry, hash), "");
        CO_CHECK(co_await state_->sweep_app_tokens());
    }
    CO_TRY(
        const bool is_of_app,
        co_await state_->add_app_use(session.client_id, token_use(session.token_id), &batch)
    );
    const auto committed = co_await state_->environment.store.commit(std::move(batch));
    if (!committed && committed.error().code == ErrorCode::kConflict && is_of_app) {
        co_return fail(ErrorCode::kNotFound, "Client is not known");
    }
    if (!committed && committed.error().code == ErrorCode::kConflict) {
        co_return fail(ErrorCode::kConflict, "Token is already in use");
    }
    if (!committed) {
        co_return committed.error();
    }
    co_return IssuedToken{std::move(token), std::make_shared<const Session>(std::move(session))};
}

Task<Result<SessionPtr>> Sessions::authenticate(std::string token) {
    const std::string hash = sha256(token);
    const TokenHash key = token_hash(hash);
    std::shared_ptr<const LiveSession> live;
    auto id = state_->ids_by_hash.find(key);
    if (!id) {
        const auto stamp = state_->ids_by_hash.stamp(key);
        CO_TRY(const SessionPtr found, co_await state_->load(hash));
        if (!found) {
            co_return no_such_token();
        }
        id = found->token_id;
        state_->ids_by_hash.insert(key, *id, stamp);
    }
    if (auto cached = state_->sessions.find(*id)) {
        live = std::move(*cached);
    } else {
        // Read again, now that the id is known whose invalidation must not be missed.
        const auto stamp = state_->sessions.stamp(*id);
        CO_TRY(live, co_await state_->load_live(hash));
        if (!live) {
            co_return no_such_token();
        }
        state_->sessions.insert(*id, live, stamp);
    }
    // A store that takes no writes must not keep people from reading.
    if (state_->note_use(*live)) {
        static_cast<void>(co_await state_->write_use(live, hash));
    }
    co_return SessionPtr(live, &live->session);
}

Task<Result<void>> Sessions::State::revoke(std::string hash, SessionPtr session) {
    ports::Batch batch;
    batch.expect_present(token_key(hash));
    batch.erase(token_key(hash));
    if (session->account) {
        batch.erase(account_token_key(session->account, session->token_id));
    }
    batch.erase(app_use_key(session->client_id, token_use(session->token_id)));
    batch.erase(last_use_key(session->token_id));
    batch.emit(encode(SocialEvent{
        .type = EventType::kTokenRevoked, .actor = session->account, .ref = session->token_id.value
    }));
    const auto committed = co_await environment.store.commit(std::move(batch));
    if (!committed && committed.error().code != ErrorCode::kConflict) {
        co_return committed.error();
    }
    co_return Result<void>();
}

Task<Result<void>> Sessions::revoke(std::string token, std::string client_id) {
    std::string hash = sha256(token);
    CO_TRY(SessionPtr session, co_await state_->load(hash));
    if (!session) {
        co_return Result<void>();
    }
    if (session->client_id != client_id) {
        co_return fail(ErrorCode::kForbidden, "You are not authorized to revoke this token");
    }
    co_return co_await state_->revoke(std::move(hash), std::move(session));
}

Task<Result<void>> Sessions::revoke_by_id(AccountId account, TokenId id) {
    CO_TRY(const auto hash, co_await state_->environment.store.get(account_token_key(account, id)));
    if (!hash) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    CO_TRY(SessionPtr session, co_await state_->load(*hash));
    if (!session) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    co_return co_await state_->revoke(*hash, std::move(session));
}

void Sessions::on_committed(const SocialEvent& event) {
    if (event.type == EventType::kTokenRevoked) {
        state_->sessions.erase(TokenId(event.ref));
    }
}

}  // namespace rookery::social
