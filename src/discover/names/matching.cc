#include "discover/names/matching.h"

#include "discover/names/edit_rows.h"

#include <algorithm>

namespace rookery::discover::names {

namespace {

bool matches_word(const QueryWord& word, const std::string& term, std::size_t errors) {
    if (term.starts_with(word.text)) {
        return true;
    }
    if (errors == 0) {
        return false;
    }
    const Similarity similarity = compare(word.letters, term, errors);
    return similarity.as_prefix || similarity.as_word;
}

}  // namespace

bool matches(const NameQuery& query, const Entry& entry, bool sees_hidden) {
    const bool sees_all = !entry.hidden || sees_hidden;
    const bool more = sees_all && !query.handles_only;
    return !query.words.empty() && std::ranges::all_of(query.words, [&](const QueryWord& word) {
        const auto is_match = [&](const std::string& term) {
            return matches_word(word, term, sees_all ? word.errors_max : 0);
        };
        return is_match(entry.handle) || (more && (std::ranges::any_of(entry.names, is_match) ||
                                                   std::ranges::any_of(entry.bio, is_match)));
    });
}

}  // namespace rookery::discover::names
