#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace rookery::search {

/// So many numbers are packed together.
inline constexpr std::size_t kPackedCount = 128;
/// Larger numbers are not packed.
inline constexpr unsigned kPackedBitsMax = 24;

/// The bits that the largest of the numbers needs.
[[nodiscard]] unsigned bits_of(std::span<const std::uint32_t, kPackedCount> numbers);

/// 128 numbers of `bits` bits each take so many bytes.
[[nodiscard]] constexpr std::size_t packed_bytes(unsigned bits) {
    return kPackedCount / 8 * bits;
}

/// Appends the numbers in `bits` bits each (bits_of(), at most kPackedBitsMax), as
/// docs/formats/search.md says: four lanes side by side, so that a processor takes out four numbers
/// at a time (Lemire and Boytsov, "Decoding billions of integers per second through vectorization",
/// Software: Practice and Experience 45, 2015).
void pack(std::span<const std::uint32_t, kPackedCount> numbers, unsigned bits, std::string& out);

/// Takes out what pack() put in: packed_bytes(bits) bytes at `bytes`.
void unpack(const char* bytes, unsigned bits, std::span<std::uint32_t, kPackedCount> numbers);

/// The same of steps, each less one: puts where they lead to from `start`, modulo 2^32; steps of 0,
/// 3, 0 from 9 on lead to 10, 14, 15.
void unpack_steps(
    const char* bytes,
    unsigned bits,
    std::uint32_t start,
    std::span<std::uint32_t, kPackedCount> places
);

}  // namespace rookery::search
