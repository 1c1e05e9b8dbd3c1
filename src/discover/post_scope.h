#pragma once

#include "base/ids.h"
#include "discover/libraries.h"
#include "discover/post_query.h"
#include "ports/search_index.h"
#include "social/account.h"
#include "social/post.h"

namespace rookery::discover {

/// May people who have nothing to do with the post find it? As Mastodon has it: it is public, and
/// its author lets posts be found. Who may see a post is privacy.h's question, not this one.
[[nodiscard]] bool is_findable(const social::PostFacts& post, const social::Account* author);

/// The searcher and what they had to do with.
struct Searcher {
    AccountId account;
    LibraryPtr library;  ///< null where the scope is kPublic
};

/// The posts of the scope, as the index knows them.
[[nodiscard]] ports::SearchNode posts_in(PostScope scope, const Searcher& searcher);
/// The same of one post, as it is now.
[[nodiscard]] bool is_in(
    PostScope scope,
    const Searcher& searcher,
    const social::PostFacts& post,
    const social::Account* author
);

/// What the index has wrong where the author lets posts be found, and where not.
[[nodiscard]] ports::SearchNode public_posts_not_findable(AccountId author);
[[nodiscard]] ports::SearchNode findable_posts(AccountId author);

}  // namespace rookery::discover
