#include "limits/token_bucket.h"

namespace rookery::limits {

Result<TokenBucket> TokenBucket::make(const Quota& quota) {
    TRY(const Drain drain, Drain::make(quota));
    return TokenBucket(drain);
}

Decision TokenBucket::look(const State& state, Nanos now, std::uint64_t cost) const {
    const std::uint64_t missing = drain_.parts_at(state, now);
    if (cost != 0 && !drain_.fits(missing, cost)) {
        return {
            .allowed = false,
            .remaining = drain_.room(missing),
            .retry_after = span_until(drain_.fits_at(state, cost), now),
            .resets_after = span_until(drain_.empty_at(state), now),
        };
    }
    State charged = state;
    drain_.add(charged, now, cost);
    return {
        .remaining = drain_.room(charged.parts),
        .resets_after = span_until(drain_.empty_at(charged), now),
    };
}

}  // namespace rookery::limits
