#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover::names {

struct QueryWord {
    std::string text;  ///< folded, not empty
    std::u32string letters;
    std::size_t errors_max = 0;
};

/// What somebody types who looks for somebody. Every word must be found, in whatever order, and
/// none needs to be whole.
struct NameQuery {
    static constexpr std::size_t kWordsMax = 8;

    std::vector<QueryWord> words;  ///< none: finds nobody
    bool handles_only = false;
};

/// A word of a query as it is looked for: mistyped in one letter from three letters on, in two from
/// eight on. Words of scripts whose letters are syllables or words are taken as they are.
[[nodiscard]] QueryWord query_word(std::string text);

/// The words of a query; none if it has more than kWordsMax, as nobody is called.
[[nodiscard]] NameQuery parse_name_query(std::string_view typed);

/// Why somebody is shown before others who match as well.
struct Neighbour {
    std::uint8_t closeness = 0;
    bool sees_hidden = false;  ///< the searcher finds this entry by all of it
};
using Neighbours = boost::unordered_flat_map<std::uint64_t, Neighbour>;

/// What a search shows first; all of one tier come before the next.
enum class Tier : std::uint8_t {
    kNames,  ///< all words are in handle and names
    kBio,    ///< some are in the bio only
    kNamesMistyped,
    kBioMistyped,
    kNamesTwiceMistyped,
    kBioTwiceMistyped,
};

struct NameHit {
    std::uint64_t id = 0;
    Tier tier{};
    std::uint8_t closeness = 0;
    bool whole = false;  ///< every typed word is a whole word there; false where mistyped
    std::uint8_t rank = 0;

    bool operator==(const NameHit&) const = default;
};

/// By tier, then the closest, then whole words, then rank, then the oldest.
[[nodiscard]] bool is_shown_before(const NameHit& a, const NameHit& b);

}  // namespace rookery::discover::names
