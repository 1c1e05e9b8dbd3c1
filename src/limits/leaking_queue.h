#pragma once

#include "limits/drain.h"

namespace rookery::limits {

/// Leaking bucket as a queue. Requests go on one after another, each as long after the one before
/// as that one's cost takes at `amount` units a `period`; Decision::wait says how long a request is
/// to be held. If more than `burst` units would be in the queue, what goes on now among them, it is
/// refused.
///
/// What comes out is even: of requests of cost c, at most 1 + (W + 1) * amount / (period * c) go on
/// in any span of W nanoseconds (the 1 is the rounding of a wait to whole nanoseconds). What is let
/// in is bounded like a token bucket's: burst + W * amount / period.
///
/// State: 16 bytes, exact (limits/drain.h).
/// Source: Tanenbaum, "Computer Networks", the leaky bucket algorithm; nginx's limit_req is one.
class LeakingQueue {
public:
    using State = Level;  ///< units in the queue

    [[nodiscard]] static Result<LeakingQueue> make(const Quota& quota);

    [[nodiscard]] Decision look(const State& state, Nanos now, std::uint64_t cost) const;
    void charge(State& state, Nanos now, std::uint64_t cost) const { drain_.add(state, now, cost); }
    [[nodiscard]] Nanos fresh_at(const State& state) const { return drain_.empty_at(state); }

private:
    explicit LeakingQueue(Drain drain) : drain_(drain) {}

    Drain drain_;
};

}  // namespace rookery::limits
