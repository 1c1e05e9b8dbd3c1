#pragma once

#include "limits/drain.h"

namespace rookery::limits {

/// Token bucket. A bucket of `burst` tokens is full at first and is filled with `amount` tokens a
/// `period`, steadily and up to the brim; a request takes as many tokens as it costs, or is
/// refused.
///
/// At most burst + W * amount / period units are admitted in any span of length W; a schedule that
/// empties the bucket and then comes whenever there is a token reaches it.
///
/// State: 16 bytes. Exact: no fraction of a token is ever lost (limits/drain.h); what is kept is
/// what is missing of a full bucket, so that a new key is all zero. Source: Turner, "New directions
/// in communications (or which way to the information age?)", IEEE Communications Magazine 24(10),
/// 1986; RFC 2697, section 3.
class TokenBucket {
public:
    using State = Level;  ///< tokens missing

    [[nodiscard]] static Result<TokenBucket> make(const Quota& quota);

    [[nodiscard]] Decision look(const State& state, Nanos now, std::uint64_t cost) const {
        return drain_.decide(state, now, cost);
    }
    void charge(State& state, Nanos now, std::uint64_t cost) const { drain_.add(state, now, cost); }
    [[nodiscard]] Nanos fresh_at(const State& state) const { return drain_.empty_at(state); }

private:
    explicit TokenBucket(Drain drain) : drain_(drain) {}

    Drain drain_;
};

}  // namespace rookery::limits
