#pragma once

#include "ports/search_index.h"
#include "search/postings.h"
#include "search/segment_format.h"
#include "search/sink.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::search {

/// Where the pieces of a segment go. They outlive who writes to them.
struct SegmentSinks {
    Sink* ids;
    Sink* lengths;
    Sink* terms;
    Sink* texts;
    Sink* lists;
};

/// Writes the pieces of a segment: first all documents, newest first, then all terms in ascending
/// order, then finish().
class SegmentWriter {
public:
    explicit SegmentWriter(const SegmentSinks& sinks) : sinks_(sinks) {}

    void add_document(std::uint64_t id, std::uint32_t length);
    /// Where a term's list is appended, before the term is added.
    [[nodiscard]] Sink& lists() { return *sinks_.lists; }
    /// Its list begins at `list_begin` of lists() and ends at its present end.
    void add_term(std::string_view text, std::uint64_t list_begin, std::uint32_t documents);
    void finish();
    /// Of what was written, but for the checksum. `layout` has room for it.
    [[nodiscard]] format::Header header(const format::Layout& layout) const;

private:
    void append_entry(std::uint64_t list_begin, std::uint32_t documents);

    SegmentSinks sinks_;
    std::uint32_t doc_count_ = 0;
    std::uint32_t term_count_ = 0;
    std::uint64_t word_count_ = 0;
};

/// A segment that is made in memory.
class SegmentInMemory {
public:
    [[nodiscard]] SegmentWriter& writer() { return writer_; }
    /// Its bytes; the writer has finished.
    [[nodiscard]] std::string bytes() const;

private:
    StringSink ids_;
    StringSink lengths_;
    StringSink terms_;
    StringSink texts_;
    StringSink lists_;
    SegmentWriter writer_{{&ids_, &lengths_, &terms_, &texts_, &lists_}};
};

/// The bytes of a segment of these documents, each id once, in any order; at least one.
[[nodiscard]] std::string build_segment(const std::vector<const ports::SearchDocument*>& documents);

}  // namespace rookery::search
