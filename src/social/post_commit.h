#pragma once

#include "base/result.h"
#include "base/task.h"
#include "ports/store.h"
#include "social/post_sequence.h"

#include <cstdint>
#include <memory>

namespace rookery::social {

/// Commits the batch that makes the ticket's post and settles the ticket: when this returns a
/// value, every reader sees the post. After `timeout_ms` the caller gets kTimeout, but the ticket
/// stays under way until the commit has ended: a post must not appear below the horizon. `store`
/// must outlive the commit.
[[nodiscard]] Task<Result<void>> commit_post(
    ports::Store* store,
    ports::Batch batch,
    PostSequence::Ticket ticket,
    std::uint32_t timeout_ms
);

}  // namespace rookery::social
