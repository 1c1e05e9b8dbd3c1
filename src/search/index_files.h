#pragma once

#include "base/result.h"
#include "ports/store.h"
#include "search/segment_merge.h"
#include "search/snapshot.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::search {

/// What of an index is durable: docs/formats/search.md.
struct Manifest {
    ports::EventId checkpoint = 0;
    std::uint64_t next_file = 1;
    std::vector<std::uint64_t> files;

    bool operator==(const Manifest&) const = default;
};

[[nodiscard]] std::string encode(const Manifest& manifest);
[[nodiscard]] Result<Manifest> decode_manifest(std::string_view bytes);

/// The directory of an index: a manifest, the segments that it names, and for each the documents
/// that are dead. Everything else in it is left over and may be removed. Blocks.
class IndexFiles {
public:
    explicit IndexFiles(std::filesystem::path directory) : directory_(std::move(directory)) {}

    /// Makes the directory if there is none.
    [[nodiscard]] Result<void> prepare();
    /// An empty manifest if there is none; kCorrupt if it is damaged or of another version.
    [[nodiscard]] Result<Manifest> read_manifest() const;
    [[nodiscard]] Result<void> write_manifest(const Manifest& manifest) const;

    [[nodiscard]] Result<Part> read_part(std::uint64_t file) const;
    /// Writes the bytes of a segment and maps them.
    [[nodiscard]] Result<SegmentPtr> write_segment(std::uint64_t file, std::string_view bytes)
        const;
    /// Makes one segment of several, as merge_segments_into() does, and maps it: null if nothing is
    /// left of them, or it was cancelled.
    [[nodiscard]] Result<SegmentPtr> merge_into(
        std::uint64_t file,
        const std::vector<MergeSource>& sources,
        const std::atomic<bool>& cancelled
    ) const;
    [[nodiscard]] Result<void> write_dead(const Part& part) const;
    /// Removes segments that are not among `kept`.
    void remove_others(const std::set<std::uint64_t>& kept) const;

private:
    [[nodiscard]] Result<SegmentPtr> open_segment(std::uint64_t file) const;
    [[nodiscard]] std::filesystem::path segment_path(std::uint64_t file) const;
    [[nodiscard]] std::filesystem::path dead_path(std::uint64_t file) const;
    [[nodiscard]] std::filesystem::path manifest_path() const { return directory_ / "MANIFEST"; }

    std::filesystem::path directory_;
};

}  // namespace rookery::search
