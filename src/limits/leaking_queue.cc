#include "limits/leaking_queue.h"

namespace rookery::limits {

Result<LeakingQueue> LeakingQueue::make(const Quota& quota) {
    TRY(const Drain drain, Drain::make(quota));
    return LeakingQueue(drain);
}

Decision LeakingQueue::look(const State& state, Nanos now, std::uint64_t cost) const {
    Decision decision = drain_.decide(state, now, cost);
    if (decision.allowed) {
        decision.wait = span_until(drain_.empty_at(state), now);
    }
    return decision;
}

}  // namespace rookery::limits
