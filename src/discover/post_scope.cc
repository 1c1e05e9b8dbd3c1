#include "discover/post_scope.h"

#include "discover/post_terms.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace rookery::discover {

namespace {

using ports::SearchNode;
using Kind = SearchNode::Kind;

SearchNode term(std::string text) {
    return {.kind = Kind::kTerm, .terms = {std::move(text)}, .children = {}, .ids = {}};
}

}  // namespace

bool is_findable(const social::Post& post, const social::Account* author) {
    return post.visibility == social::Visibility::kPublic && author != nullptr && author->indexable;
}

SearchNode posts_in(PostScope scope, const Searcher& searcher) {
    SearchNode findable = term(std::string(terms::kFindable));
    if (scope == PostScope::kPublic) {
        return findable;
    }
    SearchNode any{.kind = Kind::kOr, .terms = {}, .children = {}, .ids = {}};
    if (scope == PostScope::kAll) {
        any.children.push_back(std::move(findable));
    }
    any.children.push_back(term(terms::author(searcher.account)));
    any.children.push_back(term(terms::mentioned(searcher.account)));
    if (!searcher.library->empty()) {
        any.children.push_back(
            {.kind = Kind::kIds, .terms = {}, .children = {}, .ids = *searcher.library}
        );
    }
    return any;
}

bool is_in(
    PostScope scope,
    const Searcher& searcher,
    const social::Post& post,
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
    SearchNode not_findable{.kind = Kind::kNot, .terms = {}, .children = {}, .ids = {}};
    not_findable.children.push_back(term(std::string(terms::kFindable)));
    SearchNode all{.kind = Kind::kAnd, .terms = {}, .children = {}, .ids = {}};
    all.children.push_back(term(terms::author(author)));
    all.children.push_back(term(std::string(terms::kIsPublic)));
    all.children.push_back(std::move(not_findable));
    return all;
}

SearchNode findable_posts(AccountId author) {
    SearchNode all{.kind = Kind::kAnd, .terms = {}, .children = {}, .ids = {}};
    all.children.push_back(term(terms::author(author)));
    all.children.push_back(term(std::string(terms::kFindable)));
    return all;
}

}  // namespace rookery::discover
