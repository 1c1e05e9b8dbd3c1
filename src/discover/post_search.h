#pragma once

#include "base/task.h"
#include "discover/libraries.h"
#include "discover/post_query.h"
#include "discover/post_scope.h"
#include "feed/timelines.h"
#include "ports/search_index.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/viewers.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace rookery::discover {

struct PostSearchLimits {
    PostQueryLimits query;
    /// Of the posts that match, so many are looked at for a page: where hardly any of them may be
    /// shown, a page ends early.
    std::size_t examined_max = 4'000;
    /// By relevance: how much more a post of this moment counts than one of long ago, and after how
    /// long that has halved. A day old post with the same words is thus worth half as much again.
    double recency = 1;
    std::int64_t half_life_ms = std::int64_t{24} * 3600 * 1000;
};

struct PostSearchRequest {
    std::string text;
    std::vector<std::string> languages;  ///< ISO 639-1, those of the searcher
    AccountId author;                    ///< 0: whoever wrote it
    ports::SearchOrder order = ports::SearchOrder::kNewest;
    std::uint64_t above = 0;
    std::uint64_t below = std::numeric_limits<std::uint64_t>::max();
    std::size_t offset = 0;
    std::size_t limit = 20;
};

/// Finds posts by their texts: parses, asks the index, and lets through what the searcher may see
/// and wants to see, as everything is now. Thread-safe.
class PostSearch {
public:
    /// All outlive it.
    PostSearch(
        PostSearchLimits limits,
        social::Environment environment,
        social::Accounts& accounts,
        feed::Timelines& timelines,
        Libraries& libraries,
        ports::SearchIndex& index
    );

    /// kInvalid for a query that is none, with what is wrong. `viewer` is somebody.
    [[nodiscard]] Task<Result<feed::CardPage>>
    find(social::ViewerPtr viewer, PostSearchRequest request);

private:
    /// A search on its way: lives in find()'s frame.
    struct Search {
        social::ViewerPtr viewer;
        Searcher searcher;
        PostQuery parsed;
        std::vector<AccountId> authors;  ///< those that `parsed` names
        AccountId author;                ///< as asked for
        ports::SearchOrder order = ports::SearchOrder::kNewest;
        std::uint64_t above = 0;
        std::uint64_t below = std::numeric_limits<std::uint64_t>::max();
        std::size_t wanted = 0;  ///< posts, with those before the offset
    };

    [[nodiscard]] Task<Result<Search>> prepare(social::ViewerPtr viewer, PostSearchRequest request);
    [[nodiscard]] Task<Result<std::vector<AccountId>>>
    authors_of(std::vector<QueryAuthor> authors, AccountId searcher);
    /// What the index is asked, but for the limit.
    [[nodiscard]] ports::SearchQuery question(const Search& search) const;
    /// Moves `below` on from page to page.
    [[nodiscard]] Task<Result<feed::CardPage>> newest(Search* search);
    [[nodiscard]] Task<Result<feed::CardPage>> most_relevant(Search* search);
    /// Those of the hits that are shown, in their order.
    [[nodiscard]] Task<Result<feed::CardPage>>
    present(const Search* search, std::vector<ports::SearchHit> hits);
    /// Those of the edited posts that match the question as they are now.
    [[nodiscard]] Task<Result<std::set<PostId>>>
    still_matching(const Search* search, std::vector<PostId> edited);

    const PostSearchLimits limits_;
    social::Environment environment_;
    social::Accounts& accounts_;
    feed::Timelines& timelines_;
    Libraries& libraries_;
    ports::SearchIndex& index_;
};

}  // namespace rookery::discover
