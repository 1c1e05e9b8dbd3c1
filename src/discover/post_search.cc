#include "discover/post_search.h"

#include "base/encoding.h"
#include "discover/post_terms.h"
#include "discover/search_nodes.h"
#include "ports/search_match.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::discover {

namespace {

using ports::SearchHit;
using ports::SearchNode;

/// A page is asked of the index with some posts more, for those that drop out.
constexpr std::size_t kSpareHits = 2;

bool matches_now(const SearchNode& wanted, const feed::Item& item) {
    ports::SearchDocument document =
        document_of(*item.post, is_findable(*item.post, item.author.get()));
    ports::sort_terms(document);
    return ports::matches(wanted, document);
}

/// The local name in "bob" or "bob@here"; empty for somebody from elsewhere.
std::string local_name(const std::string& name, const std::string& local_host) {
    const std::size_t at = name.find('@');
    if (at == std::string::npos) {
        return name;
    }
    return ascii_iequals(name.substr(at + 1), local_host) ? name.substr(0, at) : std::string();
}

}  // namespace

PostSearch::PostSearch(
    PostSearchLimits limits,
    social::Environment environment,
    social::Accounts& accounts,
    feed::Timelines& timelines,
    Libraries& libraries,
    ports::SearchIndex& index
)
    : limits_(limits),
      environment_(std::move(environment)),
      accounts_(accounts),
      timelines_(timelines),
      libraries_(libraries),
      index_(index) {}

Task<Result<feed::CardPage>> PostSearch::find(social::ViewerPtr viewer, PostSearchRequest request) {
    const std::size_t offset = request.offset;
    CO_TRY(Search search, co_await prepare(std::move(viewer), std::move(request)));
    const bool by_time = search.order == ports::SearchOrder::kNewest;
    CO_TRY(feed::CardPage page, co_await (by_time ? newest(&search) : most_relevant(&search)));
    page.resize(std::min(page.size(), search.wanted));
    const auto skipped = static_cast<std::ptrdiff_t>(std::min(offset, page.size()));
    page.erase(page.begin(), page.begin() + skipped);
    co_return page;
}

Task<Result<PostSearch::Search>>
PostSearch::prepare(social::ViewerPtr viewer, PostSearchRequest request) {
    const PostQueryReader reader{std::move(request.languages), environment_.local_host};
    Search search;
    CO_TRY(search.parsed, parse_post_query(request.text, reader, limits_.query));
    CO_TRY(search.authors, co_await authors_of(search.parsed.authors, viewer->id));
    search.viewer = std::move(viewer);
    search.searcher.account = search.viewer->id;
    if (search.parsed.scope != PostScope::kPublic) {
        CO_TRY(search.searcher.library, co_await libraries_.find(search.viewer->id));
    }
    search.author = request.author;
    search.order = request.order;
    search.above = request.above;
    search.below = request.below;
    search.wanted = request.offset + request.limit;
    co_return search;
}

ports::SearchQuery PostSearch::question(const Search& search) const {
    ports::SearchQuery query = to_search(search.parsed, search.authors);
    std::vector<SearchNode> conditions;
    conditions.reserve(3);
    conditions.push_back(std::move(query.matches));
    conditions.push_back(posts_in(search.parsed.scope, search.searcher));
    if (search.author) {
        conditions.push_back(term_node(terms::author(search.author)));
    }
    query.matches = all_node(std::move(conditions));
    query.order = search.order;
    query.above = std::max(query.above, search.above);
    query.below = std::min(query.below, search.below);
    query.recency = limits_.recency;
    query.half_life_ms = limits_.half_life_ms;
    query.now_ms = environment_.clock.now_ms();
    return query;
}

Task<Result<std::vector<AccountId>>>
PostSearch::authors_of(std::vector<QueryAuthor> authors, AccountId searcher) {
    std::vector<AccountId> ids;
    for (const QueryAuthor& author : authors) {
        const std::string name = local_name(author.name, environment_.local_host);
        if (author.is_me) {
            ids.push_back(searcher);
        } else if (name.empty()) {
            ids.emplace_back();
        } else {
            const auto found = co_await accounts_.find_by_name(name);
            if (!found && found.error().code != ErrorCode::kNotFound) {
                co_return found.error();
            }
            ids.push_back(found ? (*found)->id : AccountId{});
        }
    }
    co_return ids;
}

Task<Result<feed::CardPage>> PostSearch::newest(Search* search) {
    feed::CardPage page;
    std::size_t examined = 0;
    while (page.size() < search->wanted && examined < limits_.examined_max) {
        ports::SearchQuery query = question(*search);
        const std::size_t limit = search->wanted - page.size() + kSpareHits;
        query.limit = limit;
        CO_TRY(auto hits, co_await index_.search(std::move(query)));
        if (hits.empty()) {
            break;
        }
        examined += hits.size();
        const bool was_last = hits.size() < limit;
        search->below = hits.back().id;
        CO_TRY(auto shown, co_await present(search, std::move(hits)));
        std::ranges::move(shown, std::back_inserter(page));
        if (was_last) {
            break;
        }
    }
    co_return page;
}

Task<Result<feed::CardPage>> PostSearch::most_relevant(Search* search) {
    std::size_t limit = search->wanted + kSpareHits;
    for (;;) {
        ports::SearchQuery query = question(*search);
        query.limit = limit;
        CO_TRY(auto hits, co_await index_.search(std::move(query)));
        const bool was_all = hits.size() < limit;
        CO_TRY(auto page, co_await present(search, std::move(hits)));
        if (page.size() >= search->wanted || was_all || limit >= limits_.examined_max) {
            co_return page;
        }
        limit = std::min(limit * 4, limits_.examined_max);
    }
}

Task<Result<feed::CardPage>>
PostSearch::present(const Search* search, std::vector<SearchHit> hits) {
    std::vector<PostId> ids;
    ids.reserve(hits.size());
    for (const SearchHit& hit : hits) {
        ids.emplace_back(hit.id);
    }
    CO_TRY(auto page, co_await timelines_.present(search->viewer, std::move(ids), true));
    std::vector<PostId> edited;  // few are
    std::erase_if(page, [&](const feed::CardPtr& card) {
        if (!is_in(search->parsed.scope, search->searcher, card->post, card->author.get())) {
            return true;
        }
        if (card->post.edited_at_ms != 0) {
            edited.push_back(card->post.id);
        }
        return false;
    });
    if (!edited.empty()) {
        CO_TRY(const auto matching, co_await still_matching(search, edited));
        std::erase_if(page, [&](const feed::CardPtr& card) {
            return card->post.edited_at_ms != 0 && !matching.contains(card->post.id);
        });
    }
    co_return page;
}

/// The index may not know yet what they say now.
Task<Result<std::set<PostId>>>
PostSearch::still_matching(const Search* search, std::vector<PostId> edited) {
    CO_TRY(
        const auto items, co_await timelines_.present_whole(search->viewer, std::move(edited), true)
    );
    const SearchNode wanted = question(*search).matches;
    std::set<PostId> matching;
    for (const feed::Item& item : items) {
        if (matches_now(wanted, item)) {
            matching.insert(item.post->id);
        }
    }
    co_return matching;
}

}  // namespace rookery::discover
