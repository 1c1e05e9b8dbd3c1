#pragma once

#include "base/codec.h"
#include "base/result.h"
#include "limits/quota.h"

namespace rookery::limits {

/// Fixed window. Time is cut into windows that begin at multiples of `period`; in each, `amount`
/// units are admitted.
///
/// At most twice the amount is admitted in a span of a period's length: all of one window at its
/// end and all of the next at its beginning. In any span of length W: amount * (2 + W / period).
///
/// State: 16 bytes.
class FixedWindow {
public:
    struct State {
        Nanos begins = 0;
        std::uint64_t used = 0;

        void write(ByteWriter& out) const {
            out.signed_varint(begins);
            out.varint(used);
        }
        [[nodiscard]] static State read(ByteReader& in) {
            State state;
            state.begins = in.signed_varint();
            state.used = in.varint();
            return state;
        }
    };

    /// kInvalid as check() says.
    [[nodiscard]] static Result<FixedWindow> make(const Quota& quota);

    [[nodiscard]] Decision look(const State& state, Nanos now, std::uint64_t cost) const;
    void charge(State& state, Nanos now, std::uint64_t cost) const;
    [[nodiscard]] Nanos fresh_at(const State& state) const;

private:
    FixedWindow(std::uint64_t amount, Nanos period) : amount_(amount), period_(period) {}
    /// The state when the window of `now` has begun.
    [[nodiscard]] State at(const State& state, Nanos now) const;

    std::uint64_t amount_;
    Nanos period_;
};

}  // namespace rookery::limits
