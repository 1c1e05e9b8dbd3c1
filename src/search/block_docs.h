#pragma once

#include "search/packed.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace rookery::search {

/// A document's number in its segment: 0 is the newest.
using DocNumber = std::uint32_t;
/// Behind the last document.
inline constexpr DocNumber kNoDoc = std::numeric_limits<DocNumber>::max();
/// A segment has no more documents.
inline constexpr std::uint32_t kSegmentDocsMax = std::uint32_t{1} << 31U;

/// The documents of a block, ascending, and kNoDoc from the last to the end, which lies eight
/// behind those of a full block.
using BlockDocs = std::array<DocNumber, kPackedCount + 8>;

/// The place of the first that is not before `target`; of the last of a full block if all are.
[[nodiscard]] std::uint32_t place_in_block(const BlockDocs& block, DocNumber target);

/// The same where only `from` on is looked at, and most likely it is one of the next; `end`, which
/// is how many there are, if all are before `target`.
[[nodiscard]] std::uint32_t
next_place(const BlockDocs& block, std::uint32_t from, std::uint32_t end, DocNumber target);

/// Puts those of `docs`, which ascend and are documents, that are in the block into `out`, which
/// may be `docs` or lie before it. How many they are.
std::size_t keep_in_block(const BlockDocs& block, std::span<const DocNumber> docs, DocNumber* out);

}  // namespace rookery::search
