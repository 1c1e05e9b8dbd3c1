#pragma once

#include "base/result.h"
#include "base/task.h"
#include "discover/derived_state.h"
#include "events/consumer.h"
#include "ports/search_index.h"
#include "social/accounts.h"
#include "social/event.h"
#include "social/posts.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover {

struct PostIndexerConfig {
    /// Posts that are put into the index at once while it is filled.
    std::size_t fill_posts = 2'000;
};

/// Keeps an index of posts like the posts. Whatever an event says, the post is read and put into
/// the index as it is now, or taken out: so events may come twice, late, and in any order.
///
/// A consumer in memory: where it stands in the outbox is the index's checkpoint, which is durable
/// together with the index. What lies between that and the beginning of its consumer is read by
/// start(). Boosts are not indexed.
class PostIndexer final : public events::Consumer, public DerivedState {
public:
    /// All outlive it.
    PostIndexer(
        PostIndexerConfig config,
        ports::Store& store,
        social::Accounts& accounts,
        social::Posts& posts,
        ports::SearchIndex& index
    )
        : config_(config), store_(store), accounts_(accounts), posts_(posts), index_(index) {}

    [[nodiscard]] std::string_view name() const override { return "discover.posts"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

    [[nodiscard]] std::string_view what() const override { return "the index of posts"; }

    /// Brings the index from its checkpoint to the horizon of the moment; fills it from the
    /// beginning if events are missing in between.
    [[nodiscard]] Task<Result<void>> start() override;

    /// Does one piece of what is left to do: a part of a fill, or of the posts of somebody who
    /// lets them be found since lately. False if nothing is left. One coroutine at a time, beside
    /// handle().
    [[nodiscard]] Task<Result<bool>> work() override;
    [[nodiscard]] Task<Result<void>> flush() override { return index_.flush(); }

    /// Begins to put all posts into the index again, while it serves. From the beginning if it is
    /// at that already.
    void begin_fill();

    struct Progress {
        bool filling = false;
        std::uint64_t accounts_done = 0;
        std::uint64_t posts_done = 0;
        std::uint64_t fills_ended = 0;
    };
    [[nodiscard]] Progress progress() const;

private:
    /// A fill goes from account to account in the order of names.
    struct Fill {
        std::string after_name;
        std::deque<AccountId> accounts;
        bool accounts_ended = false;
        ports::EventId began_at = 0;
    };
    /// The posts of one account, newest first.
    struct Walk {
        AccountId account;
        std::string from;  ///< sort key in kAuthorPosts
    };

    /// Notes what the events ask work() to do, and returns the posts that they changed.
    [[nodiscard]] Result<std::vector<PostId>> take_note(std::span<const ports::StoredEvent> events);
    /// Makes the index say of these posts what they are now.
    [[nodiscard]] Task<Result<void>> refresh(std::vector<PostId> ids, ports::EventId checkpoint);
    /// The same beside handle(), which may have put something newer of them into the index while
    /// this was reading: those are refreshed again.
    [[nodiscard]] Task<Result<void>> refresh_beside(std::vector<PostId> ids);
    /// Sees to it that the author's posts can be found just when they let them.
    [[nodiscard]] Task<Result<void>> review_author(AccountId account);
    [[nodiscard]] Task<Result<void>> walk_on();
    [[nodiscard]] Task<Result<void>> fill_on();
    [[nodiscard]] Task<Result<void>> end_fill();
    /// Like begin_fill(), where the index lacks posts: its checkpoint stays until the fill ends.
    void require_fill();

    const PostIndexerConfig config_;
    ports::Store& store_;
    social::Accounts& accounts_;
    social::Posts& posts_;
    ports::SearchIndex& index_;

    mutable std::mutex mutex_;
    // Under mutex_:
    bool fill_wanted_ = false;
    std::set<AccountId> reviews_;
    Progress progress_;
    ports::EventId handled_ = 0;
    bool complete_ = false;     ///< the index lacks nothing that no later event names
    bool watching_ = false;     ///< refresh_beside() is at it
    std::set<PostId> touched_;  ///< by handle() meanwhile

    // Of start() and work() alone:
    std::optional<Fill> fill_;
    std::optional<Walk> walk_;
    std::vector<PostId> gathered_;
};

}  // namespace rookery::discover
