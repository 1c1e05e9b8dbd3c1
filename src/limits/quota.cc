#include "limits/quota.h"

namespace rookery::limits {

Result<void> check(const Quota& quota) {
    if (quota.amount == 0 || quota.burst == 0) {
        return fail(ErrorCode::kInvalid, "amount and burst of a limit are above 0");
    }
    if (quota.period <= 0 || quota.period > kPeriodMax) {
        return fail(ErrorCode::kInvalid, "the period of a limit is above 0 and at most 36 years");
    }
    return {};
}

}  // namespace rookery::limits
