#pragma once

#include "base/result.h"
#include "search/postings.h"
#include "search/scratch.h"
#include "search/sink.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace rookery::search {

/// Writes lists of postings (docs/formats/search.md), one after another, each posting by posting.
/// A list's pieces come one after another, so that they can be put together only when all of it is
/// known: until then they are in memory or, as far as they are too large, in a file.
class PostingEncoder {
public:
    /// `scratch` must outlive it.
    explicit PostingEncoder(const Scratch& scratch)
        : skips_(scratch), data_(scratch), positions_(scratch) {}

    /// A new list. `has_frequencies`: some of them may be other than 1.
    void begin(bool has_frequencies, bool has_positions);
    /// Documents ascend. `positions` are `frequency`, if the list has any.
    void add(DocNumber doc, std::uint32_t frequency, std::span<const std::uint32_t> positions);
    [[nodiscard]] std::uint32_t count() const { return count_; }
    /// Appends the list, which must not be empty. An error: it could not be kept until now, or has
    /// more bytes than a list may have.
    [[nodiscard]] Result<void> finish(Sink& out);

private:
    static constexpr std::size_t kBlock = PostingCursor::kBlock;

    void end_block();

    SpillBuffer skips_;
    SpillBuffer data_;
    SpillBuffer positions_;
    bool has_frequencies_ = false;
    bool has_positions_ = false;
    std::uint32_t count_ = 0;
    std::uint32_t blocks_ = 0;
    std::size_t in_block_ = 0;
    std::int64_t previous_ = -1;  ///< the last document
    std::array<std::uint32_t, kBlock> steps_;
    std::array<std::uint32_t, kBlock> frequencies_;  ///< less one
};

/// Appends the list, which must not be empty.
void encode_postings(const PostingList& list, Sink& out);

}  // namespace rookery::search
