#include "base/encoding.h"
#include "base/random.h"
#include "social/sessions.h"
#include "social/sessions_codec.h"
#include "social/sessions_state.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

/// RFC 6749, section 4.1.2: ten minutes at most.
constexpr std::int64_t kGrantMs = 10LL * 60 * 1000;

/// Of grants that nobody redeemed, each new one erases so many: more than it adds.
constexpr std::size_t kSweptGrants = 4;

constexpr std::size_t kAppNameBytesMax = 240;
constexpr std::size_t kAppTextBytesMax = 2000;
constexpr std::size_t kRedirectUrisMax = 20;

/// A client chooses what it sends, but a partition has this limit.
constexpr std::size_t kClientIdBytesMax = 255;

Error no_such_app() {
    return fail(ErrorCode::kNotFound, "Client is not known");
}

Error no_such_grant() {
    return fail(ErrorCode::kNotFound, "The authorization code is invalid, was used or has expired");
}

Result<void> check(const NewApp& app) {
    const auto invalid = [](const char* what) {
        return fail(ErrorCode::kInvalid, std::string("Validation failed: ") + what);
    };
    if (app.name.empty()) {
        return invalid("Name can't be blank");
    }
    if (app.name.size() > kAppNameBytesMax) {
        return invalid("Name is too long (maximum is 240 bytes)");
    }
    if (app.website.size() > kAppTextBytesMax) {
        return invalid("Website is too long (maximum is 2000 bytes)");
    }
    if (app.redirect_uris.empty() ||
        std::ranges::find(app.redirect_uris, "") != app.redirect_uris.end()) {
        return invalid("Redirect URI can't be blank");
    }
    const auto is_too_long = [](const std::string& uri) { return uri.size() > kAppTextBytesMax; };
    if (app.redirect_uris.size() > kRedirectUrisMax ||
        std::ranges::any_of(app.redirect_uris, is_too_long)) {
        return invalid("Redirect URI is too long (maximum is 20 of 2000 bytes)");
    }
    if (app.scopes.size() > kAppTextBytesMax || !scopes_known(app.scopes)) {
        return invalid("Scopes doesn't match configured on the server.");
    }
    return {};
}

}  // namespace

Task<Result<App>> Sessions::register_app(NewApp app) {
    CO_CHECK(check(app));
    App made{
        .id = AppId(state_->environment.ids.next()),
        .client_id = secure_random_token(),
        .client_secret = secure_random_token(),
        .name = std::move(app.name),
        .website = std::move(app.website),
        .redirect_uris = std::move(app.redirect_uris),
        .scopes = std::move(app.scopes),
        .created_at_ms = state_->environment.clock.now_ms(),
    };
    ports::Batch batch;
    batch.expect_absent(app_key(made.client_id));
    batch.put(app_key(made.client_id), encode(made));
    const UnixMs look_at_ms = made.created_at_ms + state_->limits.unused_app_seconds * 1000;
    batch.put(queue_key(tables::kAppQueue, look_at_ms, made.client_id), "");
    CO_CHECK(co_await state_->environment.store.commit(std::move(batch)));
    CO_CHECK(co_await state_->sweep_apps());
    co_return made;
}

Task<Result<App>> Sessions::find_app(std::string client_id) {
    if (const auto cached = state_->apps.find(client_id)) {
        co_return **cached;
    }
    if (client_id.size() > kClientIdBytesMax) {
        co_return no_such_app();
    }
    const auto stamp = state_->apps.stamp(client_id);
    CO_TRY(const auto row, co_await state_->environment.store.get(app_key(client_id)));
    if (!row) {
        co_return no_such_app();
    }
    CO_TRY(App app, decode_app(*row));
    state_->apps.insert(client_id, std::make_shared<const App>(app), stamp);
    co_return app;
}

Task<Result<std::string>> Sessions::grant(Grant grant) {
    const UnixMs latest = state_->environment.clock.now_ms() + kGrantMs;
    const bool is_set = grant.expires_at_ms != 0;
    grant.expires_at_ms = is_set ? std::min(grant.expires_at_ms, latest) : latest;
    std::string code = secure_random_token();
    const std::string hash = sha256(code);
    ports::Batch batch;
    batch.put(grant_key(hash), encode(grant));
    batch.put(grant_expiry_key(grant.expires_at_ms, hash), "");
    CO_CHECK(co_await state_->add_expired_grants(&batch));
    CO_CHECK(co_await state_->add_app_use(grant.client_id, grant_use(hash), &batch));
    const auto committed = co_await state_->environment.store.commit(std::move(batch));
    if (!committed && committed.error().code == ErrorCode::kConflict) {
        co_return no_such_app();
    }
    if (!committed) {
        co_return committed.error();
    }
    co_return code;
}

Task<Result<void>> Sessions::State::add_expired_grants(ports::Batch* batch) {
    ports::Range range;
    range.table = tables::kGrantExpiries;
    range.until = grant_expiry_key(environment.clock.now_ms() + 1, "").sort;
    range.limit = kSweptGrants;
    CO_TRY(const auto rows, co_await environment.store.scan(std::move(range)));
    for (const ports::Row& row : rows) {
        const std::string hash = row.sort.substr(sizeof(std::uint64_t));
        CO_TRY(const auto bytes, co_await environment.store.get(grant_key(hash)));
        if (bytes) {
            CO_TRY(const Grant grant, decode_grant(*bytes));
            batch->erase(app_use_key(grant.client_id, grant_use(hash)));
        }
        batch->erase({tables::kGrantExpiries, "", row.sort});
        batch->erase(grant_key(hash));
    }
    co_return Result<void>();
}

Task<Result<Grant>> Sessions::redeem(std::string code) {
    const std::string hash = sha256(code);
    const ports::Key key = grant_key(hash);
    CO_TRY(const auto row, co_await state_->environment.store.get(key));
    if (!row) {
        co_return no_such_grant();
    }
    CO_TRY(Grant grant, decode_grant(*row));
    // Of two that redeem at once, the precondition lets one through.
    ports::Batch batch;
    batch.expect_present(key);
    batch.erase(key);
    batch.erase(grant_expiry_key(grant.expires_at_ms, hash));
    batch.erase(app_use_key(grant.client_id, grant_use(hash)));
    const auto committed = co_await state_->environment.store.commit(std::move(batch));
    if (!committed && committed.error().code == ErrorCode::kConflict) {
        co_return no_such_grant();
    }
    if (!committed) {
        co_return committed.error();
    }
    if (grant.expires_at_ms <= state_->environment.clock.now_ms()) {
        co_return no_such_grant();
    }
    co_return grant;
}

}  // namespace rookery::social
