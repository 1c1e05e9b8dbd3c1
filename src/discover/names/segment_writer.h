#pragma once

#include "discover/names/segment.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace rookery::discover::names {

/// Makes a segment: first all terms in their order, then all entries in theirs.
class SegmentWriter {
public:
    using Term = Segment::Term;

    explicit SegmentWriter(std::size_t entries);

    /// Above all before it; its number is how many there were.
    void add_term(std::string_view term) { made_->dictionary_.add(term); }
    [[nodiscard]] std::size_t terms() const { return made_->dictionary_.size(); }
    void begin_entry(std::uint64_t id, std::uint8_t rank, bool hidden, Term handle);
    /// Each once and not the handle; at most 255. Before those of the bio.
    void add_name(Term term);
    /// Each once and none of the others.
    void add_bio(Term term);

    [[nodiscard]] SegmentPtr finish();

private:
    void hash_ids();
    void list_places(Segment::Postings& postings, bool of_names);

    std::shared_ptr<Segment> made_;
};

}  // namespace rookery::discover::names
