#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "ports/store.h"

#include <string>

namespace rookery::social {

/// "u12"; with a `variant` above 0 "u12_1", for when somebody took that name.
[[nodiscard]] std::string imported_username(AccountId id, unsigned variant);

/// The row that says whose a username is.
[[nodiscard]] ports::Key imported_name_key(const std::string& username);

/// Makes an account as Accounts::create does, on the condition that neither its id nor its name is
/// taken; nobody can sign in to it until an operator sets a password.
void append_imported_account(
    ports::Batch& batch,
    AccountId id,
    const std::string& username,
    UnixMs now_ms
);

}  // namespace rookery::social
