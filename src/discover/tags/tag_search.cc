#include "discover/tags/tag_search.h"

#include "base/encoding.h"
#include "discover/names/terms.h"
#include "social/hashtags.h"
#include "social/text/render.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::discover {

namespace {

names::Neighbours followed_by(const social::Viewer* viewer, const TagNumbers& numbers) {
    names::Neighbours followed;
    if (viewer != nullptr) {
        for (const std::string& tag : viewer->tags) {
            if (const auto number = numbers.find(tag)) {
                followed[*number] = {1, false};
            }
        }
    }
    return followed;
}

/// What is typed of a hashtag, without "#" and with its words joined: "birds of prey" looks for
/// #birdsofprey. Empty for what is an address or a name.
std::string typed_tag(std::string_view text) {
    text = trim_ascii(text);
    if (text.starts_with('#')) {
        text.remove_prefix(1);
    }
    std::string joined(text);
    std::erase(joined, ' ');
    return joined.find_first_of("@:/") == std::string::npos ? joined : std::string();
}

}  // namespace

Task<Result<std::vector<std::string>>>
TagSearch::find(social::ViewerPtr viewer, std::string text, std::size_t offset, std::size_t limit) {
    std::vector<std::string> shown;
    const std::string typed = typed_tag(text);
    // Digits alone are no tag, but may be the beginning of one.
    const std::string term = names::tag_term(social::text::normalize_tag(typed));
    if (term.empty()) {
        co_return shown;
    }
    const std::size_t wanted = std::min(offset + limit, limits_.examined_max);
    names::NameIndex::Search asked;
    // Some more, for those of which the searcher may see no post.
    asked.limit = std::min(limits_.examined_max, wanted * 2);
    if (const auto exact = social::parse_tag(typed)) {
        CO_CHECK(co_await append_shown(viewer, {*exact}, wanted, &shown));
        asked.except = numbers_.find(*exact).value_or(0);
    }
    names::NameQuery query;
    query.words.push_back(names::query_word(term));
    query.handles_only = true;
    std::vector<std::uint64_t> numbers;
    for (const names::NameHit& hit :
         index_.find(query, followed_by(viewer.get(), numbers_), asked)) {
        numbers.push_back(hit.id);
    }
    CO_CHECK(co_await append_shown(viewer, numbers_.tags(numbers), wanted, &shown));
    const auto skipped = static_cast<std::ptrdiff_t>(std::min(offset, shown.size()));
    shown.erase(shown.begin(), shown.begin() + skipped);
    co_return shown;
}

Task<Result<void>> TagSearch::append_shown(
    social::ViewerPtr viewer,
    std::vector<std::string> tags,
    std::size_t wanted,
    std::vector<std::string>* shown
) {
    social::PageRequest newest;
    newest.limit = 1;
    for (std::string& tag : tags) {
        if (shown->size() >= wanted) {
            break;
        }
        feed::TagQuery any_post;
        any_post.tag = tag;
        CO_TRY(const auto page, co_await timelines_.tag_posts(viewer, std::move(any_post), newest));
        if (!page.empty()) {
            shown->push_back(std::move(tag));
        }
    }
    co_return Result<void>{};
}

}  // namespace rookery::discover
