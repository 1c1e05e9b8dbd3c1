#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "notify/policy.h"
#include "ports/store.h"
#include "social/environment.h"

#include <utility>
#include <vector>

namespace rookery::notify {

/// A change of a policy: what is not named stays.
using PolicyChange = std::vector<std::pair<Verdict Policy::*, Verdict>>;

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
