#pragma once

#include <cstdint>
#include <string>

namespace rookery {

/// Bytes from the operating system's generator, fit for tokens and keys. Thread-safe.
[[nodiscard]] std::string secure_random_bytes(std::size_t count);

/// A token of `bytes` random bytes in base64url without padding.
[[nodiscard]] std::string secure_random_token(std::size_t bytes = 32);

/// One step of SplitMix64 (Steele et al., OOPSLA 2014): fast and seedable, not secure.
[[nodiscard]] constexpr std::uint64_t split_mix64(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/// A seeded generator for simulations, demo data and jitter. Not thread-safe, not secure.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    [[nodiscard]] std::uint64_t next() { return split_mix64(state_); }

    /// Uniform in [0, bound); bound must not be 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) {
        return static_cast<std::uint64_t>((static_cast<__uint128_t>(next()) * bound) >> 64);
    }

    /// Uniform in [0, 1).
    [[nodiscard]] double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    [[nodiscard]] bool chance(double probability) { return unit() < probability; }

private:
    std::uint64_t state_;
};

}  // namespace rookery
