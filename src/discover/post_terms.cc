#include "discover/post_terms.h"

#include "base/codec.h"
#include "base/encoding.h"
#include "discover/text/words.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace rookery::discover {

namespace {

std::string of_account(char kind, AccountId account) {
    std::string term(1, kind);
    ByteWriter(term).fixed64(account.value);
    return term;
}

bool is_ascii(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Whether a search for the folded word finds the stem that it has here: docs of `terms`.
bool needs_folded_form(std::string_view typed, std::string_view language) {
    return language != kEverybodysLanguage || !is_ascii(typed);
}

class Terms {
public:
    explicit Terms(ports::SearchDocument& document) : terms_(document.terms) {}

    void add(std::string term) { terms_.push_back({.text = std::move(term)}); }

    /// Words in any order; their positions come out ascending.
    void add_words(std::vector<const text::Word*>& words) {
        std::ranges::sort(words, [](const text::Word* a, const text::Word* b) {
            const int order = a->folded.compare(b->folded);
            return order != 0 ? order < 0 : a->position < b->position;
        });
        for (auto first = words.begin(); first != words.end();) {
            const std::string& folded = (*first)->folded;
            const auto last = std::find_if(first, words.end(), [&](const text::Word* word) {
                return word->folded != folded;
            });
            ports::SearchTerm term{
                .text = terms::of(terms::kWord, folded),
                .frequency = static_cast<std::uint32_t>(last - first)
            };
            term.positions.reserve(term.frequency);
            for (; first != last; ++first) {
                term.positions.push_back((*first)->position);
            }
            terms_.push_back(std::move(term));
        }
    }

    void add_stems(std::vector<std::string_view>& stems) {
        std::ranges::sort(stems);
        for (auto first = stems.begin(); first != stems.end();) {
            const auto last = std::upper_bound(first, stems.end(), *first);
            terms_.push_back(
                {.text = terms::of(terms::kStem, *first),
                 .frequency = static_cast<std::uint32_t>(last - first),
                 .positions = {}}
            );
            first = last;
        }
    }

private:
    std::vector<ports::SearchTerm>& terms_;
};

void add_facts(const social::Post& post, bool has_url, bool findable, Terms& terms) {
    for (const std::string& tag : post.tags) {
        terms.add(terms::of(terms::kTag, tag));
    }
    for (const social::Mention& mention : post.mentions) {
        terms.add(terms::of(terms::kMentionedName, ascii_lower(mention.username)));
        terms.add(terms::mentioned(mention.account));
    }
    terms.add(terms::author(post.author));
    if (!post.language.empty()) {
        terms.add(terms::of(terms::kLanguage, post.language));
    }
    if (has_url) {
        terms.add(std::string(terms::kHasLink));
    }
    if (post.is_reply()) {
        terms.add(std::string(terms::kIsReply));
    }
    if (post.sensitive || !post.spoiler_text.empty()) {
        terms.add(std::string(terms::kIsSensitive));
    }
    if (post.visibility == social::Visibility::kPublic) {
        terms.add(std::string(terms::kIsPublic));
    }
    if (findable) {
        terms.add(std::string(terms::kFindable));
    }
}

/// Facts that a post states twice; words are each once already.
void drop_duplicates(std::vector<ports::SearchTerm>& terms, std::size_t from) {
    const auto begin = terms.begin() + static_cast<std::ptrdiff_t>(from);
    std::ranges::sort(begin, terms.end(), {}, &ports::SearchTerm::text);
    const auto same = std::ranges::unique(begin, terms.end(), {}, &ports::SearchTerm::text);
    terms.erase(same.begin(), same.end());
}

}  // namespace

namespace terms {

std::string of(char kind, std::string_view text) {
    std::string term;
    term.reserve(1 + text.size());
    term.push_back(kind);
    term.append(text);
    return term;
}

std::string author(AccountId account) {
    return of_account('f', account);
}

std::string mentioned(AccountId account) {
    return of_account('m', account);
}

}  // namespace terms

ports::SearchDocument document_of(const social::Post& post, bool findable) {
    // Many clients do not say in what language a post is.
    const std::string_view language =
        post.language.empty() ? kEverybodysLanguage : std::string_view(post.language);
    text::SplitText warning = text::split_words(post.spoiler_text, language);
    text::SplitText split = text::split_words(post.text, language);
    ports::SearchDocument document{
        .id = post.id.value,
        .length = static_cast<std::uint32_t>(warning.words.size() + split.words.size()),
        .terms = {}
    };

    if (!warning.words.empty()) {
        const auto offset = static_cast<std::uint32_t>(warning.words.size()) + kTextGap;
        for (text::Word& word : split.words) {
            word.position += offset;
        }
    }
    std::vector<const text::Word*> words;
    std::vector<std::string_view> stems;
    words.reserve(document.length);
    stems.reserve(document.length);
    const auto take = [&](std::string_view text, const std::vector<text::Word>& found) {
        for (const text::Word& word : found) {
            words.push_back(&word);
            stems.push_back(word.stem);
            if (word.stem != word.folded &&
                needs_folded_form(text.substr(word.begin, word.end - word.begin), language)) {
                stems.push_back(word.folded);
            }
        }
    };
    take(post.spoiler_text, warning.words);
    take(post.text, split.words);

    document.terms.reserve(2 * static_cast<std::size_t>(document.length) + 8);
    Terms terms(document);
    terms.add_words(words);
    terms.add_stems(stems);
    const std::size_t facts = document.terms.size();
    add_facts(post, split.has_url || warning.has_url, findable, terms);
    drop_duplicates(document.terms, facts);
    return document;
}

}  // namespace rookery::discover
