#pragma once

#include "search/block_docs.h"
#include "search/packed.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace rookery::search {

/// So many documents are asked for together at most.
inline constexpr std::size_t kDocsTogetherMax = 128;

/// One document in the list of a term.
struct Posting {
    DocNumber doc = 0;
    std::uint32_t frequency = 1;
    std::uint32_t positions_begin = 0;  ///< among the list's positions
};

/// Of a term: the documents that have it, ascending, and where in them it stands.
struct PostingList {
    std::vector<Posting> postings;
    /// Those of all postings, in their order. None are kept unless there are all: `frequency` of
    /// each posting.
    std::vector<std::uint32_t> positions;
};

/// Reads an encoded list from its beginning to its end, in blocks, and leaps over those that do not
/// matter. Bytes that no PostingEncoder made end the list early and do no other harm.
class PostingCursor {
public:
    /// `bytes` begin with the list, may be longer, and outlive the cursor. `count` is the number of
    /// postings, `doc_count` that of the segment's documents. It stands nowhere at first.
    PostingCursor(std::string_view bytes, std::uint32_t count, std::uint32_t doc_count);

    /// To the first document. Called before all others, but for keep(), which needs none.
    void start() { load_block(0); }

    /// kNoDoc at the end.
    [[nodiscard]] DocNumber doc() const { return doc_; }
    void next() {
        if (++at_ < in_block_) {
            doc_ = docs_[at_];
        } else {
            load_block(block_ + 1);
        }
    }
    /// To the first document that is not before `target`; never backwards.
    void advance(DocNumber target);
    /// Puts the documents from doc() on into `out`, as many as fit, and moves behind them. Fewer
    /// than fit: there are no more.
    std::size_t take(std::span<DocNumber> out);
    /// Moves those of `docs` that are in the list to the front, in their order, and says how many;
    /// what comes behind them does not count any more. They ascend, and come behind those of the
    /// last time. Afterwards no document of the list lies between the last of them and doc(), and
    /// nothing but doc() and keep() may be asked.
    std::size_t keep(std::span<DocNumber> docs);
    /// Of the term in this document. Not at the end.
    [[nodiscard]] std::uint32_t frequency();
    /// Puts them into `out`; nothing if the list has none. Not at the end.
    void positions(std::vector<std::uint32_t>& out);
    /// Does the list say how often, and where, the term is in each document? Else it is once.
    [[nodiscard]] bool has_frequencies() const { return has_frequencies_; }
    [[nodiscard]] bool has_positions() const { return has_positions_; }

private:
    static constexpr std::uint32_t kBlock = kPackedCount;
    static constexpr std::uint32_t kBeforeFirst = ~std::uint32_t{0};  ///< and one more is the first
    static constexpr std::uint8_t kHasFrequencies = 1;
    static constexpr std::uint8_t kHasPositions = 2;
    friend class PostingEncoder;

    void load_block(std::uint32_t block);
    [[nodiscard]] bool read_docs(const char*& at, std::int64_t previous);
    [[nodiscard]] std::uint32_t block_with(std::uint32_t first, DocNumber target) const;
    void leap(DocNumber target);
    void load_frequencies();
    void end() {
        doc_ = kNoDoc;
        in_block_ = 0;
        at_ = 0;
        block_ = blocks_;
    }
    [[nodiscard]] DocNumber last_doc(std::uint32_t block) const;
    [[nodiscard]] std::size_t skip_entry_bytes() const { return has_positions_ ? 12 : 8; }

    std::string_view skips_;      ///< an entry for each block, if there is more than one
    std::string_view blocks_of_;  ///< all blocks
    std::string_view positions_;  ///< all positions
    std::uint32_t count_;
    std::uint32_t doc_count_;
    std::uint32_t blocks_ = 0;
    std::uint32_t block_ = kBeforeFirst;
    std::uint32_t in_block_ = 0;
    std::uint32_t at_ = 0;
    DocNumber doc_ = kNoDoc;
    bool has_frequencies_ = false;
    bool has_positions_ = false;
    bool frequencies_loaded_ = false;
    const char* after_docs_ = nullptr;  ///< where the block's frequencies begin
    const char* block_end_ = nullptr;
    const char* positions_at_ = nullptr;  ///< where those of posting positions_index_ begin
    std::uint32_t positions_block_ = 0;
    std::uint32_t positions_index_ = 0;
    BlockDocs docs_;
    std::array<std::uint32_t, kBlock> frequencies_;
};

}  // namespace rookery::search
