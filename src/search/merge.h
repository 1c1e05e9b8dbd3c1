#pragma once

#include "base/result.h"
#include "search/postings_encode.h"
#include "search/scratch.h"
#include "search/segment_merge.h"
#include "search/segment_writer.h"
#include "search/term_walk.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

namespace rookery::search {

/// One merge, from cursors over its sources to the pieces of the segment that comes of them.
class Merge {
public:
    /// `numbers`: zeros, one for each document of all sources. All must outlive it.
    Merge(
        const std::vector<MergeSource>& sources,
        std::span<DocNumber> numbers,
        const Scratch& scratch,
        const std::atomic<bool>& cancelled
    );

    [[nodiscard]] DocNumber living() const { return living_; }

    struct TermsSize {
        std::uint64_t terms = 0;
        std::uint64_t text_bytes = 0;
    };
    /// Of the terms that write() will write, or of a few more where a list is damaged.
    [[nodiscard]] TermsSize measure_terms() const;

    /// Stops in the middle when it is cancelled.
    [[nodiscard]] Result<void> write(SegmentWriter& writer);

private:
    struct Source {
        const Segment* segment;
        std::span<DocNumber> renumbered;  ///< old number → new one, or kNoDoc
        bool has_dead = false;
    };

    void write_documents(SegmentWriter& writer);
    /// Prepares cursors_ and encoder_.
    void begin_term(const std::vector<TermWalk::Place>& places);
    void merge_postings();
    void add(const Source& source, PostingCursor& cursor);

    [[nodiscard]] PostingCursor first_living(const TermWalk::Place& place) const;
    [[nodiscard]] bool has_frequencies(const TermWalk::Place& place, const PostingCursor& at) const;

    const std::vector<MergeSource>& merged_;
    const std::atomic<bool>& cancelled_;
    std::vector<Source> sources_;
    DocNumber living_ = 0;

    struct Reading {
        const Source* source;
        PostingCursor cursor;
    };
    std::vector<Reading> reading_;  ///< those of the present term
    PostingEncoder encoder_;
    bool has_positions_ = false;
    std::vector<std::uint32_t> positions_;
};

}  // namespace rookery::search
