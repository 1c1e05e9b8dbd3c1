#pragma once

#include "base/sharded_cache.h"
#include "social/sessions.h"
#include "social/tables.h"

#include <memory>
#include <optional>
#include <string>

namespace rookery::social {

/// What the files sessions_*.cc share.
class Sessions::State {
public:
    State(Environment env, std::size_t cached_sessions_max)
        : environment(std::move(env)),
          apps(kCachedAppsMax),
          ids_by_hash(cached_sessions_max),
          sessions(cached_sessions_max) {}

    /// The session of the token with this SHA-256, from the store; null if there is none.
    [[nodiscard]] Task<Result<SessionPtr>> load(std::string hash);
    /// Ends a session at the moment of the commit; no error if it is over already.
    [[nodiscard]] Task<Result<void>> revoke(std::string hash, SessionPtr session);

    /// Adds the end of a few grants that are over to the batch.
    [[nodiscard]] Task<Result<void>> add_expired_grants(ports::Batch* batch);

    static constexpr std::size_t kCachedAppsMax = 10'000;

    const Environment environment;
    /// By client id. An app never changes.
    ShardedCache<std::string, std::shared_ptr<const App>> apps;
    /// Two steps from a token to its session, because an event that ends a session has its id
    /// only: the first never becomes stale, the second is invalidated by id.
    ShardedCache<std::string, TokenId> ids_by_hash;
    ShardedCache<TokenId, SessionPtr> sessions;
};

[[nodiscard]] inline ports::Key app_key(std::string client_id) {
    return {tables::kApps, std::move(client_id), {}};
}
[[nodiscard]] inline ports::Key token_key(std::string hash) {
    return {tables::kTokens, std::move(hash), {}};
}
[[nodiscard]] inline ports::Key account_token_key(AccountId account, TokenId id) {
    return {tables::kTokensByAccount, tables::id_bytes(account), tables::newest_first(id)};
}
[[nodiscard]] inline ports::Key grant_key(std::string hash) {
    return {tables::kGrants, std::move(hash), {}};
}
[[nodiscard]] inline ports::Key grant_expiry_key(UnixMs expires_at_ms, const std::string& hash) {
    return {
        tables::kGrantExpiries,
        "",
        tables::id_bytes(static_cast<std::uint64_t>(expires_at_ms)) + hash
    };
}

}  // namespace rookery::social
