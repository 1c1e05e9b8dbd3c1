#include "discover/names/segment_search.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::discover::names {

namespace {

Tier tier_of(std::size_t level, bool by_bio) {
    return static_cast<Tier>(level * 2 + (by_bio ? 1 : 0));
}

bool contains(const std::vector<TermSpan>& spans, Segment::Term term) {
    if (spans.size() == 1) {
        return spans.front().contains(term);
    }
    const auto after = std::ranges::upper_bound(spans, term, {}, &TermSpan::from);
    return after != spans.begin() && std::prev(after)->contains(term);
}

}  // namespace

SegmentSearch::SegmentSearch(
    const Segment& segment,
    const std::vector<bool>& dead,
    const NameQuery& query,
    SearchScope scope
)
    : segment_(segment), dead_(dead), query_(query), scope_(scope) {
    find_near();
}

void SegmentSearch::find_near() {
    const auto places = segment_.find_many(scope_.neighbour_ids);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] && !is_dead(*places[i])) {
            const auto neighbour = scope_.neighbours.find(scope_.neighbour_ids[i]);
            near_.push_back({*places[i], neighbour->second, false});
        }
    }
}

void SegmentSearch::begin_level(std::size_t level) {
    const Dictionary& dictionary = segment_.dictionary();
    for (std::size_t i = 0; i < query_.words.size(); ++i) {
        const QueryWord& word = query_.words[i];
        if (level == 0) {
            const TermSpan span = dictionary.starting_with(word.text);
            const bool is_there = !span.empty() && dictionary.at(span.from) == word.text;
            spans_[0].push_back(span.empty() ? Spans{} : Spans{span});
            whole_.push_back(is_there ? Spans{{span.from, span.from + 1}} : Spans{});
        } else if (word.errors_max < level) {
            spans_[level].push_back(spans_[level - 1][i]);
        } else {
            spans_[level].push_back(dictionary.similar_to(word.letters, level));
        }
    }
}

SegmentSearch::Found
SegmentSearch::find(std::size_t word, std::size_t level, std::span<const Term> terms) const {
    const Spans& spans = spans_[level][word];
    Found found = Found::kNot;
    for (const Term term : terms) {
        if (level == 0 && !whole_[word].empty() && whole_[word].front().from == term) {
            return Found::kWhole;
        }
        if (contains(spans, term)) {
            found = Found::kBegun;
        }
    }
    return found;
}

std::optional<SegmentSearch::Match>
SegmentSearch::match(Place place, std::size_t level, bool sees_hidden) const {
    const bool sees_all = sees_hidden || !segment_.is_hidden(place);
    if (!sees_all && level > 0) {
        return std::nullopt;
    }
    const Term handle = segment_.handle(place);
    const bool more = sees_all && !query_.handles_only;
    Match result{false, level == 0};
    for (std::size_t word = 0; word < query_.words.size(); ++word) {
        Found found = find(word, level, {&handle, 1});
        if (more && found != Found::kWhole) {
            found = std::max(found, find(word, level, segment_.names(place)));
        }
        if (more && found == Found::kNot) {
            found = find(word, level, segment_.bio(place));
            result.by_bio = true;
        }
        if (found == Found::kNot) {
            return std::nullopt;
        }
        result.whole = result.whole && found == Found::kWhole;
    }
    return result;
}

bool SegmentSearch::matches_before(Place place, std::size_t level) const {
    for (std::size_t before = 0; before < level; ++before) {
        if (match(place, before, false)) {
            return true;
        }
    }
    return false;
}

void SegmentSearch::append_neighbours(std::size_t level, std::vector<NameHit>& hits) {
    for (Near& near : near_) {
        if (near.matched) {
            continue;
        }
        if (const auto found = match(near.place, level, near.neighbour.sees_hidden)) {
            near.matched = true;
            hits.push_back(
                {segment_.id(near.place),
                 tier_of(level, found->by_bio),
                 near.neighbour.closeness,
                 found->whole,
                 segment_.rank(near.place)}
            );
        }
    }
}

void SegmentSearch::append_others(
    std::size_t level,
    bool by_bio,
    std::size_t limit,
    std::vector<NameHit>& hits
) const {
    if (by_bio && query_.handles_only) {
        return;
    }
    const std::size_t enough = hits.size() + limit;
    if (level == 0) {
        append_wanted({level, by_bio, true}, enough, hits);
    }
    append_wanted({level, by_bio, false}, enough, hits);
}

std::size_t SegmentSearch::postings_of(const Spans& spans, const Wanted& wanted) const {
    std::size_t total = 0;
    for (const TermSpan span : spans) {
        total += segment_.by_name().count(span);
        total += wanted.by_bio ? segment_.by_bio().count(span) : 0;
    }
    return total;
}

LowestFirst SegmentSearch::candidates(const Wanted& wanted) const {
    const std::vector<Spans>& words = wanted.whole ? whole_ : spans_[wanted.level];
    const auto fewest = std::ranges::min_element(words, {}, [&](const Spans& spans) {
        return postings_of(spans, wanted);
    });
    // A single word that is in a name is not by the bio.
    const bool in_names = !wanted.by_bio || words.size() > 1;
    LowestFirst places;
    for (const TermSpan span : *fewest) {
        const auto add = [&](const Segment::Postings& postings) {
            places.add(
                postings.places, postings.begin_of(span.from), postings.begin_of(span.until)
            );
        };
        if (in_names) {
            add(segment_.by_name());
        }
        if (wanted.by_bio) {
            add(segment_.by_bio());
        }
    }
    return places;
}

void SegmentSearch::append_wanted(
    const Wanted& wanted,
    std::size_t limit,
    std::vector<NameHit>& hits
) const {
    if (hits.size() >= limit) {
        return;
    }
    LowestFirst places = candidates(wanted);
    Place last = Segment::kNowhere;
    while (hits.size() < limit && scope_.steps_left > 0) {
        const auto place = places.next();
        if (!place) {
            return;
        }
        --scope_.steps_left;
        if (*place == std::exchange(last, *place) || is_dead(*place)) {
            continue;
        }
        const auto found = match(*place, wanted.level, false);
        if (!found || found->by_bio != wanted.by_bio || found->whole != wanted.whole ||
            matches_before(*place, wanted.level)) {
            continue;
        }
        const std::uint64_t id = segment_.id(*place);
        if (id != scope_.except && !scope_.neighbours.contains(id)) {
            hits.push_back(
                {id, tier_of(wanted.level, wanted.by_bio), 0, wanted.whole, segment_.rank(*place)}
            );
        }
    }
}

}  // namespace rookery::discover::names
