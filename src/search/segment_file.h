#pragma once

#include "base/result.h"
#include "search/open_file.h"
#include "search/segment_format.h"
#include "search/segment_writer.h"
#include "search/sink.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace rookery::search {

/// A segment that is written into a file as it comes, all pieces side by side: of each only a
/// buffer is in memory. For that it must be known beforehand how large all but the lists are.
class SegmentFile {
public:
    /// Makes the file anew. `buffer_bytes` for each of five pieces.
    [[nodiscard]] static Result<std::unique_ptr<SegmentFile>>
    make(const std::filesystem::path& path, const format::Layout& layout, std::size_t buffer_bytes);
    SegmentFile(const SegmentFile&) = delete;
    SegmentFile& operator=(const SegmentFile&) = delete;

    [[nodiscard]] SegmentWriter& writer() { return writer_; }
    /// The writer has finished. Makes everything durable but for the file's name; says what went
    /// wrong until now.
    [[nodiscard]] Result<void> finish();

private:
    /// Where one piece lies, and how it grows.
    class Piece final : public Sink {
    public:
        Piece(SegmentFile& file, std::uint64_t begin, std::uint64_t room)
            : file_(file), begin_(begin), room_(room) {}

        void flush();
        /// Appends zeros until there is no room.
        void fill();
        /// Of all its bytes, when they are flushed.
        [[nodiscard]] std::uint32_t checksum() const { return checksum_; }

    private:
        void put(std::string_view bytes) override;

        SegmentFile& file_;
        std::uint64_t begin_;
        std::uint64_t room_;
        std::uint64_t flushed_ = 0;
        std::uint32_t checksum_ = 0;
        std::string buffer_;
    };

    SegmentFile(
        std::filesystem::path path,
        OpenFile file,
        const format::Layout& layout,
        std::size_t buffer_bytes
    );

    const std::filesystem::path path_;
    OpenFile file_;
    const format::Layout layout_;
    const std::size_t buffer_bytes_;
    std::optional<Error> error_;  ///< the first
    Piece ids_;
    Piece lengths_;
    Piece terms_;
    Piece texts_;
    Piece lists_;
    SegmentWriter writer_{{&ids_, &lengths_, &terms_, &texts_, &lists_}};
};

}  // namespace rookery::search
