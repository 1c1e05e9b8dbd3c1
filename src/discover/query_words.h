#pragma once

#include "discover/post_query.h"
#include "ports/search_index.h"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover {

/// Makes conditions of words as typed.
class QueryWords {
public:
    /// `languages` are those whose stems are asked for.
    explicit QueryWords(std::vector<std::string> languages) : languages_(std::move(languages)) {}

    struct Found {
        bool is_any = false;  ///< there was a word
        ports::SearchNode node;
        std::vector<std::string> scored;
        std::vector<QueryWord> words;
    };

    /// A piece of a query without white space, which may be more than one word: "e-mail", CJK. They
    /// must stand side by side. `is_unfinished`: the last one may be the beginning of another.
    [[nodiscard]] Found of_piece(std::string_view typed, bool is_unfinished) const;

    /// What stood between quotation marks.
    [[nodiscard]] Found of_phrase(std::string_view typed) const;

private:
    [[nodiscard]] std::vector<std::string>
    stems_of(std::string_view typed, const std::string& folded) const;

    std::vector<std::string> languages_;
};

}  // namespace rookery::discover
