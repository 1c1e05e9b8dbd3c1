#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "social/account.h"

#include <string>
#include <vector>

namespace rookery::api::mastodon {

struct SignUp {
    std::string username;
    std::string email;
    std::string password;
    bool agreement = false;
};
/// username, email, password and agreement of a call.
[[nodiscard]] SignUp sign_up_of(const Call& call);

/// What is wrong with one field, in Mastodon's codes: ERR_BLANK, ERR_INVALID, ERR_TAKEN,
/// ERR_TOO_SHORT, ERR_TOO_LONG, ERR_ACCEPTED.
struct FieldError {
    std::string field;
    std::string code;
    std::string description;
};

/// The new account, or why there is none.
struct SignUpOutcome {
    social::AccountPtr account;      ///< null if there are errors
    std::vector<FieldError> errors;  ///< in the order of the fields
};

/// Makes the account, usable at once. kForbidden while registrations are closed.
[[nodiscard]] Task<Result<SignUpOutcome>> sign_up(Call call, SignUp form);

/// "Username has already been taken".
[[nodiscard]] std::string sentence_of(const FieldError& error);

}  // namespace rookery::api::mastodon
