#include "base/encoding.h"
#include "social/accounts.h"
#include "social/accounts_state.h"
#include "social/text/render.h"
#include "social/text/unicode.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

FieldError taken(std::string field) {
    return {std::move(field), "ERR_TAKEN", "has already been taken"};
}

bool has_error(const std::vector<FieldError>& errors, std::string_view field) {
    return std::ranges::find(errors, field, &FieldError::field) != errors.end();
}

Error invalid(const std::vector<FieldError>& errors) {
    return fail(ErrorCode::kInvalid, validation_message(errors));
}

ports::Batch creation(const Account& account, const Credentials& credentials) {
    ports::Batch batch;
    const std::string id = tables::id_bytes(account.id);
    const auto put_new = [&batch](const ports::Key& key, std::string value) {
        batch.expect_absent(key);
        batch.put(key, std::move(value));
    };
    put_new(account_name_key(ascii_lower(account.username)), id);
    put_new(account_key(account.id), encode(account));
    put_new(credentials_key(account.id), encode(credentials));
    if (!credentials.email.empty()) {
        put_new(email_key(ascii_lower(credentials.email)), id);
    }
    batch.add(account_counters_key(account.id), {});
    batch.emit(encode(SocialEvent{.type = EventType::kAccountCreated, .actor = account.id}));
    return batch;
}

}  // namespace

FieldError too_long(std::string field, std::size_t characters_max) {
    return {
        std::move(field),
        "ERR_TOO_LONG",
        "is too long (maximum is " + std::to_string(characters_max) + " characters)"
    };
}

void check_password_rules(
    const std::string& password,
    const AccountLimits& limits,
    std::vector<FieldError>& errors
) {
    if (text::count_graphemes(password) < limits.password_characters_min) {
        errors.push_back(
            {"password",
             "ERR_TOO_SHORT",
             "is too short (minimum is " + std::to_string(limits.password_characters_min) +
                 " characters)"}
        );
    } else if (password.size() > limits.password_bytes_max) {
        errors.push_back(too_long("password", limits.password_bytes_max));
    }
}

std::string normalize_display_name(const std::string& typed) {
    std::string name = text::normalize_input(typed);
    std::ranges::replace(name, '\n', ' ');
    return name;
}

void check_display_name(
    const std::string& name,
    const AccountLimits& limits,
    std::vector<FieldError>& errors
) {
    if (text::count_graphemes(name) > limits.display_name_characters_max) {
        errors.push_back(too_long("display_name", limits.display_name_characters_max));
    }
}

Task<Result<std::vector<FieldError>>> Accounts::validate(NewAccount account, NewAccountForm form) {
    std::vector<FieldError> errors;
    check_username(account.username, errors);
    if (errors.empty()) {
        if (account.role == Role::kUser && is_reserved_username(account.username)) {
            errors.push_back({"username", "ERR_RESERVED", "is reserved"});
        }
        CO_TRY(const AccountId holder, co_await state_->id_of_name(ascii_lower(account.username)));
        if (holder && errors.empty()) {
            errors.push_back(taken("username"));
        }
    }
    const bool is_form = form == NewAccountForm::kSignUp;
    if (!account.email.empty()) {
        check_email(account.email, errors);
        if (!has_error(errors, "email")) {
            CO_TRY(
                const AccountId holder, co_await state_->id_of_email(ascii_lower(account.email))
            );
            if (holder) {
                errors.push_back(taken("email"));
            }
        }
    } else if (is_form) {
        errors.push_back({"email", "ERR_BLANK", "can't be blank"});
    }
    if (!account.password.empty()) {
        check_password_rules(account.password, state_->limits, errors);
    } else if (is_form) {
        errors.push_back({"password", "ERR_BLANK", "can't be blank"});
    }
    check_display_name(normalize_display_name(account.display_name), state_->limits, errors);
    co_return errors;
}

Task<Result<AccountPtr>> Accounts::create(NewAccount account) {
    CO_TRY(const auto errors, co_await validate(account));
    if (!errors.empty()) {
        co_return invalid(errors);
    }
    Credentials credentials{.email = account.email};
    if (!account.password.empty()) {
        CO_TRY(credentials.password_hash, co_await state_->hash(account.password));
    }
    Account made;
    made.id = account.id ? account.id : AccountId(state_->environment.ids.next());
    made.username = account.username;
    made.display_name = normalize_display_name(account.display_name);
    made.created_at_ms = state_->environment.clock.now_ms();
    made.role = account.role;

    const auto committed = co_await state_->environment.store.commit(creation(made, credentials));
    if (committed) {
        co_return co_await find(made.id);
    }
    if (committed.error().code != ErrorCode::kConflict) {
        co_return committed.error();
    }
    // Somebody was faster: say with which field.
    CO_TRY(auto now_wrong, co_await validate(account));
    if (now_wrong.empty()) {
        now_wrong.push_back(taken("id"));
    }
    co_return invalid(now_wrong);
}

}  // namespace rookery::social
