#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace rookery::limits {

/// Whom or what a limit counts, hashed once for all limits that look at it. Two keys are taken for
/// one with a chance of 2^-64, and nobody outside the process can look for such a pair: the hash is
/// SipHash-2-4 under a key that each process draws for itself.
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012.
struct LimitKey {
    explicit LimitKey(std::string_view text);

    std::uint64_t hash = 0;  ///< never 0

    auto operator<=>(const LimitKey&) const = default;
};

}  // namespace rookery::limits
