#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The bytes of a segment, described with an example in docs/formats/search.md.
namespace rookery::search::format {

inline constexpr std::string_view kMagic = "RKSEARCH";
inline constexpr std::uint32_t kVersion = 3;
inline constexpr std::uint32_t kLengthMax = 65'535;

/// Little-endian, like all numbers of a segment except those of variable length.
struct Header {
    char magic[8];  // NOLINT(modernize-avoid-c-arrays): it is a layout of bytes
    std::uint32_t version;
    std::uint32_t doc_count;
    std::uint32_t term_count;
    std::uint32_t checksum;  ///< CRC-32 of the whole with 0 in this place
    std::uint64_t word_count;
    std::uint64_t terms_offset;     ///< of the entries of terms: one more than there are terms
    std::uint64_t texts_offset;     ///< of the terms' texts
    std::uint64_t postings_offset;  ///< of their lists
    std::uint64_t size;             ///< of the whole
};
static_assert(sizeof(Header) == 64);

struct TermEntry {
    std::uint64_t postings;  ///< where the list begins, from postings_offset
    std::uint32_t text;      ///< where the text begins, from texts_offset
    std::uint32_t documents;
};
static_assert(sizeof(TermEntry) == 16);

/// Where the pieces lie, of a segment with so many documents, terms and bytes of their texts.
struct Layout {
    Layout(std::uint64_t documents, std::uint64_t terms, std::uint64_t text_bytes)
        : lengths_offset(sizeof(Header) + documents * sizeof(std::uint64_t)),
          terms_offset((lengths_offset + documents * sizeof(std::uint16_t) + 7) / 8 * 8),
          texts_offset(terms_offset + (terms + 1) * sizeof(TermEntry)),
          postings_offset(texts_offset + text_bytes) {}

    std::uint64_t lengths_offset;
    std::uint64_t terms_offset;
    std::uint64_t texts_offset;
    std::uint64_t postings_offset;
};

/// CRC-32; `before` is that of the bytes that come before these.
[[nodiscard]] std::uint32_t checksum(std::string_view bytes, std::uint32_t before = 0);

}  // namespace rookery::search::format
