#pragma once

#include "base/result.h"

#include <cstdint>

namespace rookery::limits {

/// Nanoseconds on a clock that does not step back, from any origin at or before 0. Should it step
/// back after all, a moment before a key's last charge counts as the moment of that charge.
using Nanos = std::int64_t;
/// Above every moment that occurs.
inline constexpr Nanos kNever = INT64_MAX;
inline constexpr Nanos kSecond = 1'000'000'000;

/// How much is allowed. A request costs a number of units, commonly one.
struct Quota {
    std::uint64_t amount = 1;  ///< units a period
    Nanos period = kSecond;
    /// What the buckets hold: units that may come at once. The windows do not look at it.
    std::uint64_t burst = 1;

    bool operator==(const Quota&) const = default;
};

/// Longer periods are refused: 36 years, which keeps all sums within 63 bits.
inline constexpr Nanos kPeriodMax = Nanos{1} << 60U;

/// kInvalid unless amount and burst are above 0 and the period is one that can be counted.
[[nodiscard]] Result<void> check(const Quota& quota);

/// What an algorithm says of a request.
struct Decision {
    bool allowed = true;
    /// Units that would be allowed at this moment, when this request has been charged.
    std::uint64_t remaining = 0;
    /// How long to hold the request before it goes on; only LeakingQueue says other than 0.
    Nanos wait = 0;
    /// If refused: when the same request is allowed, provided that nothing else is charged. Exact:
    /// it would still be refused a nanosecond earlier. kNever if it costs more than is ever
    /// allowed.
    Nanos retry_after = 0;
    /// When everything is allowed again, provided that nothing else is charged.
    Nanos resets_after = 0;
};

/*
Every algorithm is a class of this form; its constants are shared by all keys, its State belongs to
one. look() decides and changes nothing; charge() counts what look() has allowed, at the same moment
and cost. They are apart so that several limits can be decided together and all be charged, or none.

    static Result<Algorithm> make(Quota);          // kInvalid names what is impossible
    struct State {                                 // value-initialised: a new key
        void write(ByteWriter&) const;             // for limits/state_file.h
        static State read(ByteReader&);            // whether it was whole, the reader says
    };
    Decision look(const State&, Nanos now, std::uint64_t cost) const;
    void charge(State&, Nanos now, std::uint64_t cost) const;
    Nanos fresh_at(const State&) const;            // from then on like a new key

A state may hold more than is allowed: of a key that was charged before the quota was lowered. It is
then refused until enough of that is over. `now` is at least 0. A cost of 0 is always allowed, and
not to be charged. None is thread-safe for one State: a table locks.
*/

}  // namespace rookery::limits
