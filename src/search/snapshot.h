#pragma once

#include "ports/search_index.h"
#include "search/segment.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace rookery::search {

/// A segment as one of an index.
struct Part {
    SegmentPtr segment;
    std::shared_ptr<DeadDocs> dead;
    std::uint64_t file = 0;  ///< its number in the directory; 0: it is in memory only

    [[nodiscard]] std::uint32_t living() const { return segment->doc_count() - dead->count(); }
};

/// All documents of an index at one moment: what a search looks at. Its parts never change, but for
/// documents that die. The part with the newest document comes first.
struct Snapshot {
    std::vector<Part> parts;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// The matches in the order of the query, which is well formed; the first of them only, where
/// `steps` do not suffice for more.
[[nodiscard]] std::vector<ports::SearchHit>
search_newest(const Snapshot& snapshot, const ports::SearchQuery& query, std::size_t steps);
/// The same by score. Documents that `steps` did not suffice for have none.
[[nodiscard]] std::vector<ports::SearchHit>
search_relevant(const Snapshot& snapshot, const ports::SearchQuery& query, std::size_t steps);

/// SearchIndex::complete; looks at `terms_max` terms of each part at most.
[[nodiscard]] std::vector<ports::SearchIndex::TermCount> complete_term(
    const Snapshot& snapshot,
    std::string_view prefix,
    std::size_t limit,
    std::size_t terms_max
);

}  // namespace rookery::search
