#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "notify/policy.h"
#include "ports/store.h"
#include "social/environment.h"

#include <optional>

namespace rookery::notify {

/// A change of a policy: what is not given stays.
struct PolicyChange {
    std::optional<Verdict> for_not_following;
    std::optional<Verdict> for_not_followers;
    std::optional<Verdict> for_new_accounts;
    std::optional<Verdict> for_private_mentions;
    std::optional<Verdict> for_limited_accounts;
};

/// Each account's policy. Thread-safe; holds nothing in memory.
class Policies {
public:
    explicit Policies(social::Environment environment) : environment_(std::move(environment)) {}

    /// The defaults if none was set.
    [[nodiscard]] Task<Result<Policy>> find(AccountId owner) const;
    /// As it is afterwards; what was held back before stays so. kConflict if another app changed
    /// it at the same moment.
    [[nodiscard]] Task<Result<Policy>> change(AccountId owner, PolicyChange change) const;

private:
    social::Environment environment_;
};

[[nodiscard]] ports::Key policy_key(AccountId owner);

}  // namespace rookery::notify
