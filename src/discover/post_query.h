#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "ports/search_index.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover {

struct PostQueryLimits {
    /// Of a query as typed. A longer one is refused.
    std::size_t bytes_max = 1024;
    /// Words, phrases and operators, each of which costs the index a walk.
    std::size_t clauses_max = 32;
};

/// What a query means depends on who asks.
struct PostQueryReader {
    /// ISO 639-1, those that the searcher reads. English is always added.
    std::vector<std::string> languages;
    /// @bob@local_host is the local bob.
    std::string local_host;
};

/// Which posts are looked at: "in:".
enum class PostScope : std::uint8_t {
    kAll,      ///< those that anybody may find, and the searcher's own library
    kPublic,   ///< those that anybody may find
    kLibrary,  ///< what the searcher wrote, was mentioned in, or marked
};

/// "from:": somebody whose id the caller finds out.
struct QueryAuthor {
    std::string name;  ///< without the leading "@", as typed: "bob", "bob@example.org"
    bool is_me = false;
    bool is_negated = false;

    bool operator==(const QueryAuthor&) const = default;
};

/// A word that was looked for, to be shown in what was found.
struct QueryWord {
    std::string folded;              ///< text/fold.h
    std::vector<std::string> stems;  ///< other forms by which posts were found, folded
    bool is_prefix = false;          ///< longer words were found, too

    bool operator==(const QueryWord&) const = default;
};

/// A query, understood but for the names in it.
struct PostQuery {
    /// All of them must hold.
    std::vector<ports::SearchNode> conditions;
    std::vector<QueryAuthor> authors;
    /// Only ids between these two, both excluded.
    std::uint64_t above = 0;
    std::uint64_t below = std::numeric_limits<std::uint64_t>::max();
    PostScope scope = PostScope::kAll;
    /// Nothing was asked for: such a query finds nothing.
    bool is_empty = true;
    std::vector<std::string> scored;
    /// Those of words and phrases that are not negated, each once, in order.
    std::vector<QueryWord> words;
};

/// Parses what a person types, in the language of Mastodon's search:
///
///   birds           the word, in any of its forms; the last one, not followed by a space, also the
///                   beginning of a longer word
///   "big birds"     these words side by side, in exactly these forms
///   -birds  +birds  not; and (as without). Works before everything but "in:" and "during:"
///   #birds  @bob    a hashtag; a mention of a local account
///   from:me from:bob from:@bob@example.org
///   has:link|embed|media|poll    is:reply|sensitive    language:de
///   before:2026-01-31 after:2026-01-31 during:2026-01-31    days in UTC; neither before: nor
///   after:
///                   takes in the day itself
///   in:all|public|library    the last one counts
///
/// All parts must hold. Forgives what it can (query_tokens.h); an operator without a value is not
/// there yet. kInvalid names the operator whose value is none, or the limit that is passed.
/// Thread-safe.
[[nodiscard]] Result<PostQuery> parse_post_query(
    std::string_view typed,
    const PostQueryReader& reader,
    const PostQueryLimits& limits = {}
);

/// `authors` are the ids of query.authors, in that order; 0 for whoever does not exist, who wrote
/// nothing. The answer has matches, scored, above and below; scope and privacy, order and limit are
/// for the caller to add.
[[nodiscard]] ports::SearchQuery
to_search(const PostQuery& query, std::span<const AccountId> authors);

}  // namespace rookery::discover
