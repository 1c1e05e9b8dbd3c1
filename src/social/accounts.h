#pragma once

#include "base/prefetch.h"
#include "base/task.h"
#include "social/account.h"
#include "social/account_rules.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/password.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::social {

struct NewAccount {
    std::string username;
    std::string email;     ///< may be empty
    std::string password;  ///< may be empty: then nobody can sign in with one
    AccountId id;          ///< 0: made from the time
    std::string display_name;
    Role role = Role::kUser;  ///< only moderators and administrators may have a reserved name
};

/// Members that are set are changed.
struct AccountChanges {
    std::optional<std::string> display_name;
    std::optional<std::string> note;
    std::optional<std::vector<std::pair<std::string, std::string>>> fields;
    std::optional<bool> locked;
    std::optional<bool> bot;
    std::optional<bool> discoverable;
    std::optional<bool> indexable;
    std::optional<bool> hide_collections;
    std::optional<Visibility> default_visibility;
    std::optional<bool> default_sensitive;
    std::optional<std::string> default_language;
    std::optional<Role> role;
    std::optional<bool> suspended;
};

struct AccountLimits {
    std::size_t display_name_characters_max = 30;
    std::size_t note_characters_max = 500;
    std::size_t fields_max = 4;
    std::size_t field_characters_max = 255;
    std::size_t password_characters_min = 8;
    std::size_t password_bytes_max = 1024;
    std::size_t cached_accounts_max = 200'000;
    /// Stored passwords made with another cost are hashed anew at the next sign-in.
    PasswordCost password_cost;
};

/// Accounts and their counts, read through a cache that every commit keeps true. Thread-safe.
class Accounts {
public:
    Accounts(Environment environment, AccountLimits limits);
    ~Accounts();

    /// What create() would say, field by field; empty if it would succeed now. `kSignUp` also asks
    /// for an e-mail address and a password, as a form does.
    [[nodiscard]] Task<Result<std::vector<FieldError>>>
    validate(NewAccount account, NewAccountForm form = NewAccountForm::kTool);
    /// kInvalid names every field that is wrong ("Validation failed: Username has already been
    /// taken").
    [[nodiscard]] Task<Result<AccountPtr>> create(NewAccount account);

    /// kNotFound if there is none. A suspended account is found: callers look at `suspended`.
    [[nodiscard]] Task<Result<AccountPtr>> find(AccountId id);
    /// The same of an account that is in memory; null if it is not.
    [[nodiscard]] AccountPtr find_at_once(AccountId id);
    /// Asks the processor for what find() will read.
    void fetch_ahead(AccountId id, FetchStep step);
    /// Without regard to ASCII case.
    [[nodiscard]] Task<Result<AccountPtr>> find_by_name(std::string username);
    /// In the order of `ids`; null where there is none.
    [[nodiscard]] Task<Result<std::vector<AccountPtr>>> find_many(std::vector<AccountId> ids);

    /// In the order of `ids`.
    [[nodiscard]] Task<Result<std::vector<AccountCounts>>> counts(std::vector<AccountId> ids);
    /// The same without last_post_at_ms, for those who need not know: it takes another read.
    [[nodiscard]] Task<Result<std::vector<AccountCounts>>> tallies(std::vector<AccountId> ids);

    /// kInvalid names the fields that are wrong, and then nothing is changed. The note and the
    /// fields are rendered here. A suspension hides the account and keeps its data.
    [[nodiscard]] Task<Result<AccountPtr>> update(AccountId id, AccountChanges changes);

    /// Usernames that begin with `prefix` (any case), in their order; none that is suspended.
    [[nodiscard]] Task<Result<std::vector<AccountPtr>>>
    search_prefix(std::string prefix, std::size_t limit, std::size_t offset);

    /// All accounts in the order of names, from the first name above `after`; for operators and
    /// tools.
    [[nodiscard]] Task<Result<std::vector<AccountPtr>>> list(std::string after, std::size_t limit);

    /// Sets the password without asking for the old one. `kInvalid` if it is too short.
    [[nodiscard]] Task<Result<void>> set_password(AccountId id, std::string password);
    /// The account whose username or e-mail and password these are; kUnauthenticated otherwise,
    /// after the same time whether or not the name exists. Suspended accounts get kForbidden.
    [[nodiscard]] Task<Result<AccountPtr>> check_password(std::string login, std::string password);
    /// Whom `login` means, a username with or without "@", or an e-mail address; 0 if nobody.
    [[nodiscard]] Task<Result<AccountId>> id_of_login(std::string login);
    [[nodiscard]] Task<Result<std::string>> email(AccountId id);

    /// Keeps the cache true; called for every committed event (see ports::CommitListener).
    void on_committed(const SocialEvent& event);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::social
