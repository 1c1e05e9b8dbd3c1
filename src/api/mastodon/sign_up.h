#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "social/account.h"
#include "social/account_rules.h"

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

/// The new account, or why there is none.
struct SignUpOutcome {
    social::AccountPtr account;              ///< null if there are errors
    std::vector<social::FieldError> errors;  ///< in the order of the fields
};

/// Makes the account, usable at once. kForbidden while registrations are closed.
[[nodiscard]] Task<Result<SignUpOutcome>> sign_up(Call call, SignUp form);

/// "Username has already been taken".
[[nodiscard]] std::string sentence_of(const social::FieldError& error);

}  // namespace rookery::api::mastodon
