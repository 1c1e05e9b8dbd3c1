#include "limits/token_bucket.h"

namespace rookery::limits {

Result<TokenBucket> TokenBucket::make(const Quota& quota) {
    TRY(const Drain drain, Drain::make(quota));
    return TokenBucket(drain);
}

}  // namespace rookery::limits
