#include "search/packed.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace rookery::search {

namespace {

constexpr std::size_t kLanes = 4;
constexpr std::size_t kRows = kPackedCount / kLanes;
constexpr unsigned kWordBits = 32;

/// A word of each lane. Clang makes of it what the processor has.
using Row = std::uint32_t __attribute__((vector_size(kLanes * sizeof(std::uint32_t))));

Row load(const void* at) {
    Row row;
    std::memcpy(&row, at, sizeof row);
    return row;
}

void store(Row row, void* at) {
    std::memcpy(at, &row, sizeof row);
}

/// The number in row `kRow` of each lane, whose words of 32 bits lie one after another.
template <unsigned kBits, std::size_t kRow>
Row take_row(const char* bytes) {
    if constexpr (kBits == 0) {
        return Row{};
    }
    constexpr std::size_t kBegin = kRow * kBits;
    constexpr std::size_t kWord = kBegin / kWordBits;
    constexpr unsigned kShift = kBegin % kWordBits;
    constexpr std::uint32_t kMask = (std::uint32_t{1} << kBits) - 1;
    Row row = load(bytes + kWord * sizeof(Row)) >> kShift;
    if constexpr (kShift + kBits > kWordBits) {
        row |= load(bytes + (kWord + 1) * sizeof(Row)) << (kWordBits - kShift);
    }
    return row & kMask;
}

template <unsigned kBits>
void unpack_bits(const char* bytes, std::uint32_t* numbers) {
    [&]<std::size_t... kRow>(std::index_sequence<kRow...>) {
        (store(take_row<kBits, kRow>(bytes), numbers + kRow * kLanes), ...);
    }(std::make_index_sequence<kRows>());
}

/// Adds up steps, each less one, row by row.
class StepWalk {
public:
    explicit StepWalk(std::uint32_t start) : before_(kNothing + start) {}

    Row add(Row row) {
        row += 1;
        row += __builtin_shufflevector(kNothing, row, 0, 4, 5, 6);
        row += __builtin_shufflevector(kNothing, row, 0, 1, 4, 5);
        const Row places = row + before_;
        // Not by way of `places`: so each row waits for the one before it for one addition only.
        before_ += __builtin_shufflevector(row, row, 3, 3, 3, 3);
        return places;
    }

private:
    static constexpr Row kNothing{};

    Row before_;
};

template <unsigned kBits>
void unpack_steps_bits(const char* bytes, std::uint32_t start, std::uint32_t* places) {
    StepWalk walk(start);
    [&]<std::size_t... kRow>(std::index_sequence<kRow...>) {
        (store(walk.add(take_row<kBits, kRow>(bytes)), places + kRow * kLanes), ...);
    }(std::make_index_sequence<kRows>());
}

using Unpack = void (*)(const char*, std::uint32_t*);
using UnpackSteps = void (*)(const char*, std::uint32_t, std::uint32_t*);

using AllBits = std::make_integer_sequence<unsigned, kPackedBitsMax + 1>;

constexpr auto kUnpack = []<unsigned... kBits>(std::integer_sequence<unsigned, kBits...>) {
    return std::array<Unpack, sizeof...(kBits)>{unpack_bits<kBits>...};
}(AllBits());

constexpr auto kUnpackSteps = []<unsigned... kBits>(std::integer_sequence<unsigned, kBits...>) {
    return std::array<UnpackSteps, sizeof...(kBits)>{unpack_steps_bits<kBits>...};
}(AllBits());

}  // namespace

unsigned bits_of(std::span<const std::uint32_t, kPackedCount> numbers) {
    return static_cast<unsigned>(std::bit_width(std::ranges::max(numbers)));
}

void pack(std::span<const std::uint32_t, kPackedCount> numbers, unsigned bits, std::string& out) {
    static_assert(std::endian::native == std::endian::little, "the format is little-endian");
    std::array<std::uint32_t, kLanes*(kPackedBitsMax + 1)> words{};
    for (std::size_t i = 0; i < kPackedCount; ++i) {
        const std::size_t begin = i / kLanes * bits;
        const std::uint64_t shifted = std::uint64_t{numbers[i]} << (begin % kWordBits);
        const std::size_t word = begin / kWordBits * kLanes + i % kLanes;
        words[word] |= static_cast<std::uint32_t>(shifted);
        words[word + kLanes] |= static_cast<std::uint32_t>(shifted >> kWordBits);
    }
    out.append(reinterpret_cast<const char*>(words.data()), packed_bytes(bits));
}

void unpack(const char* bytes, unsigned bits, std::span<std::uint32_t, kPackedCount> numbers) {
    kUnpack.at(bits)(bytes, numbers.data());
}

void unpack_steps(
    const char* bytes,
    unsigned bits,
    std::uint32_t start,
    std::span<std::uint32_t, kPackedCount> places
) {
    kUnpackSteps.at(bits)(bytes, start, places.data());
}

}  // namespace rookery::search
