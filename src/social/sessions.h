#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/event.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rookery::social {

/// A registered client application (Mastodon's apps, RFC 7591 in spirit).
struct App {
    AppId id;
    std::string client_id;
    std::string client_secret;
    std::string name;
    std::string website;  ///< may be empty
    std::vector<std::string> redirect_uris;
    std::string scopes;  ///< space-separated; the most that a token of it may have
    UnixMs created_at_ms = 0;

    bool operator==(const App&) const = default;
};

struct NewApp {
    std::string name;
    std::string website;
    std::vector<std::string> redirect_uris;
    std::string scopes;
};

/// Who is asking. Shared and immutable.
struct Session {
    TokenId token_id;
    AccountId account;  ///< 0 for a token of the client-credentials grant
    std::string client_id;
    std::string app_name;
    std::string app_website;
    std::string scopes;
    UnixMs created_at_ms = 0;
    std::string ip;          ///< at sign-in
    std::string user_agent;  ///< at sign-in

    bool operator==(const Session&) const = default;
};
using SessionPtr = std::shared_ptr<const Session>;

struct IssuedToken {
    std::string token;  ///< shown once; only its SHA-256 is stored
    SessionPtr session;
};

/// What a signed-in person granted to an app, redeemed once within ten minutes (RFC 6749, 4.1).
struct Grant {
    std::string client_id;
    AccountId account;
    std::string redirect_uri;
    std::string scopes;
    std::string code_challenge;  ///< S256 (RFC 7636), or empty
    UnixMs expires_at_ms = 0;

    bool operator==(const Grant&) const = default;
};

/// True if `granted` (space-separated) covers `needed`: "read" covers "read:statuses", "follow"
/// covers read and write of blocks, follows and mutes.
[[nodiscard]] bool scope_covers(std::string_view granted, std::string_view needed);
/// True if every scope in `asked` is covered by `allowed`.
[[nodiscard]] bool scopes_within(std::string_view asked, std::string_view allowed);
/// True if every word is a scope that exists.
[[nodiscard]] bool scopes_known(std::string_view scopes);

struct SessionLimits {
    std::size_t cached_sessions_max = 200'000;
    /// An app without a token or an open authorization goes when it has been registered for so
    /// long; one that has any is looked at again after as long.
    std::int64_t unused_app_seconds = 30LL * 24 * 3600;
    /// How long a token of the client-credentials grant lives.
    std::int64_t app_token_seconds = 90LL * 24 * 3600;
};

/// Apps, authorization codes and access tokens. What is over is swept a few at a time, whenever
/// something of its kind is added. Thread-safe.
class Sessions {
public:
    explicit Sessions(Environment environment, SessionLimits limits = {});
    ~Sessions();

    /// kInvalid names the field that is blank, too long or unknown.
    [[nodiscard]] Task<Result<App>> register_app(NewApp app);
    /// kNotFound if there is none.
    [[nodiscard]] Task<Result<App>> find_app(std::string client_id);

    /// The code to hand to the client. `expires_at_ms` is ten minutes from now if it is 0 or later.
    [[nodiscard]] Task<Result<std::string>> grant(Grant grant);
    /// Ends the grant, whatever the outcome; kNotFound if there is none or it is over. The caller
    /// compares client, redirect URI and challenge.
    [[nodiscard]] Task<Result<Grant>> redeem(std::string code);

    /// `session.token_id` and `created_at_ms` are set here. `token` may be prescribed (tools), or
    /// empty: then it is made. kConflict if a prescribed token is in use.
    [[nodiscard]] Task<Result<IssuedToken>> issue(Session session, std::string token = {});
    /// The session of a token; kUnauthenticated if there is none.
    [[nodiscard]] Task<Result<SessionPtr>> authenticate(std::string token);
    /// No error if there is no such token (RFC 7009); kForbidden for any but the app that holds it.
    /// When one of these returns, authenticate() refuses what it revoked.
    [[nodiscard]] Task<Result<void>> revoke(std::string token, std::string client_id);
    /// kNotFound if the account has no such session.
    [[nodiscard]] Task<Result<void>> revoke_by_id(AccountId account, TokenId id);
    [[nodiscard]] Task<Result<void>> revoke_all(AccountId account);
    /// Of the account, newest first.
    [[nodiscard]] Task<Result<std::vector<SessionPtr>>>
    list(AccountId account, std::size_t limit = 1000);
    /// When authenticate() last found each token, in the order of `ids`; 0: never. Exact while the
    /// session is in memory; what a restart remembers is up to a day old.
    [[nodiscard]] Task<Result<std::vector<UnixMs>>> last_uses(std::vector<TokenId> ids);

    /// Keeps the cache true; called for every committed event (see ports::CommitListener).
    void on_committed(const SocialEvent& event);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::social
