#include "discover/names/query.h"

#include "base/encoding.h"
#include "discover/names/edit_rows.h"
#include "discover/names/letters.h"
#include "discover/names/terms.h"
#include "discover/text/fold.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::discover::names {

namespace {

constexpr std::size_t kLettersForOneError = 3;
constexpr std::size_t kLettersForTwoErrors = 8;

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

}  // namespace

QueryWord query_word(std::string text) {
    QueryWord word{std::move(text), {}, 0};
    word.letters = letters_of(word.text);
    const bool is_mistyped_by_letter = std::ranges::none_of(word.letters, is_unspaced);
    if (is_mistyped_by_letter && word.letters.size() <= EditRows::kLettersMax) {
        word.errors_max = word.letters.size() >= kLettersForTwoErrors  ? 2
                          : word.letters.size() >= kLettersForOneError ? 1
                                                                       : 0;
    }
    return word;
}

NameQuery parse_name_query(std::string_view typed) {
    NameQuery query;
    std::vector<std::string> words;
    for (std::size_t at = 0; at < typed.size();) {
        std::size_t end = at;
        while (end < typed.size() && !is_space(typed[end])) {
            ++end;
        }
        const std::string_view token = typed.substr(at, end - at);
        if (is_handle(token)) {
            words.push_back(ascii_lower(token));
            text::cut_word(words.back());
        } else {
            std::ranges::move(typed_terms(token), std::back_inserter(words));
        }
        at = end + 1;
    }
    std::ranges::sort(words);
    const auto twice = std::ranges::unique(words);
    words.erase(twice.begin(), twice.end());
    if (words.size() <= NameQuery::kWordsMax) {
        for (std::string& word : words) {
            query.words.push_back(query_word(std::move(word)));
        }
    }
    return query;
}

bool is_shown_before(const NameHit& a, const NameHit& b) {
    if (a.tier != b.tier) {
        return a.tier < b.tier;
    }
    if (a.closeness != b.closeness) {
        return a.closeness > b.closeness;
    }
    if (a.whole != b.whole) {
        return a.whole;
    }
    return a.rank != b.rank ? a.rank > b.rank : a.id < b.id;
}

}  // namespace rookery::discover::names
