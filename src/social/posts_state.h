#pragma once

#include "base/sharded_cache.h"
#include "social/idempotency.h"
#include "social/posts.h"

#include <optional>
#include <string>

namespace rookery::social {

/// How often a change that met a concurrent one is tried before the caller is told.
inline constexpr int kCommitAttempts = 8;

/// A post as stored, for changes that must meet exactly these bytes.
struct StoredPost {
    std::string bytes;
    Post post;
    bool related_exists = false;  ///< see post_rows.h
};

using PostCache = ShardedCache<PostId, PostPtr>;
using PostCountsCache = ShardedCache<PostId, PostCounts>;

struct Posts::State {
    State(Environment env, PostLimits lim, Accounts& acc, Viewers& view, PostSequence& seq);

    /// From the store, not the cache.
    [[nodiscard]] Task<Result<StoredPost>> read(PostId id);
    /// By way of the cache; post_not_found() if there is none.
    [[nodiscard]] Task<Result<PostPtr>> find(PostId id);
    /// The post, or what it boosts.
    [[nodiscard]] Task<Result<PostPtr>> find_original(PostId id);
    [[nodiscard]] Task<Result<std::vector<PostPtr>>> find_many(std::vector<PostId> ids);
    [[nodiscard]] Task<Result<bool>> can_see(AccountId viewer, PostPtr post);

    /// A post without an id and a place in a thread; kInvalid as create() says.
    [[nodiscard]] Task<Result<Post>> compose(NewPost draft);
    /// Sets what a reply takes from its parent. kNotFound if the author may not see the parent.
    [[nodiscard]] Task<Result<void>> place_in_thread(Post* post, PostId parent);
    /// One attempt: kConflict if something changed meanwhile. `claim` may be null.
    [[nodiscard]] Task<Result<PostPtr>> try_create(Post post, const IdempotencyKeys::Claim* claim);
    /// Commits a batch that makes `post`.
    [[nodiscard]] Task<Result<PostPtr>>
    commit_new(ports::Batch batch, PostSequence::Ticket ticket, Post post);

    /// What an edit makes of a post; kInvalid as edit() says.
    [[nodiscard]] Task<Result<Post>> changed(Post post, PostChanges changes);

    /// Erases a boost, its actor's mark and its counts. `boost` is as stored.
    [[nodiscard]] Task<Result<void>> erase_boost(StoredPost boost);
    /// Erases a post that is no boost. `stored` is as stored.
    [[nodiscard]] Task<Result<void>> erase_original(StoredPost stored);

    Environment environment;
    PostLimits limits;
    Accounts& accounts;
    Viewers& viewers;
    PostSequence& sequence;
    PostCache cache;
    PostCountsCache counts_cache;
    IdempotencyKeys idempotency;
};

/// There is no such post, or not for the one who asks.
[[nodiscard]] Error post_not_found();
/// Concurrent changes won every attempt.
[[nodiscard]] Error too_many_conflicts();
[[nodiscard]] SocialEvent post_event(EventType type, const Post& post);

}  // namespace rookery::social
