#include "limits/leaking_queue.h"

namespace rookery::limits {

Result<LeakingQueue> LeakingQueue::make(const Quota& quota) {
    TRY(const Drain drain, Drain::make(quota));
    return LeakingQueue(drain);
}

Decision LeakingQueue::look(const State& state, Nanos now, std::uint64_t cost) const {
    const std::uint64_t queued = drain_.parts_at(state, now);
    if (cost != 0 && !drain_.fits(queued, cost)) {
        return {
            .allowed = false,
            .remaining = drain_.room(queued),
            .retry_after = span_until(drain_.fits_at(state, cost), now),
            .resets_after = span_until(drain_.empty_at(state), now),
        };
    }
    State charged = state;
    drain_.add(charged, now, cost);
    return {
        .remaining = drain_.room(charged.parts),
        // On a clock that stepped back the queue is counted from the last charge on.
        .wait =
            span_until(later(charged.at, static_cast<std::uint64_t>(drain_.time_of(queued))), now),
        .resets_after = span_until(drain_.empty_at(charged), now),
    };
}

}  // namespace rookery::limits
