#include "social/suspension.h"

#include <utility>

namespace rookery::social {

Task<Result<AccountPtr>>
set_suspended(Accounts* accounts, Sessions* sessions, AccountId account, bool suspended) {
    AccountChanges changes;
    changes.suspended = suspended;
    CO_TRY(auto changed, co_await accounts->update(account, std::move(changes)));
    if (suspended) {
        CO_CHECK(co_await sessions->revoke_all(account));
    }
    co_return changed;
}

}  // namespace rookery::social
