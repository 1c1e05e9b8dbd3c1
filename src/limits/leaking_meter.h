#pragma once

#include "limits/token_bucket.h"

namespace rookery::limits {

/// Leaking bucket as a meter. A bucket of `burst` units leaks `amount` units a `period`; a request
/// pours in what it costs, or is refused if the bucket would overflow. Nothing is held back.
///
/// It admits exactly what a token bucket of the same quota admits, whose missing tokens are what is
/// in this bucket: the same bound, burst + W * amount / period in any span of length W, the same 16
/// bytes, the same code.
/// Source: ITU-T Recommendation I.371 (03/2004), annex A, the continuous-state leaky bucket.
class LeakingMeter {
public:
    using State = TokenBucket::State;  ///< units in the bucket

    [[nodiscard]] static Result<LeakingMeter> make(const Quota& quota) {
        TRY(const TokenBucket mirror, TokenBucket::make(quota));
        return LeakingMeter(mirror);
    }

    [[nodiscard]] Decision look(const State& state, Nanos now, std::uint64_t cost) const {
        return mirror_.look(state, now, cost);
    }
    void charge(State& state, Nanos now, std::uint64_t cost) const {
        mirror_.charge(state, now, cost);
    }
    [[nodiscard]] Nanos fresh_at(const State& state) const { return mirror_.fresh_at(state); }

private:
    explicit LeakingMeter(TokenBucket mirror) : mirror_(mirror) {}

    TokenBucket mirror_;
};

}  // namespace rookery::limits
