#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

namespace rookery::limits {

/// Whom or what a limit counts, hashed once for all limits that look at it.
struct LimitKey {
    std::uint64_t hash = 0;  ///< never 0

    auto operator<=>(const LimitKey&) const = default;
};

/// Makes keys of texts. Two texts are taken for one with a chance of 2^-64, and nobody who does not
/// know the secret can look for such a pair: SipHash-2-4.
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012.
class KeyHasher {
public:
    using Secret = std::array<unsigned char, 16>;

    [[nodiscard]] static Secret random_secret();

    explicit KeyHasher(const Secret& secret) : secret_(secret) {}

    [[nodiscard]] LimitKey key(std::string_view text) const;
    /// As a checksum of what is stored with the secret.
    [[nodiscard]] std::uint64_t checksum(std::string_view bytes) const;
    [[nodiscard]] const Secret& secret() const { return secret_; }

private:
    Secret secret_;
};

}  // namespace rookery::limits
