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
};

struct ThreadContext {
    std::vector<PostPtr> ancestors;    ///< root first
    std::vector<PostPtr> descendants;  ///< depth first; self-replies of the thread's author first
};

/// Conversations. One row a post lies under its thread's root, so the whole of a thread is one
/// scan, whatever its depth. Thread-safe.
class Threads {
public:
    Threads(Environment environment, ThreadLimits limits, Accounts& accounts, Posts& posts);

    /// What surrounds `post` as `viewer` (null: signed out) may see it.
    [[nodiscard]] Task<Result<ThreadContext>> context(PostPtr post, ViewerPtr viewer);

    [[nodiscard]] Task<Result<void>> mute(AccountId actor, PostId thread);
    [[nodiscard]] Task<Result<void>> unmute(AccountId actor, PostId thread);

private:
    Environment environment_;
    ThreadLimits limits_;
    Accounts& accounts_;
    Posts& posts_;
};

}  // namespace rookery::social
