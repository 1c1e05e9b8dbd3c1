#pragma once

#include "base/result.h"
#include "limits/rule.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::limits {

/// A rule as the program in the store takes it: three numbers below 2^53, by algorithm.
///
///     buckets             burst, parts of a unit, parts that drain a microsecond (limits/drain.h)
///     GCRA                burst, emission interval in nanoseconds
///     window, log, sliding counter    amount, period in microseconds
///     sub-windows         amount, length of a sub-window in nanoseconds
struct StoreRule {
    Algorithm algorithm = Algorithm::kFixedWindow;
    double a = 0;
    double b = 0;
    double c = 0;
};

/// kInvalid, naming what, for a rule that is not local and that the store cannot count exactly: in
/// whole microseconds, and in integers below 2^53. A leaking queue cannot be leased: what it holds
/// back has to stand in one order.
[[nodiscard]] Result<void> check_shared(const Rule& rule);

/// Of a rule for which check_shared() says nothing.
[[nodiscard]] StoreRule store_rule(const Rule& rule);

/// Where a key's state lies in the store. Two keys, or the same key under rules of another
/// state_name(), meet with a chance of 2^-128. So a changed amount of a window, or a changed burst,
/// goes on with what was counted; another period or another rate of a bucket begins anew, because
/// what was counted by the old one means nothing under it.
class StoreKeys {
public:
    /// As SharedStoreConfig has them.
    StoreKeys(std::string_view prefix, std::string_view secret);

    /// {prefix}:name:hash. The braces put all keys into one slot of a cluster, without which a
    /// request could not be charged to several rules as one.
    [[nodiscard]] std::string key(const Rule& rule, std::string_view of) const;

private:
    std::string prefix_;
    std::string secret_;  ///< 32 bytes, or none
};

}  // namespace rookery::limits
