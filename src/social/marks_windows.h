#pragma once

#include "base/sharded_cache.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/reactions.h"

#include <memory>
#include <utility>
#include <vector>

namespace rookery::social {

/// The marks of active viewers on the newest posts that they marked, in memory: a page of posts
/// asks for marks that mostly do not exist, and a window knows that without a read. Thread-safe.
class MarksWindows {
public:
    MarksWindows(Environment environment, std::size_t windows_max);

    /// In the order of `posts`.
    [[nodiscard]] Task<Result<std::vector<Marks>>>
    marks(AccountId viewer, std::vector<PostId> posts);

    /// Asks the processor for what marks() will read.
    void fetch_ahead(AccountId viewer, FetchStep step) { windows_.fetch_ahead(viewer, step); }

    void on_committed(const SocialEvent& event);

private:
    /// All marks on posts at or above `floor`, ascending by post.
    struct Window {
        PostId floor;
        std::vector<std::pair<PostId, Marks>> marks;

        [[nodiscard]] Marks of(PostId post) const;
    };
    using WindowPtr = std::shared_ptr<const Window>;

    [[nodiscard]] Task<Result<WindowPtr>> read(AccountId viewer);
    [[nodiscard]] Task<Result<WindowPtr>> load(AccountId viewer);

    Environment environment_;
    ShardedCache<AccountId, WindowPtr> windows_;
};

}  // namespace rookery::social
