#pragma once

#include "base/codec.h"
#include "base/result.h"
#include "limits/quota.h"

#include <array>
#include <cstddef>

namespace rookery::limits {

/// Sliding-window counter of sub-windows. A period is cut into kSubwindows, each with a count; a
/// request is admitted if, with it, the present sub-window and the kSubwindows before it hold at
/// most `amount`. The oldest reaches out of the period in part and is counted whole.
///
/// At most the amount is admitted in *any* span of a period's length (open at one end): let the
/// span end at its last admitted request, in sub-window j. All others of the span are in j -
/// kSubwindows to j, whose sum that request's own decision held to the amount. The price is that a
/// unit counts for up to a kSubwindows-th of a period too long.
///
/// State: 128 bytes. Counts 2^32 - 1 units a sub-window at most.
class SubwindowCounter {
public:
    static constexpr std::size_t kSubwindows = 28;

    struct State {
        Nanos begins = 0;  ///< of the present sub-window
        /// That of a sub-window with number n is at n modulo the size.
        std::array<std::uint32_t, kSubwindows + 1> counts{};

        void write(ByteWriter& out) const {
            out.signed_varint(begins);
            for (const std::uint32_t count : counts) {
                out.varint(count);
            }
        }
        [[nodiscard]] static State read(ByteReader& in) {
            State state;
            state.begins = in.signed_varint();
            for (std::uint32_t& count : state.counts) {
                count = static_cast<std::uint32_t>(in.varint());
            }
            return state;
        }
    };

    /// kInvalid as check() says, or if amount is above 2^32 - 1.
    [[nodiscard]] static Result<SubwindowCounter> make(const Quota& quota);

    [[nodiscard]] Decision look(const State& state, Nanos now, std::uint64_t cost) const;
    void charge(State& state, Nanos now, std::uint64_t cost) const;
    [[nodiscard]] Nanos fresh_at(const State& state) const;

private:
    /// `length` is that of a sub-window: a kSubwindows-th of the period, rounded up, so that they
    /// never fall short of it.
    SubwindowCounter(std::uint64_t amount, Nanos length) : amount_(amount), length_(length) {}

    /// The state when the sub-window of `now` has begun.
    [[nodiscard]] State at(const State& state, Nanos now) const;
    /// The count of the sub-window that began `age` sub-windows before the present one.
    [[nodiscard]] std::uint32_t count(const State& state, std::size_t age) const;
    [[nodiscard]] std::uint64_t used(const State& present) const;
    [[nodiscard]] Nanos fits_at(const State& present, std::uint64_t cost) const;

    std::uint64_t amount_;
    Nanos length_;
};

}  // namespace rookery::limits
