#pragma once

#include "base/task.h"
#include "notify/pending_batch.h"
#include "social/event.h"

#include <cstddef>
#include <vector>

namespace rookery::notify {

/// Who asked to be told of an author's posts: derived from the follow edges, so that a post by
/// someone with a million followers costs a scan of those few only.
class Subscribers {
public:
    explicit Subscribers(PendingBatch& pending) : pending_(pending) {}

    /// For kFollowed, kFollowChanged and kUnfollowed: brings the index in line with the edge.
    [[nodiscard]] Task<Result<void>> follow_changed(AccountId follower, AccountId author);

    [[nodiscard]] Task<Result<std::vector<AccountId>>> of(AccountId author, std::size_t limit);

private:
    PendingBatch& pending_;
};

}  // namespace rookery::notify
