#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover {

/// A piece of a query as typed, before anybody asks what it means.
struct QueryToken {
    bool is_negated = false;
    bool is_quoted = false;
    std::string key;        ///< of an operator, in lower case: "from"; empty for words
    std::string_view text;  ///< the words, or the operator's value; without sign and quotes
    std::size_t end = 0;    ///< where it ends in the query, with a closing quote
};

/// Cuts a query at white space, quotation marks and operators. Forgives everything: a quotation
/// mark without a partner reaches to the end, a sign before nothing is nothing, and what looks like
/// an operator but is none is words. Signs, colons and quotation marks may be typographic or
/// full-width. Views point into `typed`. Takes linear time.
[[nodiscard]] std::vector<QueryToken> query_tokens(std::string_view typed);

}  // namespace rookery::discover
