#pragma once

#include "base/ids.h"
#include "base/sharded_cache.h"
#include "base/task.h"
#include "ports/store.h"
#include "social/event.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace rookery::discover {

/// Posts that an account favourited, boosted, bookmarked or pinned: with its own posts and those
/// that mention it, what it finds by a search whoever wrote them. Sorted, the newest first.
using Library = std::vector<std::uint64_t>;
using LibraryPtr = std::shared_ptr<const Library>;

/// Libraries of those who search, in memory. Thread-safe.
class Libraries {
public:
    /// Of each the newest `posts_max` posts. `store` must outlive it.
    Libraries(ports::Store& store, std::size_t posts_max, std::size_t cached_max)
        : store_(store), posts_max_(posts_max), cache_(cached_max) {}

    [[nodiscard]] Task<Result<LibraryPtr>> find(AccountId account);

    /// Called for every committed event.
    void on_committed(const social::SocialEvent& event);

private:
    ports::Store& store_;
    const std::size_t posts_max_;
    ShardedCache<AccountId, LibraryPtr> cache_;
};

}  // namespace rookery::discover
