#include "discover/names/segment.h"
#include "discover/names/segment_writer.h"

#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::discover::names {

namespace {

using Term = Segment::Term;

std::vector<std::string_view> terms_of(const std::vector<Entry>& entries) {
    std::vector<std::string_view> terms;
    for (const Entry& entry : entries) {
        terms.emplace_back(entry.handle);
        terms.insert(terms.end(), entry.names.begin(), entry.names.end());
        terms.insert(terms.end(), entry.bio.begin(), entry.bio.end());
    }
    std::ranges::sort(terms);
    const auto twice = std::ranges::unique(terms);
    terms.erase(twice.begin(), twice.end());
    return terms;
}

struct Merging {
    Merging(const Segment::Source& of, std::vector<Segment::Place>& new_places)
        : source(of), places(new_places), new_terms(of.segment->dictionary().size(), kUnused) {
        const Segment& segment = *source.segment;
        for (Segment::Place place = 0; place < segment.size(); ++place) {
            if (!is_dead(place)) {
                use(segment.handle(place));
                std::ranges::for_each(segment.names(place), [this](Term term) { use(term); });
                std::ranges::for_each(segment.bio(place), [this](Term term) { use(term); });
            }
        }
        skip_unused();
    }

    static constexpr Term kUnused = UINT32_MAX;

    [[nodiscard]] bool is_dead(Segment::Place place) const {
        return !source.dead.empty() && source.dead[place];
    }
    void use(Term term) { new_terms[term] = 0; }
    void skip_unused() {
        while (at < new_terms.size() && new_terms[at] == kUnused) {
            ++at;
        }
    }
    [[nodiscard]] bool has_term() const { return at < new_terms.size(); }
    [[nodiscard]] std::string_view term() const { return source.segment->dictionary().at(at); }

    const Segment::Source& source;
    std::vector<Segment::Place>& places;
    std::vector<Term> new_terms;  ///< by old term
    std::size_t at = 0;           ///< the next of its terms that was not merged
};

/// Gives the terms of all their new numbers.
void merge_terms(std::vector<Merging>& all, SegmentWriter& writer) {
    for (;;) {
        const Merging* lowest = nullptr;
        for (const Merging& one : all) {
            if (one.has_term() && (lowest == nullptr || one.term() < lowest->term())) {
                lowest = &one;
            }
        }
        if (lowest == nullptr) {
            return;
        }
        const std::string_view term = lowest->term();
        const auto number = static_cast<Term>(writer.terms());
        writer.add_term(term);
        for (Merging& one : all) {
            if (one.has_term() && one.term() == term) {
                one.new_terms[one.at++] = number;
                one.skip_unused();
            }
        }
    }
}

struct OldPlace {
    std::uint8_t rank;
    std::uint32_t source;
    Segment::Place place;
    std::uint64_t id;
};

std::vector<OldPlace> living(const std::vector<Merging>& all) {
    std::vector<OldPlace> entries;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        const Segment& segment = *all[i].source.segment;
        for (Segment::Place place = 0; place < segment.size(); ++place) {
            if (!all[i].is_dead(place)) {
                entries.push_back({segment.rank(place), i, place, segment.id(place)});
            }
        }
    }
    std::ranges::sort(entries, [](const OldPlace& a, const OldPlace& b) {
        return a.rank != b.rank ? a.rank > b.rank : a.id < b.id;
    });
    return entries;
}

}  // namespace

SegmentPtr Segment::of(const std::vector<Entry>& entries) {
    SegmentWriter writer(entries.size());
    const std::vector<std::string_view> terms = terms_of(entries);
    for (const std::string_view term : terms) {
        writer.add_term(term);
    }
    const auto number_of = [&terms](std::string_view term) {
        return static_cast<Term>(std::ranges::lower_bound(terms, term) - terms.begin());
    };
    std::vector<const Entry*> ordered;
    ordered.reserve(entries.size());
    for (const Entry& entry : entries) {
        ordered.push_back(&entry);
    }
    std::ranges::sort(ordered, [](const Entry* a, const Entry* b) {
        return a->rank != b->rank ? a->rank > b->rank : a->id < b->id;
    });
    boost::unordered_flat_set<Term> seen;
    for (const Entry* entry : ordered) {
        const Term handle = number_of(entry->handle);
        seen.clear();
        seen.insert(handle);
        writer.begin_entry(entry->id, entry->rank, entry->hidden, handle);
        for (const std::string& name : entry->names) {
            if (const Term term = number_of(name); seen.insert(term).second) {
                writer.add_name(term);
            }
        }
        for (const std::string& word : entry->bio) {
            if (const Term term = number_of(word); seen.insert(term).second) {
                writer.add_bio(term);
            }
        }
    }
    return writer.finish();
}

Segment::Merged Segment::merge(const std::vector<Source>& sources) {
    Merged merged;
    merged.places.resize(sources.size());
    std::vector<Merging> all;
    all.reserve(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        merged.places[i].assign(sources[i].segment->size(), kNowhere);
        all.emplace_back(sources[i], merged.places[i]);
    }
    const std::vector<OldPlace> entries = living(all);
    SegmentWriter writer(entries.size());
    merge_terms(all, writer);
    for (Place place = 0; place < entries.size(); ++place) {
        const OldPlace& old = entries[place];
        Merging& from = all[old.source];
        const Segment& segment = *from.source.segment;
        from.places[old.place] = place;
        writer.begin_entry(
            old.id,
            old.rank,
            segment.is_hidden(old.place),
            from.new_terms[segment.handle(old.place)]
        );
        for (const Term term : segment.names(old.place)) {
            writer.add_name(from.new_terms[term]);
        }
        for (const Term term : segment.bio(old.place)) {
            writer.add_bio(from.new_terms[term]);
        }
    }
    merged.segment = writer.finish();
    return merged;
}

}  // namespace rookery::discover::names
