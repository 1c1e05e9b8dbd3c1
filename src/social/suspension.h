#pragma once

#include "base/task.h"
#include "social/accounts.h"
#include "social/sessions.h"

namespace rookery::social {

/// Suspends an account and signs it out everywhere, or lets it in again; its data is kept. The
/// account as it is afterwards; kNotFound if there is none. Both services must outlive the call.
[[nodiscard]] Task<Result<AccountPtr>>
set_suspended(Accounts* accounts, Sessions* sessions, AccountId account, bool suspended);

}  // namespace rookery::social
