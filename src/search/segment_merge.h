#pragma once

#include "base/result.h"
#include "search/segment.h"

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace rookery::search {

/// What is left of a segment at a merge.
struct MergeSource {
    SegmentPtr segment;
    std::shared_ptr<const DeadDocs> dead;
};

/// The bytes of one segment with the documents of all that are not dead: none if all are. An id
/// must not be alive in two. Ends early, with none, when `cancelled` becomes true.
[[nodiscard]] std::string
merge_segments(const std::vector<MergeSource>& sources, const std::atomic<bool>& cancelled);

/// A merge into a file keeps at most ten buffers of about so many bytes, however large the sources
/// are.
inline constexpr std::size_t kMergeBufferBytes = std::size_t{1} << 20;

/// The same into a file, durable but for its name. False, and no file, if nothing is alive or it
/// was cancelled; no file after an error either. Sources are read through cursors and the segment
/// is written as it comes. What must be kept and may be large, a number for each document and the
/// pieces of a list, goes into files without names beside it. Blocks.
[[nodiscard]] Result<bool> merge_segments_into(
    const std::filesystem::path& path,
    const std::vector<MergeSource>& sources,
    const std::atomic<bool>& cancelled,
    std::size_t buffer_bytes = kMergeBufferBytes
);

}  // namespace rookery::search
