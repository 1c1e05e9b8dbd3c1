#include "discover/names/segment_writer.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace rookery::discover::names {

namespace {

constexpr std::size_t kNamesMax = 255;

/// Calls take(term) for what finds the entry in these postings.
template <class Take>
void visit(const Segment& segment, Segment::Place place, bool of_names, Take take) {
    if (of_names) {
        take(segment.handle(place));
    }
    if (segment.is_hidden(place)) {
        return;
    }
    for (const Segment::Term term : of_names ? segment.names(place) : segment.bio(place)) {
        take(term);
    }
}

}  // namespace

SegmentWriter::SegmentWriter(std::size_t entries) : made_(std::make_shared<Segment>()) {
    made_->ids_.reserve(entries);
    made_->ranks_.reserve(entries);
    made_->hidden_.reserve(entries);
    made_->name_counts_.reserve(entries);
    made_->ends_.reserve(entries);
}

void SegmentWriter::begin_entry(std::uint64_t id, std::uint8_t rank, bool hidden, Term handle) {
    made_->ids_.push_back(id);
    made_->ranks_.push_back(rank);
    made_->hidden_.push_back(hidden);
    made_->name_counts_.push_back(0);
    made_->terms_.push_back(handle);
    made_->ends_.push_back(static_cast<std::uint32_t>(made_->terms_.size()));
}

void SegmentWriter::add_name(Term term) {
    if (made_->name_counts_.back() < kNamesMax) {
        made_->terms_.push_back(term);
        ++made_->name_counts_.back();
        ++made_->ends_.back();
    }
}

void SegmentWriter::add_bio(Term term) {
    made_->terms_.push_back(term);
    ++made_->ends_.back();
}

void SegmentWriter::hash_ids() {
    const std::size_t slots = made_->size() * 4 / 3 + 2;
    made_->by_id_.assign(slots, Segment::kNowhere);
    for (Segment::Place place = 0; place < made_->size(); ++place) {
        std::size_t slot = Segment::first_slot(made_->ids_[place], slots);
        while (made_->by_id_[slot] != Segment::kNowhere) {
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
        made_->by_id_[slot] = place;
    }
}

void SegmentWriter::list_places(Segment::Postings& postings, bool of_names) {
    std::vector<std::uint32_t> counts(made_->dictionary_.size(), 0);
    for (Segment::Place place = 0; place < made_->size(); ++place) {
        visit(*made_, place, of_names, [&](Term term) { ++counts[term]; });
    }
    std::partial_sum(counts.begin(), counts.end(), counts.begin());
    const std::size_t total = counts.empty() ? 0 : counts.back();
    // From the last place down, so that each term's list fills from its end and stays in order.
    std::vector<Segment::Place> places(total);
    postings.ends = counts;
    for (auto place = static_cast<Segment::Place>(made_->size()); place-- > 0;) {
        visit(*made_, place, of_names, [&](Term term) { places[--counts[term]] = place; });
    }
    postings.places = MinTree(std::move(places));
}

SegmentPtr SegmentWriter::finish() {
    made_->terms_.shrink_to_fit();
    made_->dictionary_.shrink();
    hash_ids();
    list_places(made_->by_name_, true);
    list_places(made_->by_bio_, false);
    return std::move(made_);
}

}  // namespace rookery::discover::names
