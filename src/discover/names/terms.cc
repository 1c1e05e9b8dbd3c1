#include "discover/names/terms.h"

#include "base/encoding.h"
#include "discover/names/letters.h"
#include "discover/text/fold.h"
#include "discover/text/words.h"

#include <algorithm>
#include <utility>

namespace rookery::discover::names {

namespace {

void add_once(std::vector<std::string>& words, std::string word) {
    if (!word.empty() && std::ranges::find(words, word) == words.end()) {
        words.push_back(std::move(word));
    }
}

bool begins_unspaced(std::string_view word) {
    std::size_t at = 0;
    return !word.empty() && is_unspaced(next_letter(word, at));
}

/// Calls take(run) for what stands together in scripts that write without spaces, folded. A space
/// that somebody puts between the parts of such a name parts nothing.
template <class Take>
void visit_unspaced(std::string text, Take take) {
    std::erase(text, ' ');
    const std::string_view letters = text;
    std::size_t begin = 0;
    bool is_in_run = false;
    for (std::size_t at = 0; at < letters.size();) {
        const std::size_t here = at;
        const char32_t letter = next_letter(letters, at);
        const bool belongs = is_unspaced(letter) || (is_in_run && continues_letter(letter));
        if (belongs && !is_in_run) {
            begin = here;
        } else if (!belongs && is_in_run) {
            take(text::fold(letters.substr(begin, here - begin)));
        }
        is_in_run = belongs;
    }
    if (is_in_run) {
        take(text::fold(letters.substr(begin)));
    }
}

/// The words of the other scripts.
void add_spaced(std::string_view text, std::vector<std::string>& words) {
    for (text::Word& word : text::split_words(text, {}).words) {
        if (!begins_unspaced(word.folded)) {
            add_once(words, std::move(word.folded));
        }
    }
}

std::string cut(std::string_view word) {
    std::string short_enough(word);
    text::cut_word(short_enough);
    return short_enough;
}

void add_endings(std::string_view run, std::vector<std::string>& words) {
    for (std::size_t at = 0; at < run.size();) {
        const std::size_t begin = at;
        if (!continues_letter(next_letter(run, at))) {
            add_once(words, cut(run.substr(begin)));
        }
    }
}

}  // namespace

std::string handle_term(std::string_view username) {
    return cut(ascii_lower(username));
}

std::string tag_term(std::string_view tag) {
    return cut(text::fold(tag));
}

std::vector<std::string> name_terms(std::string_view display_name, std::string_view username) {
    std::vector<std::string> words;
    add_spaced(display_name, words);
    visit_unspaced(text::fold(display_name), [&](std::string_view run) {
        add_endings(run, words);
    });
    const std::string handle = handle_term(username);
    for (std::size_t at = handle.find('_'); at != std::string::npos;
         at = handle.find('_', at + 1)) {
        const std::size_t end = handle.find('_', at + 1);
        add_once(words, handle.substr(at + 1, end == std::string::npos ? end : end - at - 1));
    }
    return words;
}

std::vector<std::string> bio_terms(std::string_view note, std::size_t words_max) {
    std::vector<std::string> words;
    if (words_max == 0) {
        return words;
    }
    for (text::Word& word : text::split_words(note, {}).words) {
        if (words.size() >= words_max) {
            break;
        }
        add_once(words, std::move(word.folded));
    }
    return words;
}

std::vector<std::string> typed_terms(std::string_view token) {
    std::vector<std::string> words;
    add_spaced(token, words);
    visit_unspaced(std::string(token), [&](std::string_view run) { add_once(words, cut(run)); });
    return words;
}

}  // namespace rookery::discover::names
