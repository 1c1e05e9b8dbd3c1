#pragma once

#include "discover/names/entry.h"
#include "discover/names/letters.h"
#include "discover/names/query.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::discover::names {

/// True if `term` is `typed` with at most `errors` errors, or begins so with its last typed letter
/// in place. By the whole matrix.
inline bool is_similar(const std::u32string& typed, const std::string& term, std::size_t errors) {
    const std::u32string letters = letters_of(term);
    const std::size_t rows = letters.size();
    const std::size_t columns = typed.size();
    std::vector<std::vector<std::size_t>> d(rows + 1, std::vector<std::size_t>(columns + 1));
    for (std::size_t i = 0; i <= rows; ++i) {
        for (std::size_t j = 0; j <= columns; ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            const bool same = letters[i - 1] == typed[j - 1];
            const bool swapped =
                i > 1 && j > 1 && letters[i - 1] == typed[j - 2] && letters[i - 2] == typed[j - 1];
            std::size_t in_place = SIZE_MAX;
            in_place = same ? d[i - 1][j - 1] : in_place;
            in_place = swapped ? std::min(in_place, d[i - 2][j - 2] + 1) : in_place;
            if (j == columns && in_place <= errors) {
                return true;
            }
            d[i][j] = std::min({in_place, d[i - 1][j - 1] + 1, d[i - 1][j] + 1, d[i][j - 1] + 1});
        }
    }
    return d[rows][columns] <= errors;
}

struct ModelMatch {
    std::size_t level = 0;
    bool by_bio = false;
    bool whole = true;
};

inline bool matches_word(const QueryWord& word, const std::string& term, std::size_t level) {
    if (level == 0) {
        return term.starts_with(word.text);
    }
    return is_similar(word.letters, term, std::min(level, word.errors_max));
}

/// As far as the searcher may look into it.
inline std::optional<ModelMatch>
match_at(const NameQuery& query, const Entry& entry, bool sees_hidden, std::size_t level) {
    const bool sees_all = !entry.hidden || sees_hidden;
    std::vector<std::string> names{entry.handle};
    std::vector<std::string> bio;
    if (sees_all && !query.handles_only) {
        names.insert(names.end(), entry.names.begin(), entry.names.end());
        bio = entry.bio;
    }
    if (level > 0 && !sees_all) {
        return std::nullopt;
    }
    ModelMatch match{level, false, level == 0};
    for (const QueryWord& word : query.words) {
        const auto is_match = [&](const std::string& term) {
            return matches_word(word, term, level);
        };
        const bool in_names = std::ranges::any_of(names, is_match);
        if (!in_names && std::ranges::none_of(bio, is_match)) {
            return std::nullopt;
        }
        match.by_bio = match.by_bio || !in_names;
        const auto& where = in_names ? names : bio;
        match.whole = match.whole && std::ranges::find(where, word.text) != where.end();
    }
    return match;
}

/// What NameIndex promises, said as plainly as possible: all entries are looked at, and sorted.
class NameModel {
public:
    void put(Entry entry) { entries_[entry.id] = std::move(entry); }
    void erase(std::uint64_t id) { entries_.erase(id); }

    [[nodiscard]] std::vector<NameHit>
    find(const NameQuery& query, const Neighbours& neighbours, std::size_t limit) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] const std::map<std::uint64_t, Entry>& entries() const { return entries_; }

private:
    std::map<std::uint64_t, Entry> entries_;
};

inline std::vector<NameHit>
NameModel::find(const NameQuery& query, const Neighbours& neighbours, std::size_t limit) const {
    std::vector<NameHit> hits;
    for (const auto& [id, entry] : entries_) {
        const auto near = neighbours.find(id);
        const Neighbour neighbour = near == neighbours.end() ? Neighbour{} : near->second;
        for (std::size_t level = 0; level <= 2 && !query.words.empty(); ++level) {
            if (const auto match = match_at(query, entry, neighbour.sees_hidden, level)) {
                const auto tier = static_cast<Tier>(level * 2 + (match->by_bio ? 1 : 0));
                hits.push_back({id, tier, neighbour.closeness, match->whole, entry.rank});
                break;
            }
        }
    }
    std::ranges::sort(hits, is_shown_before);
    hits.resize(std::min(hits.size(), limit));
    return hits;
}

}  // namespace rookery::discover::names
