#include "base/encoding.h"
#include "social/accounts.h"
#include "social/accounts_state.h"

#include <utility>

namespace rookery::social {

namespace {

// Each attempt loses only to another change of the same credentials, which then has succeeded.
constexpr int kAttemptsMax = 20;

Error wrong_password() {
    return fail(ErrorCode::kUnauthenticated, "The username, e-mail address or password is wrong");
}

}  // namespace

Task<Result<std::string>> Accounts::State::hash(std::string password) {
    const PasswordCost cost = limits.password_cost;
    auto job = [password = std::move(password), cost] { return hash_password(password, cost); };
    co_return co_await environment.pool.run(std::move(job));
}

Task<Result<void>>
Accounts::State::replace_password_hash(AccountId id, Credentials before, std::string hash) {
    Credentials after = before;
    after.password_hash = std::move(hash);
    ports::Batch batch;
    batch.expect_equals(credentials_key(id), encode(before));
    batch.put(credentials_key(id), encode(after));
    CO_CHECK(co_await environment.store.commit(std::move(batch)));
    co_return Result<void>();
}

Task<Result<void>> Accounts::set_password(AccountId id, std::string password) {
    std::vector<FieldError> errors;
    check_password_rules(password, state_->limits, errors);
    if (!errors.empty()) {
        co_return fail(ErrorCode::kInvalid, validation_message(errors));
    }
    CO_TRY(const std::string hash, co_await state_->hash(std::move(password)));
    Result<void> done;
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        CO_TRY(Credentials before, co_await state_->credentials(id));
        done = co_await state_->replace_password_hash(id, std::move(before), hash);
        if (done || done.error().code != ErrorCode::kConflict) {
            break;
        }
    }
    co_return done;
}

Task<Result<AccountId>> Accounts::id_of_login(std::string login) {
    std::string name = ascii_lower(trim_ascii(login));
    if (name.starts_with('@')) {
        name.erase(0, 1);
    }
    if (name.find('@') == std::string::npos) {
        co_return co_await state_->id_of_name(std::move(name));
    }
    co_return co_await state_->id_of_email(std::move(name));
}

Task<Result<AccountPtr>> Accounts::check_password(std::string login, std::string password) {
    if (password.size() > state_->limits.password_bytes_max) {
        co_return wrong_password();
    }
    CO_TRY(const AccountId id, co_await id_of_login(std::move(login)));
    Credentials credentials;
    if (id) {
        CO_TRY(credentials, co_await state_->credentials(id));
    }
    if (credentials.password_hash.empty()) {
        // As long as a comparison takes, so that nobody learns which names exist.
        CO_TRY(const auto unused, co_await state_->hash(std::move(password)));
        static_cast<void>(unused);
        co_return wrong_password();
    }
    auto compare = [hash = credentials.password_hash, password] {
        return password_matches(hash, password);
    };
    const bool matches = co_await state_->environment.pool.run(std::move(compare));
    if (!matches) {
        co_return wrong_password();
    }
    CO_TRY(AccountPtr account, co_await find(id));
    if (account->suspended) {
        co_return fail(ErrorCode::kForbidden, "Your login is currently disabled");
    }
    if (password_needs_rehash(credentials.password_hash, state_->limits.password_cost)) {
        CO_TRY(std::string hash, co_await state_->hash(std::move(password)));
        // If this fails or somebody changes the password meanwhile, another sign-in does it.
        static_cast<void>(
            co_await state_->replace_password_hash(id, std::move(credentials), std::move(hash))
        );
    }
    co_return account;
}

}  // namespace rookery::social
