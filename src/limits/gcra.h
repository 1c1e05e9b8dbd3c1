#pragma once

#include "base/codec.h"
#include "base/result.h"
#include "limits/quota.h"

namespace rookery::limits {

/// Generic cell rate algorithm in its virtual-scheduling form. Units are due one emission interval
/// T = period / amount apart; the theoretical arrival time (TAT) is when the next is due. A request
/// of cost c moves it to max(now, TAT) + c T, and is refused if that is more than burst * T ahead.
///
/// It admits what a token bucket of the same quota admits, in half of its memory. T is rounded up
/// to whole nanoseconds, so it is a little stricter where amount does not divide period: at most
/// burst + W / T units in any span of length W.
///
/// State: 8 bytes; the last charge is not among them, so a clock that steps back by d makes it wait
/// d longer.
/// Source: ITU-T Recommendation I.371 (03/2004), annex A; ATM Forum TM 4.1, section 4.4.2.
class Gcra {
public:
    struct State {
        Nanos tat = 0;

        void write(ByteWriter& out) const { out.signed_varint(tat); }
        [[nodiscard]] static State read(ByteReader& in) { return {.tat = in.signed_varint()}; }
    };

    /// kInvalid as check() says, or if burst * T does not fit 62 bits.
    [[nodiscard]] static Result<Gcra> make(const Quota& quota);

    [[nodiscard]] Decision look(const State& state, Nanos now, std::uint64_t cost) const;
    void charge(State& state, Nanos now, std::uint64_t cost) const;
    [[nodiscard]] Nanos fresh_at(const State& state) const { return state.tat; }

private:
    Gcra(std::uint64_t burst, std::uint64_t interval) : burst_(burst), interval_(interval) {}

    std::uint64_t burst_;
    std::uint64_t interval_;
};

}  // namespace rookery::limits
