#pragma once

#include "base/codec.h"
#include "base/result.h"
#include "limits/quota.h"

#include <cstddef>
#include <vector>

namespace rookery::limits {

/// Sliding-window log. Remembers when what was admitted, and admits a request if that makes at most
/// `amount` units within the last `period`.
///
/// At most the amount is admitted in any span of a period's length (open at one end), and all of it
/// always can be: no limiter of windows is more exact, and none takes more memory.
///
/// State: 16 bytes a moment at which something was admitted in the last period, so 16 * amount at
/// most; room for twice as many is held while it is tidied. A look is a binary search.
class SlidingLog {
public:
    class State {
    public:
        void write(ByteWriter& out) const;
        [[nodiscard]] static State read(ByteReader& in);

    private:
        friend class SlidingLog;

        struct Entry {
            Nanos at = 0;
            std::uint64_t total = 0;  ///< units ever admitted, this moment's included; wraps
        };
        std::vector<Entry> entries_;  ///< ascending
        std::size_t first_ = 0;       ///< those before it are over
        std::uint64_t base_ = 0;      ///< the total before entries_[first_]
    };

    /// kInvalid as check() says.
    [[nodiscard]] static Result<SlidingLog> make(const Quota& quota);

    [[nodiscard]] Decision look(const State& state, Nanos now, std::uint64_t cost) const;
    void charge(State& state, Nanos now, std::uint64_t cost) const;
    [[nodiscard]] Nanos fresh_at(const State& state) const;

private:
    SlidingLog(std::uint64_t amount, Nanos period) : amount_(amount), period_(period) {}

    /// The index of the first entry that still counts at `now`.
    [[nodiscard]] std::size_t first_live(const State& state, Nanos now) const;
    [[nodiscard]] static std::uint64_t total_before(const State& state, std::size_t index);
    /// When `cost` more fits.
    [[nodiscard]] Nanos fits_at(const State& state, std::size_t first, std::uint64_t cost) const;

    std::uint64_t amount_;
    Nanos period_;
};

}  // namespace rookery::limits
