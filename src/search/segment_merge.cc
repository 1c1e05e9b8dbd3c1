#include "search/segment_merge.h"

#include "search/merge.h"
#include "search/scratch.h"
#include "search/segment_file.h"
#include "search/segment_writer.h"

#include <system_error>
#include <utility>

namespace rookery::search {

namespace {

std::size_t documents_of(const std::vector<MergeSource>& sources) {
    std::size_t documents = 0;
    for (const MergeSource& source : sources) {
        documents += source.segment->doc_count();
    }
    return documents;
}

Result<void> write_file(
    Merge& merge,
    const std::filesystem::path& path,
    const std::atomic<bool>& cancelled,
    std::size_t buffer_bytes
) {
    const Merge::TermsSize size = merge.measure_terms();
    const format::Layout layout(merge.living(), size.terms, size.text_bytes);
    TRY(const auto file, SegmentFile::make(path, layout, buffer_bytes));
    if (auto written = merge.write(file->writer()); !written || cancelled) {
        return written;
    }
    return file->finish();
}

}  // namespace

std::string
merge_segments(const std::vector<MergeSource>& sources, const std::atomic<bool>& cancelled) {
    const Scratch in_memory;
    const auto numbers = ScratchNumbers::make(documents_of(sources), in_memory);
    Merge merge(sources, numbers->all(), in_memory, cancelled);
    SegmentInMemory made;
    if (merge.living() == 0 || !merge.write(made.writer()) || cancelled) {
        return {};
    }
    return made.bytes();
}

Result<bool> merge_segments_into(
    const std::filesystem::path& path,
    const std::vector<MergeSource>& sources,
    const std::atomic<bool>& cancelled,
    std::size_t buffer_bytes
) {
    const Scratch scratch{path.parent_path(), buffer_bytes};
    TRY(const ScratchNumbers numbers, ScratchNumbers::make(documents_of(sources), scratch));
    Merge merge(sources, numbers.all(), scratch, cancelled);
    if (merge.living() == 0 || cancelled) {
        return false;
    }
    auto written = write_file(merge, path, cancelled, buffer_bytes);
    if (!written || cancelled) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
    if (!written) {
        return std::move(written).error();
    }
    return !cancelled;
}

}  // namespace rookery::search
