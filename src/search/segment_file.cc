#include "search/segment_file.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace rookery::search {

void SegmentFile::Piece::put(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= file_.buffer_bytes_) {
        flush();
    }
}

void SegmentFile::Piece::flush() {
    if (buffer_.size() > room_ - flushed_ && !file_.error_) {
        // Never over the next piece. It would mean that a source has changed while it was read.
        file_.error_ = fail(ErrorCode::kCorrupt, "a piece of a segment is larger than it was");
    }
    if (!file_.error_) {
        auto written = write_at(file_.file_, begin_ + flushed_, buffer_, file_.path_);
        if (!written) {
            file_.error_ = std::move(written).error();
        }
    }
    checksum_ = format::checksum(buffer_, checksum_);
    flushed_ += buffer_.size();
    buffer_.clear();
}

void SegmentFile::Piece::fill() {
    static constexpr std::array<char, 4096> kZeros{};
    while (size() < room_) {
        append({kZeros.data(), std::min<std::uint64_t>(kZeros.size(), room_ - size())});
    }
}

Result<std::unique_ptr<SegmentFile>> SegmentFile::make(
    const std::filesystem::path& path,
    const format::Layout& layout,
    std::size_t buffer_bytes
) {
    if (layout.postings_offset - layout.texts_offset > std::numeric_limits<std::uint32_t>::max()) {
        return fail(ErrorCode::kInternal, "the terms are too long for one segment");
    }
    TRY(OpenFile file, make_file(path));
    return std::unique_ptr<SegmentFile>(new SegmentFile(path, std::move(file), layout, buffer_bytes)
    );
}

SegmentFile::SegmentFile(
    std::filesystem::path path,
    OpenFile file,
    const format::Layout& layout,
    std::size_t buffer_bytes
)
    : path_(std::move(path)),
      file_(std::move(file)),
      layout_(layout),
      buffer_bytes_(buffer_bytes),
      ids_(*this, sizeof(format::Header), layout.lengths_offset - sizeof(format::Header)),
      lengths_(*this, layout.lengths_offset, layout.terms_offset - layout.lengths_offset),
      terms_(*this, layout.terms_offset, layout.texts_offset - layout.terms_offset),
      texts_(*this, layout.texts_offset, layout.postings_offset - layout.texts_offset),
      lists_(*this, layout.postings_offset, std::numeric_limits<std::uint64_t>::max()) {}

Result<void> SegmentFile::finish() {
    format::Header header = writer_.header(layout_);
    const auto view = [&header] {
        return std::string_view(reinterpret_cast<const char*>(&header), sizeof header);
    };
    std::uint32_t checksum = format::checksum(view());
    for (Piece* piece : {&ids_, &lengths_, &terms_, &texts_, &lists_}) {
        if (piece != &lists_) {
            piece->fill();  // behind the lengths, and where a damaged source had less than it said
        }
        piece->flush();
        checksum = static_cast<std::uint32_t>(
            ::crc32_combine(checksum, piece->checksum(), static_cast<z_off_t>(piece->size()))
        );
    }
    header.checksum = checksum;
    if (!error_) {
        if (auto written = write_at(file_, 0, view(), path_); !written) {
            error_ = std::move(written).error();
        }
    }
    if (!error_ && ::fsync(file_.get()) != 0) {
        error_ = file_error("sync", path_);
    }
    if (error_) {
        return *error_;
    }
    return {};
}

}  // namespace rookery::search
