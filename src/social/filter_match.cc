#include "social/filter_match.h"

#include "social/text/unicode.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

std::string fold_case(std::string_view text) {
    const icu::StringPiece bytes(text.data(), static_cast<std::int32_t>(text.size()));
    std::string out;
    icu::UnicodeString::fromUTF8(bytes).foldCase().toUTF8String(out);
    return out;
}

/// True if no word goes on over the place between two bytes.
bool is_word_edge(std::string_view text, std::size_t at) {
    std::size_t after = at;
    const text::CodePoint before = text::code_point_before(text, at);
    const text::CodePoint next = text::next_code_point(text, after);
    return before < 0 || next < 0 || !text::is_word(before) || !text::is_word(next);
}

}  // namespace

FilterMatcher::FilterMatcher(std::vector<Filter> filters) : filters_(std::move(filters)) {
    for (const Filter& filter : filters_) {
        std::vector<Keyword>& keywords = keywords_.emplace_back();
        for (std::size_t i = 0; i < filter.keywords.size(); ++i) {
            const FilterKeyword& keyword = filter.keywords[i];
            keywords.push_back({fold_case(keyword.keyword), keyword.whole_word, i});
        }
    }
}

bool FilterMatcher::contains(std::string_view text, const Keyword& keyword) {
    if (keyword.folded.empty()) {
        return false;
    }
    for (std::size_t at = text.find(keyword.folded); at != std::string_view::npos;
         at = text.find(keyword.folded, at + 1)) {
        const std::size_t end = at + keyword.folded.size();
        if (!keyword.whole_word || (is_word_edge(text, at) && is_word_edge(text, end))) {
            return true;
        }
    }
    return false;
}

std::vector<FilterMatch> FilterMatcher::match(const Post& post, UnixMs now_ms) const {
    std::vector<FilterMatch> out;
    const std::string text = fold_case(post.spoiler_text + "\n" + post.text);
    for (std::size_t i = 0; i < filters_.size(); ++i) {
        const Filter& filter = filters_[i];
        if (filter.expires_at_ms != 0 && filter.expires_at_ms <= now_ms) {
            continue;
        }
        FilterMatch match;
        match.filter = &filter;
        for (const Keyword& keyword : keywords_[i]) {
            if (contains(text, keyword)) {
                match.keywords.push_back(filter.keywords[keyword.place].keyword);
            }
        }
        match.by_post =
            std::ranges::find(filter.posts, post.id, &FilterPost::post) != filter.posts.end();
        if (match.by_post || !match.keywords.empty()) {
            out.push_back(std::move(match));
        }
    }
    return out;
}

}  // namespace rookery::social
