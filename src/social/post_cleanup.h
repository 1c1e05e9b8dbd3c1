#pragma once

#include "base/task.h"
#include "ports/store.h"
#include "social/environment.h"
#include "social/event.h"

#include <cstddef>

namespace rookery::social {

/// Removes what a deleted post leaves behind: its boosts (each with an event of its own), its
/// favourites and bookmarks, its author's pin, its former versions, and the marks of all whom these
/// name. Its replies stay but name it no more (each with an event). Called by a consumer of the
/// outbox for every event; may be repeated, and after a crash goes on where it was. Thread-safe.
class PostCleanup {
public:
    /// `rows_per_commit`: rows of one kind that a single commit removes, so that no commit is big.
    explicit PostCleanup(Environment environment, std::size_t rows_per_commit = 100);

    /// Commits step after step and returns the last one, to be committed together with the
    /// consumer's checkpoint; empty for events that leave nothing to do. That commit's kConflict
    /// means: call again.
    [[nodiscard]] Task<Result<ports::Batch>> clean(SocialEvent event);

private:
    struct Step {
        ports::Batch batch;
        bool is_last = true;
    };

    /// `thread_read` is the last post of the thread that was looked at, and moves on.
    [[nodiscard]] Task<Result<Step>> next_step(SocialEvent deleted, PostId* thread_read);
    /// Favourites or bookmarks: the lists of the post and of those who made them.
    [[nodiscard]] Task<Result<void>>
    add_marked(Step* step, PostId post, ports::Table of_post, ports::Table of_account);
    [[nodiscard]] Task<Result<void>> add_boosts(Step* step, SocialEvent deleted);
    [[nodiscard]] Task<Result<void>> add_versions(Step* step, PostId post);
    /// Looks at no more of the thread than a commit's worth of rows times kThreadRowsPerReply.
    [[nodiscard]] Task<Result<void>>
    detach_replies(Step* step, SocialEvent deleted, PostId* thread_read);
    [[nodiscard]] Task<Result<void>> detach(Step* step, std::vector<PostId> replies);
    /// The marks of one account on the post, and its bookmark and pin.
    [[nodiscard]] Task<Result<void>> add_marks(Step* step, PostId post, AccountId account);
    [[nodiscard]] Task<Result<std::vector<ports::Row>>>
    rows_of(Step* step, ports::Table table, PostId post);

    Environment environment_;
    std::size_t rows_per_commit_;
};

}  // namespace rookery::social
