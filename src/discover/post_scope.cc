#include "discover/post_scope.h"

#include "discover/post_terms.h"
#include "discover/search_nodes.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::discover {

using ports::SearchNode;

bool is_findable(const social::PostFacts& post, const social::Account* author) {
    return post.visibility == social::Visibility::kPublic && author != nullptr && author->indexable;
}

SearchNode posts_in(PostScope scope, const Searcher& searcher) {
    SearchNode findable = term_node(std::string(terms::kFindable));
    if (scope == PostScope::kPublic) {
        return findable;
    }
    std::vector<SearchNode> any;
    if (scope == PostScope::kAll) {
        any.push_back(std::move(findable));
    }
    any.push_back(term_node(terms::author(searcher.account)));
    any.push_back(term_node(terms::mentioned(searcher.account)));
    if (!searcher.library->empty()) {
        any.push_back(ids_node(*searcher.library));
    }
    return any_node(std::move(any));
}

bool is_in(
    PostScope scope,
    const Searcher& searcher,
    const social::PostFacts& post,
    const social::Account* author
) {
    if (scope != PostScope::kLibrary && is_findable(post, author)) {
        return true;
    }
    return scope != PostScope::kPublic &&
           (post.author == searcher.account || post.mentions_account(searcher.account) ||
            std::ranges::binary_search(*searcher.library, post.id.value, std::greater{}));
}

SearchNode public_posts_not_findable(AccountId author) {
    return all_node(
        {term_node(terms::author(author)),
         term_node(std::string(terms::kIsPublic)),
         not_node(term_node(std::string(terms::kFindable)))}
    );
}

SearchNode findable_posts(AccountId author) {
    return all_node({term_node(terms::author(author)), term_node(std::string(terms::kFindable))});
}

}  // namespace rookery::discover
