#pragma once

#include "discover/names/query.h"
#include "discover/names/segment.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rookery::discover::names {

/// What a search needs beside its words; all outlive it.
struct SearchScope {
    const Neighbours& neighbours;
    std::span<const std::uint64_t> neighbour_ids;  ///< without `except`
    std::uint64_t except = 0;                      ///< not found, whatever it is called
    std::size_t& steps_left;                       ///< entries that may still be compared
};

/// One query in one segment. Everything it is made of outlives it.
class SegmentSearch {
public:
    /// Errors in a word: 0, 1 and 2.
    static constexpr std::size_t kLevels = 3;

    /// An empty `dead` means that nothing is.
    SegmentSearch(
        const Segment& segment,
        const std::vector<bool>& dead,
        const NameQuery& query,
        SearchScope scope
    );

    /// To be called for each level, from 0 up, before what is below asks for it.
    void begin_level(std::size_t level);

    /// Those of the neighbours that match at this level and at none before.
    void append_neighbours(std::size_t level, std::vector<NameHit>& hits);
    /// The best of the others at this level, at most `limit`.
    void append_others(
        std::size_t level,
        bool by_bio,
        std::size_t limit,
        std::vector<NameHit>& hits
    ) const;

private:
    using Place = Segment::Place;
    using Term = Segment::Term;
    using Spans = std::vector<TermSpan>;

    struct Match {
        bool by_bio = false;
        bool whole = false;
    };
    enum class Found : std::uint8_t { kNot, kBegun, kWhole };
    struct Near {
        Place place;
        Neighbour neighbour;
        bool matched = false;
    };
    /// What one walk through the postings looks for.
    struct Wanted {
        std::size_t level = 0;
        bool by_bio = false;
        bool whole = false;
    };

    [[nodiscard]] bool is_dead(Place place) const { return !dead_.empty() && dead_[place]; }
    [[nodiscard]] Found find(std::size_t word, std::size_t level, std::span<const Term> terms)
        const;
    [[nodiscard]] std::optional<Match> match(Place place, std::size_t level, bool sees_hidden)
        const;
    [[nodiscard]] bool matches_before(Place place, std::size_t level) const;
    /// The postings of one word, of which every match must be among them: those of the word that
    /// has the fewest.
    [[nodiscard]] LowestFirst candidates(const Wanted& wanted) const;
    [[nodiscard]] std::size_t postings_of(const Spans& spans, const Wanted& wanted) const;
    void append_wanted(const Wanted& wanted, std::size_t limit, std::vector<NameHit>& hits) const;
    void find_near();

    const Segment& segment_;
    const std::vector<bool>& dead_;
    const NameQuery& query_;
    const SearchScope scope_;
    std::array<std::vector<Spans>, kLevels> spans_;  ///< by level and word
    std::vector<Spans> whole_;                       ///< by word: the one term that it is
    std::vector<Near> near_;
};

}  // namespace rookery::discover::names
