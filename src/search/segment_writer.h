#pragma once

#include "ports/search_index.h"
#include "search/segment.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::search {

/// Puts the bytes of a segment together: first all documents, newest first, then all terms in
/// ascending order, then finish().
class SegmentWriter {
public:
    void add_document(std::uint64_t id, std::uint32_t length);
    /// `list` is not empty and in the order of documents.
    void add_term(std::string_view text, const PostingList& list);
    [[nodiscard]] std::string finish();

private:
    std::vector<std::uint64_t> ids_;
    std::string lengths_;
    std::uint64_t words_ = 0;
    std::string entries_;
    std::uint32_t term_count_ = 0;
    std::string texts_;
    std::string lists_;
};

/// The bytes of a segment of these documents, each id once, in any order; at least one.
[[nodiscard]] std::string build_segment(const std::vector<const ports::SearchDocument*>& documents);

/// What is left of a segment at a merge.
struct MergeSource {
    SegmentPtr segment;
    std::shared_ptr<const DeadDocs> dead;
};

/// The bytes of one segment with the documents of all that are not dead: none if all are. An id
/// must not be alive in two. Ends early, with none, when `cancelled` becomes true.
[[nodiscard]] std::string
merge_segments(const std::vector<MergeSource>& sources, const std::atomic<bool>& cancelled);

}  // namespace rookery::search
