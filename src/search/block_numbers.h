#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace rookery::search {

/// Appends the numbers of a block (docs/formats/search.md): packed if they are as many as
/// packed.h takes and none is too large, else as varints.
void append_numbers(std::span<const std::uint32_t> numbers, std::string& out);

/// How they were written: packed ones have at most kPackedBitsMax bits.
enum class NumbersRead : std::uint8_t { kPacked, kSingly, kDamaged };

/// Reads as many as `numbers` holds, and moves `at` behind them; nowhere beyond `end`.
[[nodiscard]] NumbersRead
read_numbers(const char*& at, const char* end, std::span<std::uint32_t> numbers);

/// The same of steps, each less one. If they are packed, `places` gets where they lead to from
/// `start`, modulo 2^32; else the steps themselves.
[[nodiscard]] NumbersRead
read_steps(const char*& at, const char* end, std::uint32_t start, std::span<std::uint32_t> places);

/// Moves `at` behind the number; at bytes that are none, to `end` and beyond nothing.
[[nodiscard]] inline std::uint32_t read_varint(const char*& at, const char* end) {
    std::uint32_t value = 0;
    for (unsigned shift = 0; at != end && shift < 35; shift += 7) {
        const auto part = static_cast<std::uint8_t>(*at++);
        value |= static_cast<std::uint32_t>(part & 0x7FU) << shift;
        if ((part & 0x80U) == 0) {
            return value;
        }
    }
    at = end;
    return 0;
}

}  // namespace rookery::search
