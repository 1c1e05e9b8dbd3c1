#pragma once

#include "base/sharded_cache.h"
#include "social/accounts.h"
#include "social/credentials.h"
#include "social/tables.h"

#include <string>
#include <vector>

namespace rookery::social {

/// Keys of the tables of accounts.
[[nodiscard]] inline ports::Key account_key(AccountId id) {
    return {tables::kAccounts, tables::id_bytes(id), {}};
}
[[nodiscard]] inline ports::Key credentials_key(AccountId id) {
    return {tables::kCredentials, tables::id_bytes(id), {}};
}
[[nodiscard]] inline ports::Key account_counters_key(AccountId id) {
    return {tables::kAccountCounters, tables::id_bytes(id), {}};
}
/// `lower_name` must not be empty.
[[nodiscard]] inline ports::Key account_name_key(const std::string& lower_name) {
    return {tables::kAccountNames, lower_name.substr(0, 1), lower_name};
}
[[nodiscard]] inline ports::Key email_key(std::string lower_email) {
    return {tables::kEmails, std::move(lower_email), {}};
}

using AccountCache = ShardedCache<AccountId, AccountPtr>;
/// Counts without the time of the last post, and the store's frontier after they were read.
struct Tally {
    AccountCounts counts;
    ports::EventId frontier = 0;
};
using TallyCache = ShardedCache<AccountId, Tally>;

/// What the files accounts_*.cc share.
class Accounts::State {
public:
    State(Environment env, AccountLimits account_limits)
        : environment(std::move(env)),
          limits(account_limits),
          accounts(limits.cached_accounts_max),
          tallies(limits.cached_accounts_max),
          last_posts(limits.cached_accounts_max),
          ids_by_name(limits.cached_accounts_max) {}

    /// 0 if nobody has the name. `lower_name` is in lower case.
    [[nodiscard]] Task<Result<AccountId>> id_of_name(std::string lower_name);
    /// 0 if nobody has it.
    [[nodiscard]] Task<Result<AccountId>> id_of_email(std::string lower_email);
    /// kNotFound if there is no such account.
    [[nodiscard]] Task<Result<Credentials>> credentials(AccountId id);

    /// An entry of the table of names.
    struct Name {
        std::string lower_name;
        AccountId id;
    };
    /// Names in [from, until) in their order; an empty `until` is no bound.
    [[nodiscard]] Task<Result<std::vector<Name>>>
    names(std::string from, std::string until, std::size_t limit);

    void count_post(const SocialEvent& event);
    /// Sets last_post_at_ms of those who have posts.
    [[nodiscard]] Task<Result<void>>
    add_last_posts(std::vector<AccountId> ids, std::vector<AccountCounts>* counts);

    [[nodiscard]] Task<Result<std::string>> hash(std::string password);
    /// kConflict if the credentials are not `before` any more.
    [[nodiscard]] Task<Result<void>>
    replace_password_hash(AccountId id, Credentials before, std::string hash);

    const Environment environment;
    const AccountLimits limits;
    AccountCache accounts;
    TallyCache tallies;
    /// Of those who have posted; an account whose posts all count nowhere may be missing.
    ShardedCache<AccountId, UnixMs> last_posts;
    /// An account never changes its name, so that nothing here becomes stale.
    ShardedCache<std::string, AccountId> ids_by_name;
};

/// Appends if the password cannot be taken.
void check_password_rules(
    const std::string& password,
    const AccountLimits& limits,
    std::vector<FieldError>& errors
);

/// A name for display on one line, and what is wrong with it.
[[nodiscard]] std::string normalize_display_name(const std::string& typed);
void check_display_name(
    const std::string& name,
    const AccountLimits& limits,
    std::vector<FieldError>& errors
);

/// "is too long (maximum is 30 characters)" for a field.
[[nodiscard]] FieldError too_long(std::string field, std::size_t characters_max);

}  // namespace rookery::social
