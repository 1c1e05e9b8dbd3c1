#pragma once

#include "base/codec.h"
#include "base/result.h"
#include "limits/quota.h"

namespace rookery::limits {

/// What has come in and has not run off yet.
struct Level {
    std::uint64_t parts = 0;
    Nanos at = 0;  ///< when it was so

    void write(ByteWriter& out) const {
        out.varint(parts);
        out.signed_varint(at);
    }
    [[nodiscard]] static Level read(ByteReader& in) {
        Level level;
        level.parts = in.varint();
        level.at = in.signed_varint();
        return level;
    }
};

/// A vessel of `burst` units that runs off at `amount` units a `period`, without rounding: amounts
/// are counted in parts, of which a unit has period / gcd and a nanosecond drains amount / gcd.
class Drain {
public:
    /// kInvalid as check() says, or if the vessel in parts does not fit 63 bits.
    [[nodiscard]] static Result<Drain> make(const Quota& quota);

    [[nodiscard]] std::uint64_t burst() const { return burst_; }
    /// What is left at `now`.
    [[nodiscard]] std::uint64_t parts_at(const Level& level, Nanos now) const;
    /// True if `cost` more fits.
    [[nodiscard]] bool fits(std::uint64_t parts, std::uint64_t cost) const;
    /// Whole units that fit.
    [[nodiscard]] std::uint64_t room(std::uint64_t parts) const;
    /// Adds `cost`, which fits.
    void add(Level& level, Nanos now, std::uint64_t cost) const;
    /// The first moment at which `cost` more fits; kNever if it is above burst().
    [[nodiscard]] Nanos fits_at(const Level& level, std::uint64_t cost) const;
    /// The first moment at which nothing is left.
    [[nodiscard]] Nanos empty_at(const Level& level) const;
    /// Whether `cost` more fits, and what comes of it; Decision::wait is left to the caller.
    [[nodiscard]] Decision decide(const Level& level, Nanos now, std::uint64_t cost) const;
    /// How long `parts` take to run off, rounded up.
    [[nodiscard]] Nanos time_of(std::uint64_t parts) const;
    [[nodiscard]] std::uint64_t parts_of(std::uint64_t cost) const {
        return cost * parts_per_unit_;
    }

private:
    Drain(std::uint64_t burst, std::uint64_t parts_per_unit, std::uint64_t parts_per_nano)
        : burst_(burst), parts_per_unit_(parts_per_unit), parts_per_nano_(parts_per_nano) {}

    std::uint64_t burst_;
    std::uint64_t parts_per_unit_;
    std::uint64_t parts_per_nano_;
};

/// `at` as a span from `now` on.
[[nodiscard]] constexpr Nanos span_until(Nanos at, Nanos now) {
    return at == kNever ? kNever : (at > now ? at - now : 0);
}

/// a + b, at most kNever.
[[nodiscard]] constexpr Nanos later(Nanos a, std::uint64_t b) {
    return b >= static_cast<std::uint64_t>(kNever - a) ? kNever : a + static_cast<Nanos>(b);
}

}  // namespace rookery::limits
