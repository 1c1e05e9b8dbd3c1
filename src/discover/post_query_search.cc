#include "discover/post_query.h"
#include "discover/post_terms.h"
#include "discover/search_nodes.h"

#include <utility>

namespace rookery::discover {

ports::SearchQuery to_search(const PostQuery& query, std::span<const AccountId> authors) {
    ports::SearchQuery search;
    search.above = query.above;
    search.below = query.below;
    search.scored = query.scored;
    if (query.is_empty) {
        search.matches = nothing_node();
        return search;
    }
    search.matches.kind = ports::SearchNode::Kind::kAnd;
    search.matches.children = query.conditions;
    for (std::size_t i = 0; i < query.authors.size(); ++i) {
        const AccountId id = i < authors.size() ? authors[i] : AccountId();
        ports::SearchNode by = id ? term_node(terms::author(id)) : nothing_node();
        search.matches.children.push_back(
            query.authors[i].is_negated ? not_node(std::move(by)) : std::move(by)
        );
    }
    if (search.matches.children.size() == 1) {
        search.matches = ports::SearchNode(search.matches.children.front());
    }
    return search;
}

}  // namespace rookery::discover
