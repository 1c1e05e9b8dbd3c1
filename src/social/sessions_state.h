#pragma once

#include "base/sharded_cache.h"
#include "social/sessions.h"
#include "social/tables.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rookery::social {

/// A session in memory, with when it was used.
struct LiveSession {
    Session session;
    mutable std::atomic<UnixMs> used_at_ms{0};     ///< 0: never
    mutable std::atomic<UnixMs> written_at_ms{0};  ///< what the store knows of it
};

/// SHA-256 of a token, where it stands with its key and not somewhere else in memory.
using TokenHash = std::array<char, 32>;
[[nodiscard]] inline TokenHash token_hash(std::string_view sha256) {
    TokenHash hash{};
    std::copy_n(sha256.begin(), std::min(sha256.size(), hash.size()), hash.begin());
    return hash;
}
/// What is a hash already need not be hashed again.
struct FirstBytes {
    std::size_t operator()(const TokenHash& hash) const {
        return std::bit_cast<std::array<std::size_t, sizeof(TokenHash) / sizeof(std::size_t)>>(hash
        )[0];
    }
};

/// What the files sessions_*.cc share.
class Sessions::State {
public:
    State(Environment env, SessionLimits session_limits)
        : environment(std::move(env)),
          limits(session_limits),
          apps(kCachedAppsMax),
          ids_by_hash(limits.cached_sessions_max),
          sessions(limits.cached_sessions_max) {}

    /// The session of the token with this SHA-256, from the store; null if there is none.
    [[nodiscard]] Task<Result<SessionPtr>> load(std::string hash);
    /// Ends a session at the moment of the commit; no error if it is over already.
    [[nodiscard]] Task<Result<void>> revoke(std::string hash, SessionPtr session);

    /// Adds the end of a few grants that are over to the batch.
    [[nodiscard]] Task<Result<void>> add_expired_grants(ports::Batch* batch);

    /// The rows that say that an app is in use, if `client_id` is registered: `use` is the sort key
    /// of what it got. The commit then fails with kConflict if the app is swept meanwhile.
    [[nodiscard]] Task<Result<bool>>
    add_app_use(std::string client_id, std::string use, ports::Batch* batch);
    /// Looks at a few apps that are due: forgets those that nobody uses.
    [[nodiscard]] Task<Result<void>> sweep_apps();
    [[nodiscard]] Task<Result<void>> sweep_app(ports::Row due);
    /// Ends a few of the apps' own tokens that have lived their time.
    [[nodiscard]] Task<Result<void>> sweep_app_tokens();

    /// The session of `hash` as the cache keeps it, from the store; null if there is none.
    [[nodiscard]] Task<Result<std::shared_ptr<const LiveSession>>> load_live(std::string hash);
    /// Notes the use in memory; true if it is this caller's to write it, as is done once a day.
    [[nodiscard]] bool note_use(const LiveSession& live) const;
    /// Writes the time that note_use() has just noted, for whom it said so.
    [[nodiscard]] Task<Result<void>>
    write_use(std::shared_ptr<const LiveSession> live, std::string hash);

    static constexpr std::size_t kCachedAppsMax = 10'000;

    const Environment environment;
    const SessionLimits limits;
    /// By client id. An app never changes until it is swept.
    ShardedCache<std::string, std::shared_ptr<const App>> apps;
    /// Two steps from a token to its session, because an event that ends a session has its id
    /// only: the first never becomes stale, the second is invalidated by id.
    ShardedCache<TokenHash, TokenId, FirstBytes> ids_by_hash;
    ShardedCache<TokenId, std::shared_ptr<const LiveSession>> sessions;
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

/// What an app got, as the sort key of its row in kAppUses.
[[nodiscard]] inline std::string token_use(TokenId id) {
    return "t" + tables::id_bytes(id);
}
[[nodiscard]] inline std::string grant_use(const std::string& hash) {
    return "g" + hash;
}
/// The row of the empty `use` changes with every other.
[[nodiscard]] inline ports::Key app_use_key(std::string client_id, std::string use) {
    return {tables::kAppUses, std::move(client_id), std::move(use)};
}
[[nodiscard]] inline ports::Key
queue_key(ports::Table queue, UnixMs due_ms, std::string_view what) {
    std::string sort = tables::id_bytes(static_cast<std::uint64_t>(due_ms));
    sort += what;
    return {queue, "", std::move(sort)};
}
[[nodiscard]] inline ports::Key last_use_key(TokenId id) {
    return {tables::kTokenUses, tables::id_bytes(id), {}};
}

}  // namespace rookery::social
