#pragma once

#include "base/task.h"
#include "limits/limit.h"
#include "limits/rule.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace rookery::limits {

/// A rule that is not local, asked for one key.
struct SharedAsk {
    const Rule* rule = nullptr;
    std::string_view key;
    std::uint64_t cost = 1;
    Limit* fallback = nullptr;  ///< what this process goes by for WhenLost::kLocal
    LimitKey fallback_key;      ///< the key in that
};

/// What several processes count together. Thread-safe.
class SharedLimits {
public:
    SharedLimits() = default;
    virtual ~SharedLimits() = default;
    SharedLimits(const SharedLimits&) = delete;
    SharedLimits& operator=(const SharedLimits&) = delete;

    /// Decides by all rules as at one moment: charges all if all that are not on trial allow, or
    /// none. One decision for each ask, in their order. If the store cannot be asked, by each
    /// rule's `when_lost`; it never fails. `now` is this process's time, for the fallback alone.
    /// `asks` and what they refer to must outlive the task.
    [[nodiscard]] virtual Task<std::vector<Decision>>
    take(std::span<const SharedAsk> asks, Nanos now) = 0;
};

}  // namespace rookery::limits
