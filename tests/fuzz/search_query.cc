// What people search for, and the texts that they search in: words stand where they say, folding is
// done after the first time, and a query is understood or refused.

#include "base/encoding.h"
#include "discover/names/edit_rows.h"
#include "discover/names/matching.h"
#include "discover/names/query.h"
#include "discover/names/terms.h"
#include "discover/post_query.h"
#include "discover/post_terms.h"
#include "discover/text/fold.h"
#include "discover/text/words.h"
#include "fuzz/fuzz_input.h"

#include <algorithm>
#include <string>
#include <vector>

namespace {

namespace discover = rookery::discover;
using rookery::fuzz::require;
using rookery::ports::SearchNode;

void check_words(std::string_view text, std::string_view language) {
    std::uint32_t position = 0;
    std::uint32_t begin = 0;
    for (const discover::text::Word& word : discover::text::split_words(text, language).words) {
        require(word.position == position++, "positions follow one another");
        require(word.begin >= begin && word.begin < word.end, "words are in order");
        require(word.end <= text.size(), "a word stands in the text");
        begin = word.begin;
        const std::string_view typed = text.substr(word.begin, word.end - word.begin);
        require(rookery::is_valid_utf8(typed), "a word is cut at code points");
        require(!word.folded.empty() && !word.stem.empty(), "a word is something");
        require(word.folded.size() <= discover::text::kWordBytesMax, "a word is bounded");
        require(word.stem.size() <= discover::text::kWordBytesMax, "a stem is bounded");
        require(rookery::is_valid_utf8(word.folded), "a folded word is text");
        require(discover::text::fold(word.folded) == word.folded, "a folded word stays so");
    }
}

void check_document(std::string_view text) {
    rookery::social::Post post;
    post.text = text;
    post.language = "en";
    const rookery::ports::SearchDocument document = discover::document_of(post, true);
    std::vector<std::string_view> terms;
    std::size_t places = 0;
    for (const rookery::ports::SearchTerm& term : document.terms) {
        terms.push_back(term.text);
        places += term.positions.size();
        require(term.frequency > 0, "a term is there");
        require(
            term.positions.empty() || term.positions.size() == term.frequency, "all places or none"
        );
    }
    std::ranges::sort(terms);
    require(std::ranges::adjacent_find(terms) == terms.end(), "each term once");
    require(places == document.length, "each word has its place");
}

void check_node(const SearchNode& node) {
    using Kind = SearchNode::Kind;
    const bool has_terms =
        node.kind == Kind::kTerm || node.kind == Kind::kPrefix || node.kind == Kind::kPhrase;
    require(has_terms != node.terms.empty(), "terms where they belong");
    require(node.kind != Kind::kPhrase || node.terms.size() > 1, "a phrase has several words");
    require(node.kind != Kind::kNot || node.children.size() == 1, "one thing is negated");
    require(std::ranges::none_of(node.terms, &std::string::empty), "a term is something");
    std::ranges::for_each(node.children, check_node);
}

void check_query(std::string_view typed) {
    const discover::PostQueryReader reader{.languages = {"de"}, .local_host = "home.example"};
    const auto query = discover::parse_post_query(typed, reader);
    if (!query) {
        require(query.error().code == rookery::ErrorCode::kInvalid, "refused for what it is");
        return;
    }
    const discover::PostQueryLimits limits;
    require(query->conditions.size() <= limits.clauses_max, "as many clauses as allowed");
    check_node(discover::to_search(*query, {}).matches);
    for (const discover::QueryWord& word : query->words) {
        require(!word.folded.empty(), "a word to show is something");
    }
}

/// Whatever a name is made of: who types it finds it, and no word is longer than an index takes.
void check_names(std::string_view text) {
    namespace names = discover::names;
    const names::NameQuery query = names::parse_name_query(text);
    require(query.words.size() <= names::NameQuery::kWordsMax, "a query has so many words at most");
    for (const names::QueryWord& word : query.words) {
        require(!word.text.empty() && !word.letters.empty(), "a typed word is something");
        require(word.text.size() <= discover::text::kWordBytesMax, "a typed word is bounded");
        require(
            word.errors_max == 0 || word.letters.size() <= names::EditRows::kLettersMax,
            "what is compared letter by letter fits"
        );
    }
    names::Entry entry{.id = 1, .handle = "somebody"};
    entry.names = names::name_terms(text, "some_body");
    entry.bio = names::bio_terms(text, 20);
    require(entry.bio.size() <= 20, "a bio has so many words at most");
    for (const std::string& term : entry.names) {
        require(!term.empty() && rookery::is_valid_utf8(term), "a term is text");
        require(term.size() <= discover::text::kWordBytesMax, "a term is bounded");
    }
    static_cast<void>(names::matches(query, entry, true));
    static_cast<void>(names::tag_term(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = rookery::fuzz::as_text(data, size);
    for (const std::string_view language : {"", "en", "de", "ar", "tr"}) {
        check_words(text, language);
    }
    require(rookery::is_valid_utf8(discover::text::fold(text)), "folded bytes are text");
    check_document(text);
    check_query(text);
    check_names(text);
    return 0;
}
