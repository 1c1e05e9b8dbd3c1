#pragma once

#include "base/result.h"
#include "base/task.h"
#include "discover/names/name_index.h"
#include "discover/people/circles.h"
#include "discover/people/people_indexer.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/viewers.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover {

struct PeopleRequest {
    std::string text;  ///< as typed: "bo", "@bob", "bob@here", "Bob Smi"
    bool only_following = false;
    std::size_t offset = 0;
    std::size_t limit = 40;
};

struct PeopleSearchLimits {
    /// A longer query is refused.
    std::size_t query_bytes_max = 4'096;
    /// Accounts that are looked at for one page, with those of the pages before.
    std::size_t examined_max = 2'000;
    /// Accounts that the index compares with a query; then it ends with what it has found.
    std::size_t steps_max = 200'000;
};

/// Finds people by what somebody types: asks the index, and lets through whom the searcher may
/// find, as they are now. Thread-safe.
///
/// - Whose username was typed whole comes first, without asking the index.
/// - Nobody finds the suspended and those who block them, and by less than the whole username
///   nobody finds whom they block: clients look there for whom to unblock.
/// - Who does not want to be discovered is found by the beginning of their username alone, but by
///   their followers and themself by all of it.
/// - Until the index has had everybody, people are found by the beginnings of usernames, in the
///   order of names.
class PeopleSearch {
public:
    /// All outlive it. `bio_words_max` as of the indexer.
    PeopleSearch(
        PeopleSearchLimits limits,
        std::size_t bio_words_max,
        social::Environment environment,
        social::Accounts& accounts,
        Circles& circles,
        const names::NameIndex& index,
        const PeopleIndexer& indexer
    )
        : limits_(limits),
          bio_words_max_(bio_words_max),
          environment_(std::move(environment)),
          accounts_(accounts),
          circles_(circles),
          index_(index),
          indexer_(indexer) {}

    /// `viewer` is null for those who are not signed in. kInvalid for a query that is too long.
    [[nodiscard]] Task<Result<std::vector<social::AccountPtr>>>
    find(social::ViewerPtr viewer, PeopleRequest request);

private:
    /// A search on its way: lives in find()'s frame.
    struct Search {
        social::ViewerPtr viewer;
        bool only_following = false;
        std::string name;  ///< without "@" and host
        names::NameQuery query;
        CirclePtr circle;
        social::AccountPtr exact;  ///< null: none
        std::size_t wanted = 0;    ///< accounts, with those before the offset
    };

    [[nodiscard]] Task<Result<Search>> prepare(social::ViewerPtr viewer, PeopleRequest request);
    [[nodiscard]] Task<Result<social::AccountPtr>> find_exact(const Search* search);
    [[nodiscard]] Task<Result<std::vector<social::AccountPtr>>> find_indexed(const Search* search);
    [[nodiscard]] Task<Result<std::vector<social::AccountPtr>>> find_stored(const Search* search);
    /// May be shown to the searcher by what they typed.
    [[nodiscard]] bool is_shown(const Search& search, const social::Account& account) const;
    [[nodiscard]] bool still_matches(const Search& search, const social::Account& account) const;

    const PeopleSearchLimits limits_;
    const std::size_t bio_words_max_;
    social::Environment environment_;
    social::Accounts& accounts_;
    Circles& circles_;
    const names::NameIndex& index_;
    const PeopleIndexer& indexer_;
};

}  // namespace rookery::discover
