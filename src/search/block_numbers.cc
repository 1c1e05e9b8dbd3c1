#include "search/block_numbers.h"

#include "base/codec.h"
#include "search/packed.h"

namespace rookery::search {

namespace {

/// In the place of the bits of packed numbers: they are varints, as in a block that is not full.
constexpr std::uint8_t kNotPacked = 255;

/// `take_out` gets packed numbers from `at` on, of so many bits.
template <class TakeOut>
NumbersRead
read_block(const char*& at, const char* end, std::span<std::uint32_t> numbers, TakeOut take_out) {
    if (numbers.size() == kPackedCount) {
        const auto bits = static_cast<std::uint8_t>(at == end ? kNotPacked : *at++);
        if (bits <= kPackedBitsMax) {
            if (static_cast<std::size_t>(end - at) < packed_bytes(bits)) {
                return NumbersRead::kDamaged;
            }
            take_out(bits);
            at += packed_bytes(bits);
            return NumbersRead::kPacked;
        }
        if (bits != kNotPacked) {
            return NumbersRead::kDamaged;
        }
    }
    for (std::uint32_t& number : numbers) {
        if (at == end) {
            return NumbersRead::kDamaged;
        }
        number = read_varint(at, end);
    }
    return NumbersRead::kSingly;
}

}  // namespace

void append_numbers(std::span<const std::uint32_t> numbers, std::string& out) {
    if (numbers.size() == kPackedCount) {
        const auto full = numbers.first<kPackedCount>();
        const unsigned bits = bits_of(full);
        out.push_back(static_cast<char>(bits <= kPackedBitsMax ? bits : kNotPacked));
        if (bits <= kPackedBitsMax) {
            pack(full, bits, out);
            return;
        }
    }
    ByteWriter writer(out);
    for (const std::uint32_t number : numbers) {
        writer.varint(number);
    }
}

NumbersRead read_numbers(const char*& at, const char* end, std::span<std::uint32_t> numbers) {
    return read_block(at, end, numbers, [&](unsigned bits) {
        unpack(at, bits, numbers.first<kPackedCount>());
    });
}

NumbersRead
read_steps(const char*& at, const char* end, std::uint32_t start, std::span<std::uint32_t> places) {
    return read_block(at, end, places, [&](unsigned bits) {
        unpack_steps(at, bits, start, places.first<kPackedCount>());
    });
}

}  // namespace rookery::search
