#include "search/block_docs.h"

#include <bit>
#include <cstring>

namespace rookery::search {

namespace {

constexpr std::uint32_t kEight = 8;
constexpr std::uint32_t kGroups = kPackedCount / kEight;
static_assert(BlockDocs().size() == (kGroups + 1) * kEight);
/// So few are sooner looked for one by one.
constexpr std::size_t kFewDocs = 4;

// Clang makes of these what the processor has.
using Eight = std::uint32_t __attribute__((vector_size(kEight * sizeof(std::uint32_t))));
using OfGroups = std::int32_t __attribute__((vector_size(kGroups * sizeof(std::int32_t))));
using BitOfEight = bool __attribute__((ext_vector_type(kEight)));
using BitOfGroups = bool __attribute__((ext_vector_type(kGroups)));

/// The last document of each eight. Processors compare numbers with a sign more quickly, and those
/// of documents have none: kNoDoc becomes the greatest.
void read_lasts(const BlockDocs& block, OfGroups& lasts) {
    for (std::uint32_t i = 0; i < kGroups; ++i) {
        lasts[i] =
            static_cast<std::int32_t>(block[i * kEight + kEight - 1] & (kSegmentDocsMax - 1));
    }
}

}  // namespace

std::uint32_t place_in_block(const BlockDocs& block, DocNumber target) {
    // Without a branch, because nobody can guess which way to go.
    std::uint32_t place = 0;
    for (std::uint32_t half = kPackedCount / 2; half > 0; half /= 2) {
        place += block[place + half - 1] < target ? half : 0;
    }
    return place;
}

std::uint32_t
next_place(const BlockDocs& block, std::uint32_t from, std::uint32_t end, DocNumber target) {
    Eight next;
    std::memcpy(&next, &block[from], sizeof next);
    const auto less = __builtin_convertvector(next < target, BitOfEight);
    const std::uint32_t bits = __builtin_bit_cast(std::uint8_t, less);
    const auto skipped = static_cast<std::uint32_t>(std::countr_one(bits));
    from += skipped;
    if (skipped < kEight) {
        return from;
    }
    for (std::uint32_t left = end - from; left > 0;) {
        const std::uint32_t half = (left + 1) / 2;
        from += block[from + half - 1] < target ? half : 0;
        left -= half;
    }
    return from;
}

std::size_t keep_in_block(const BlockDocs& block, std::span<const DocNumber> docs, DocNumber* out) {
    std::size_t kept = 0;
    if (docs.size() < kFewDocs) {
        for (const DocNumber doc : docs) {
            out[kept] = doc;
            kept += block[place_in_block(block, doc)] == doc ? 1 : 0;
        }
        return kept;
    }
    // First in which eight it would be, then whether it is there; all without a branch, so that
    // the processor works on several documents at once.
    OfGroups lasts;
    read_lasts(block, lasts);
    for (const DocNumber doc : docs) {
        const auto less =
            __builtin_convertvector(lasts < static_cast<std::int32_t>(doc), BitOfGroups);
        // Those that are less are in front, so that their number is the group's.
        const std::uint32_t bits = __builtin_bit_cast(std::uint16_t, less);
        const auto group = static_cast<std::uint32_t>(std::countr_one(bits));
        Eight eight;
        std::memcpy(&eight, &block[group * kEight], sizeof eight);
        const auto same = __builtin_convertvector(eight == doc, BitOfEight);
        out[kept] = doc;
        kept += __builtin_bit_cast(std::uint8_t, same) != 0 ? 1 : 0;
    }
    return kept;
}

}  // namespace rookery::search
