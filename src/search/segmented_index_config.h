#pragma once

#include <cstddef>
#include <string>

namespace rookery::search {

struct SegmentedIndexConfig {
    std::string directory;
    /// A search that needs more steps from document to document ends with what it has found.
    std::size_t steps_max = std::size_t{20'000'000};
    /// At opening, so many bytes of segments are compared with their checksums, which takes a
    /// second or so. What lies beyond is only looked at where it is searched: damage there is not
    /// noticed.
    std::size_t verified_bytes_max = std::size_t{1} << 30;
    /// Larger indexes are not expected to stay in the system's memory: searches run on the pool.
    std::size_t inline_bytes_max = std::size_t{4} << 30;
    /// Terms that complete() looks at in each segment.
    std::size_t completed_terms_max = 20'000;
    /// So many segments of about one size become one.
    std::size_t merge_width = 8;
    /// Segments with more bytes are files.
    std::size_t memory_segment_bytes_max = std::size_t{4} << 20;
    /// Segments with more documents are merged no more.
    std::size_t merged_docs_max = std::size_t{50'000'000};
};

}  // namespace rookery::search
