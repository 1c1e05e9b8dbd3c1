#pragma once

#include "base/task.h"
#include "social/environment.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <memory>
#include <vector>

namespace rookery::social {

struct ThreadLimits {
    std::size_t ancestors_max = 4096;
    std::size_t descendants_max = 4096;
    std::size_t depth_max = 4096;
    /// For those who are not signed in (Mastodon's figures).
    std::size_t anonymous_ancestors_max = 40;
    std::size_t anonymous_descendants_max = 60;
    std::size_t anonymous_depth_max = 20;
    /// Of one thread that a single call reads; 1,000 rows take about a millisecond.
    std::size_t rows_read_max = 50'000;
};

struct ThreadContext {
    std::vector<PostPtr> ancestors;    ///< root first
    std::vector<PostPtr> descendants;  ///< depth first; self-replies of the thread's author first
};

/// Threads of posts. One row a post lies under its thread's root, so the whole of a thread is one
/// scan, whatever its depth. Thread-safe.
///
/// What the viewer may not see, or does not want in lists, drops out alone: its replies stay, and
/// clients build the tree from in_reply_to_id. A deleted post takes its place in the thread with
/// it, so that its replies belong to nothing any more, as on Mastodon; soon after, their
/// in_reply_to names it no more (post_cleanup.h).
class Threads {
public:
    Threads(Environment environment, ThreadLimits limits, Accounts& accounts, Posts& posts);

    /// What surrounds `post` as `viewer` (null: signed out) may see it.
    [[nodiscard]] Task<Result<ThreadContext>> context(PostPtr post, ViewerPtr viewer);

    /// `thread` is a post's `thread`, the root. Idempotent.
    [[nodiscard]] Task<Result<void>> mute(AccountId actor, PostId thread);
    [[nodiscard]] Task<Result<void>> unmute(AccountId actor, PostId thread);

private:
    struct Lineage {
        std::vector<PostId> ids;  ///< root first, as far as it was followed
        AccountId eldest_author;  ///< of the first of them, or of the post itself
    };

    [[nodiscard]] Task<Result<Lineage>> lineage_of(PostPtr post, std::size_t ancestors_max);
    [[nodiscard]] Task<Result<std::vector<PostId>>>
    replies_below(PostPtr post, AccountId thread_author, std::size_t depth_max);
    /// The first `limit` of them that the viewer may and wants to see.
    [[nodiscard]] Task<Result<std::vector<PostPtr>>>
    visible(std::vector<PostId> ids, ViewerPtr viewer, std::size_t limit);
    [[nodiscard]] Task<Result<void>> set_mute(AccountId actor, PostId thread, bool is_muted);

    Environment environment_;
    ThreadLimits limits_;
    Accounts& accounts_;
    Posts& posts_;
};

}  // namespace rookery::social
