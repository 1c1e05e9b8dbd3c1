#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "ports/store.h"

#include <string>
#include <vector>

namespace rookery::social {

/// "u12"; with a `variant` above 0 "u12_1", for when somebody took that name.
[[nodiscard]] std::string imported_username(AccountId id, unsigned variant);

/// The row that says whose a username is.
[[nodiscard]] ports::Key imported_name_key(const std::string& username);

struct ImportedAccount {
    AccountId id;
    std::string username;
};

/// Makes accounts as Accounts::create does, on the condition that neither an id nor a name is
/// taken; nobody can sign in to them until an operator sets a password. `accounts` rise by id.
void append_imported_accounts(
    ports::Batch& batch,
    const std::vector<ImportedAccount>& accounts,
    UnixMs now_ms
);

}  // namespace rookery::social
