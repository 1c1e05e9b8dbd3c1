#pragma once

#include "base/codec.h"
#include "base/result.h"
#include "limits/quota.h"

namespace rookery::limits {

/// Sliding-window counter of two fixed windows. What the window before admitted is taken as spread
/// evenly over it: at a moment e into a window, the last `period` is reckoned to hold
/// previous * (period - e) / period + current units, and a request is admitted if with it that is
/// at most `amount`.
///
/// It is an estimate: less than twice the amount is admitted in any span of a period's length, and
/// a schedule that uses up a window just before its end and then takes whatever is let in comes as
/// near as it likes. Where the limit must hold, take SubwindowCounter or SlidingLog.
///
/// State: 16 bytes; exact integers. Of a clock that steps back it knows only in which window the
/// last charge was. Counts 2^32 - 1 units a window at most. Source: Cloudflare, "How we built rate
/// limiting capable of scaling to millions of domains", 2017.
class SlidingCounter {
public:
    struct State {
        Nanos begins = 0;  ///< of the present window
        std::uint32_t previous = 0;
        std::uint32_t current = 0;

        void write(ByteWriter& out) const {
            out.signed_varint(begins);
            out.varint(previous);
            out.varint(current);
        }
        [[nodiscard]] static State read(ByteReader& in) {
            State state;
            state.begins = in.signed_varint();
            state.previous = static_cast<std::uint32_t>(in.varint());
            state.current = static_cast<std::uint32_t>(in.varint());
            return state;
        }
    };

    /// kInvalid as check() says, or if amount is above 2^32 - 1.
    [[nodiscard]] static Result<SlidingCounter> make(const Quota& quota);

    [[nodiscard]] Decision look(const State& state, Nanos now, std::uint64_t cost) const;
    void charge(State& state, Nanos now, std::uint64_t cost) const;
    [[nodiscard]] Nanos fresh_at(const State& state) const;

private:
    SlidingCounter(std::uint64_t amount, Nanos period) : amount_(amount), period_(period) {}
    /// The state when the window of `now` has begun.
    [[nodiscard]] State at(const State& state, Nanos now) const;
    /// Units that fit `into` nanoseconds after the beginning of the present window.
    [[nodiscard]] std::uint64_t room(const State& present, Nanos into) const;
    /// The first moment at or after the beginning of the present window at which `cost` fits.
    [[nodiscard]] Nanos fits_at(const State& present, std::uint64_t cost) const;

    std::uint64_t amount_;
    Nanos period_;
};

}  // namespace rookery::limits
