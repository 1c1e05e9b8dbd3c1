#include "search/segment_writer.h"

#include <algorithm>
#include <queue>
#include <span>

namespace rookery::search {

namespace {

/// One of the segments on its way into the new one.
struct Merging {
    const MergeSource* source;
    std::vector<DocNumber> renumbered;  ///< old number → new one, or kNoDoc
    std::uint32_t term = 0;             ///< the next of its terms

    [[nodiscard]] std::string_view text() const { return source->segment->term(term).text; }
    [[nodiscard]] bool has_term() const { return term < source->segment->term_count(); }
};

/// Gives the living documents of all their new numbers, newest first. Returns how many there are.
DocNumber renumber(std::vector<Merging>& all, SegmentWriter& writer) {
    struct Next {
        std::uint64_t id;
        Merging* from;
        DocNumber doc;

        bool operator<(const Next& other) const { return id < other.id; }
    };
    std::priority_queue<Next> next;
    const auto push_living = [&next](Merging* from, DocNumber doc) {
        const Segment& segment = *from->source->segment;
        while (doc < segment.doc_count() && from->renumbered[doc] == kNoDoc) {
            ++doc;
        }
        if (doc < segment.doc_count()) {
            next.push({segment.id(doc), from, doc});
        }
    };
    for (Merging& merging : all) {
        const Segment& segment = *merging.source->segment;
        merging.renumbered.resize(segment.doc_count());
        for (DocNumber doc = 0; doc < segment.doc_count(); ++doc) {
            merging.renumbered[doc] = merging.source->dead->has(doc) ? kNoDoc : 0;
        }
        push_living(&merging, 0);
    }
    DocNumber count = 0;
    while (!next.empty()) {
        const Next first = next.top();
        next.pop();
        const Segment& segment = *first.from->source->segment;
        writer.add_document(first.id, segment.length(first.doc));
        first.from->renumbered[first.doc] = count++;
        push_living(first.from, first.doc + 1);
    }
    return count;
}

void append_renumbered(const Merging& from, PostingList& list) {
    const Segment& segment = *from.source->segment;
    std::vector<std::uint32_t> positions;
    for (PostingCursor cursor = segment.cursor(segment.term(from.term)); cursor.doc() != kNoDoc;
         cursor.next()) {
        const DocNumber doc = from.renumbered[cursor.doc()];
        if (doc == kNoDoc) {
            continue;
        }
        cursor.positions(positions);
        list.postings.push_back(
            {doc, cursor.frequency(), static_cast<std::uint32_t>(list.positions.size())}
        );
        list.positions.insert(list.positions.end(), positions.begin(), positions.end());
    }
}

void put_in_order(std::vector<Posting>& postings) {
    if (std::ranges::is_sorted(postings, {}, &Posting::doc) &&
        std::ranges::adjacent_find(postings, {}, &Posting::doc) == postings.end()) {
        return;
    }
    std::ranges::sort(postings, {}, &Posting::doc);
    // A document comes twice only from a damaged segment, which has the same term twice.
    const auto twice = std::ranges::unique(postings, {}, &Posting::doc);
    postings.erase(twice.begin(), twice.end());
}

}  // namespace

std::string
merge_segments(const std::vector<MergeSource>& sources, const std::atomic<bool>& cancelled) {
    SegmentWriter writer;
    std::vector<Merging> all;
    all.reserve(sources.size());
    for (const MergeSource& source : sources) {
        all.push_back({&source, {}, 0});
    }
    if (renumber(all, writer) == 0) {
        return {};
    }
    const auto later = [](const Merging* a, const Merging* b) { return a->text() > b->text(); };
    std::priority_queue<Merging*, std::vector<Merging*>, decltype(later)> next(later);
    for (Merging& merging : all) {
        if (merging.has_term()) {
            next.push(&merging);
        }
    }
    PostingList list;
    while (!next.empty()) {
        if (cancelled) {
            return {};
        }
        const std::string_view text = next.top()->text();
        list.postings.clear();
        list.positions.clear();
        while (!next.empty() && next.top()->text() == text) {
            Merging* merging = next.top();
            next.pop();
            append_renumbered(*merging, list);
            ++merging->term;
            if (merging->has_term()) {
                next.push(merging);
            }
        }
        put_in_order(list.postings);
        if (!list.postings.empty()) {
            writer.add_term(text, list);
        }
    }
    return writer.finish();
}

}  // namespace rookery::search
