#pragma once

#include "social/filters.h"
#include "social/post.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

/// Why a post is filtered.
struct FilterMatch {
    const Filter* filter = nullptr;     ///< of the matcher
    std::vector<std::string> keywords;  ///< as the owner typed them
    bool by_post = false;               ///< the post itself was chosen
};

/// One person's filters, made ready for many posts. Immutable.
class FilterMatcher {
public:
    explicit FilterMatcher(std::vector<Filter> filters);

    [[nodiscard]] bool empty() const { return filters_.empty(); }

    /// The filters that have not expired and match the post's text or content warning, or the post
    /// itself. Case does not matter; a whole word ends where no letter, digit or '_' follows.
    [[nodiscard]] std::vector<FilterMatch> match(const Post& post, UnixMs now_ms) const;

private:
    struct Keyword {
        std::string folded;
        bool whole_word = true;
        std::size_t place = 0;  ///< in its filter's keywords
    };

    static bool contains(std::string_view text, const Keyword& keyword);

    std::vector<Filter> filters_;
    std::vector<std::vector<Keyword>> keywords_;  ///< in the order of `filters_`
};

}  // namespace rookery::social
