#include "search/merge.h"

#include <algorithm>
#include <limits>
#include <queue>

namespace rookery::search {

namespace {

/// Who is next among several, of which each ascends.
template <class Key>
struct Next {
    Key key;
    std::size_t from;

    bool operator<(const Next& other) const { return key > other.key; }
};

template <class Key>
using NextQueue = std::priority_queue<Next<Key>>;

void skip_dead(PostingCursor& cursor, std::span<const DocNumber> renumbered) {
    while (cursor.doc() != kNoDoc && renumbered[cursor.doc()] == kNoDoc) {
        cursor.next();
    }
}

}  // namespace

Merge::Merge(
    const std::vector<MergeSource>& sources,
    std::span<DocNumber> numbers,
    const Scratch& scratch,
    const std::atomic<bool>& cancelled
)
    : merged_(sources), cancelled_(cancelled), encoder_(scratch) {
    for (const MergeSource& merged : sources) {
        const std::uint32_t count = merged.segment->doc_count();
        Source source{merged.segment.get(), numbers.first(count)};
        numbers = numbers.subspan(count);
        for (DocNumber doc = 0; doc < count; ++doc) {
            if (merged.dead->has(doc)) {
                source.renumbered[doc] = kNoDoc;
                source.has_dead = true;
            } else {
                ++living_;
            }
        }
        sources_.push_back(source);
    }
    reading_.reserve(sources_.size());
}

/// Gives the living documents of all their new numbers, newest first.
void Merge::write_documents(SegmentWriter& writer) {
    // Ids descend, so what ascends is how far they are below the highest.
    constexpr auto kHighest = std::numeric_limits<std::uint64_t>::max();
    NextQueue<std::uint64_t> queue;
    std::vector<DocNumber> docs(sources_.size(), 0);
    const auto move_to_living = [&](std::size_t from) {
        const Source& source = sources_[from];
        DocNumber& doc = docs[from];
        while (doc < source.renumbered.size() && source.renumbered[doc] == kNoDoc) {
            ++doc;
        }
        return doc < source.renumbered.size() ? kHighest - source.segment->id(doc) : kHighest;
    };
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        queue.push({move_to_living(i), i});
    }
    DocNumber count = 0;
    while (!queue.empty() && !cancelled_) {
        auto [key, from] = queue.top();
        queue.pop();
        const Source& source = sources_[from];
        const std::uint64_t until = queue.empty() ? kHighest : queue.top().key;
        while (docs[from] < source.renumbered.size() && key <= until) {
            DocNumber& doc = docs[from];
            writer.add_document(source.segment->id(doc), source.segment->length(doc));
            source.renumbered[doc++] = count++;
            key = move_to_living(from);
        }
        if (docs[from] < source.renumbered.size()) {
            queue.push({key, from});
        }
    }
}

PostingCursor Merge::first_living(const TermWalk::Place& place) const {
    const Source& source = sources_[place.source];
    PostingCursor cursor = source.segment->cursor(source.segment->term(place.term));
    if (source.has_dead) {
        skip_dead(cursor, source.renumbered);
    }
    return cursor;
}

Merge::TermsSize Merge::measure_terms() const {
    TermsSize size;
    TermWalk walk(merged_);
    while (!cancelled_ && walk.next()) {
        const bool is_alive = std::ranges::any_of(walk.places(), [this](const auto& place) {
            return !sources_[place.source].has_dead || first_living(place).doc() != kNoDoc;
        });
        if (is_alive) {
            ++size.terms;
            size.text_bytes += walk.text().size();
        }
    }
    return size;
}

/// Does a living document have the term more than once? Most lists say so soon.
bool Merge::has_frequencies(const TermWalk::Place& place, const PostingCursor& at) const {
    const Source& source = sources_[place.source];
    if (!at.has_frequencies() || !source.has_dead) {
        return at.has_frequencies();
    }
    for (PostingCursor cursor = at; cursor.doc() != kNoDoc; cursor.next()) {
        if (source.renumbered[cursor.doc()] != kNoDoc && cursor.frequency() != 1) {
            return true;
        }
    }
    return false;
}

void Merge::begin_term(const std::vector<TermWalk::Place>& places) {
    reading_.clear();
    has_positions_ = true;
    bool frequencies = false;
    for (const TermWalk::Place& place : places) {
        const PostingCursor cursor = first_living(place);
        if (cursor.doc() != kNoDoc) {
            has_positions_ = has_positions_ && cursor.has_positions();
            frequencies = frequencies || has_frequencies(place, cursor);
            reading_.push_back({&sources_[place.source], cursor});
        }
    }
    encoder_.begin(frequencies, has_positions_);
}

void Merge::add(const Source& source, PostingCursor& cursor) {
    std::uint32_t frequency = cursor.frequency();
    if (has_positions_) {
        cursor.positions(positions_);
        if (positions_.size() != frequency) {  // it is damaged, and goes on as what can be read
            positions_.resize(std::max<std::size_t>(positions_.size(), 1));
            frequency = static_cast<std::uint32_t>(positions_.size());
        }
    }
    encoder_.add(source.renumbered[cursor.doc()], frequency, positions_);
}

void Merge::merge_postings() {
    NextQueue<DocNumber> queue;
    for (std::size_t i = 0; i < reading_.size(); ++i) {
        queue.push({reading_[i].source->renumbered[reading_[i].cursor.doc()], i});
    }
    while (!queue.empty() && !cancelled_) {
        const std::size_t from = queue.top().from;
        queue.pop();
        const DocNumber until = queue.empty() ? kNoDoc : queue.top().key;
        const Source& source = *reading_[from].source;
        PostingCursor& cursor = reading_[from].cursor;
        DocNumber doc = 0;
        do {
            add(source, cursor);
            cursor.next();
            skip_dead(cursor, source.renumbered);
            doc = cursor.doc() == kNoDoc ? kNoDoc : source.renumbered[cursor.doc()];
        } while (doc < until && !cancelled_);
        if (doc != kNoDoc) {
            queue.push({doc, from});
        }
    }
}

Result<void> Merge::write(SegmentWriter& writer) {
    write_documents(writer);
    TermWalk walk(merged_);
    while (!cancelled_ && walk.next()) {
        begin_term(walk.places());
        if (reading_.empty()) {
            continue;
        }
        const std::uint64_t begin = writer.lists().size();
        merge_postings();
        if (auto finished = encoder_.finish(writer.lists()); !finished) {
            return finished;
        }
        writer.add_term(walk.text(), begin, encoder_.count());
    }
    writer.finish();
    return {};
}

}  // namespace rookery::search
