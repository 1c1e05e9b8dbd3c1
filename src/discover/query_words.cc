#include "discover/query_words.h"

#include "discover/post_terms.h"
#include "discover/search_nodes.h"
#include "discover/text/segments.h"
#include "discover/text/stemmer.h"
#include "discover/text/words.h"
#include "social/text/unicode.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

namespace rookery::discover {

namespace {

using ports::SearchNode;
using Kind = SearchNode::Kind;

SearchNode stem_node(std::string_view stem) {
    return term_node(terms::of(terms::kStem, stem));
}

/// One letter begins too many words to look for all of them, but an ideograph is half a word.
bool may_be_prefix(std::string_view folded) {
    std::size_t at = 0;
    const social::text::CodePoint first = social::text::next_code_point(folded, at);
    const bool is_ideograph = first >= 0 && u_hasBinaryProperty(first, UCHAR_IDEOGRAPHIC) != 0;
    return !text::is_emoji(folded) && (is_ideograph || at < folded.size());
}

SearchNode phrase(const std::vector<text::Word>& words) {
    if (words.size() == 1) {
        return term_node(terms::of(terms::kWord, words[0].folded));
    }
    SearchNode node{.kind = Kind::kPhrase};
    node.terms.reserve(words.size());
    for (const text::Word& word : words) {
        node.terms.push_back(terms::of(terms::kWord, word.folded));
    }
    return node;
}

/// Adds what is not there yet.
void add(std::vector<std::string>& all, std::string one) {
    if (std::ranges::find(all, one) == all.end()) {
        all.push_back(std::move(one));
    }
}

}  // namespace

std::vector<std::string> QueryWords::stems_of(std::string_view typed, const std::string& folded)
    const {
    std::vector<std::string> stems;
    for (const std::string& language : languages_) {
        add(stems, text::stem_of(typed, language));
        if (typed != folded) {  // somebody may have written it without its marks
            add(stems, text::stem_of(folded, language));
        }
    }
    std::erase(stems, folded);
    return stems;
}

QueryWords::Found QueryWords::of_piece(std::string_view typed, bool is_unfinished) const {
    const std::vector<text::Word> words = text::split_words(typed, {}).words;
    if (words.empty()) {
        return {};
    }
    const text::Word& last = words.back();
    const bool is_prefix = is_unfinished && last.end == typed.size() && may_be_prefix(last.folded);
    if (words.size() > 1) {
        Found found = of_phrase(typed);
        if (is_prefix) {
            // A phrase ends with whole words. What comes before must be there, wherever.
            SearchNode begun{.kind = Kind::kAnd};
            begun.children.push_back(phrase({words.begin(), words.end() - 1}));
            begun.children.push_back(prefix_node(terms::of(terms::kWord, last.folded)));
            SearchNode either{.kind = Kind::kOr};
            either.children.push_back(std::move(found.node));
            either.children.push_back(std::move(begun));
            found.node = std::move(either);
            found.words.back().is_prefix = true;
        }
        return found;
    }

    Found found{.is_any = true};
    const std::string_view word = typed.substr(last.begin, last.end - last.begin);
    std::vector<std::string> stems = stems_of(word, last.folded);
    std::vector<SearchNode> ways;
    for (const std::string& stem : stems) {
        ways.push_back(stem_node(stem));
    }
    ways.push_back(stem_node(last.folded));
    for (const SearchNode& way : ways) {
        found.scored.push_back(way.terms[0]);
    }
    if (is_prefix) {
        ways.push_back(prefix_node(terms::of(terms::kWord, last.folded)));
    }
    if (ways.size() == 1) {
        found.node = std::move(ways[0]);
    } else {
        found.node.kind = Kind::kOr;
        found.node.children = std::move(ways);
    }
    found.words.push_back({last.folded, std::move(stems), is_prefix});
    return found;
}

QueryWords::Found QueryWords::of_phrase(std::string_view typed) const {
    const std::vector<text::Word> words = text::split_words(typed, {}).words;
    if (words.empty()) {
        return {};
    }
    Found found{.is_any = true, .node = phrase(words)};
    for (const text::Word& word : words) {
        // A phrase has no score of its own: its words give it one.
        for (const std::string& stem : stems_of(word.folded, word.folded)) {
            add(found.scored, terms::of(terms::kStem, stem));
        }
        add(found.scored, terms::of(terms::kStem, word.folded));
        found.words.push_back({word.folded, {}, false});
    }
    return found;
}

}  // namespace rookery::discover
