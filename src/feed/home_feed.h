#pragma once

#include "base/metrics.h"
#include "base/prefetch.h"
#include "base/task.h"
#include "feed/cards.h"
#include "feed/item.h"
#include "feed/policy.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/lists.h"
#include "social/paging.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <memory>
#include <vector>

namespace rookery::feed {

struct HomeFeedConfig {
    /// Ids kept for one active reader, 8 bytes each; older pages are merged from the store.
    std::size_t inbox_entries_max = 400;
    /// Ids gathered when an inbox is built.
    std::size_t inbox_seed_entries = 100;
    /// Ids taken of an inbox at once: a page's worth, few pages look at more.
    std::size_t inbox_read_entries = 64;
    /// The least recently read are dropped and built anew when needed.
    std::size_t inboxes_max = 100'000;
    /// Authors whose newest posts are in memory, about 90 bytes each.
    std::size_t author_rings_max = 2'000'000;
    /// A post with more receivers is pushed in the background, and pulled until that has ended.
    std::size_t push_at_once_max = 256;
    /// How long the policy's decisions for a reader's edges hold.
    std::uint32_t policy_refresh_seconds = 3600;
    /// A boost is left out of a page when its post, or an older boost of it, is among this many
    /// older entries of the same feed.
    std::size_t repeated_boost_window = 40;
};

/// The home feed: at any time the newest posts that the reader may and wants to see by those they
/// follow and by themself, and with the hashtags they follow, in id order, no duplicates. Posts are
/// pushed into the inboxes of active readers, or pulled from the author's ring when read, as the
/// policy decides edge by edge; the two are merged by id, so the policy costs or saves time and
/// never changes a page. All state here is derived: dropping any of it changes no answer.
/// Thread-safe.
class HomeFeed {
public:
    HomeFeed(
        HomeFeedConfig config,
        social::Environment environment,
        std::unique_ptr<Policy> policy,
        social::Accounts& accounts,
        Cards& cards,
        social::Viewers& viewers,
        const social::PostSequence& sequence,
        metrics::Registry& metrics
    );
    ~HomeFeed();

    [[nodiscard]] Task<Result<CardPage>> page(AccountId reader, social::PageRequest request);
    /// Asks the processor for what page() will read of the reader.
    void fetch_ahead(AccountId reader, FetchStep step) const;

    /// The timeline of one of the reader's lists (social::belongs_in_list), with the same promise.
    [[nodiscard]] Task<Result<CardPage>>
    list_page(AccountId reader, social::ListFeedPtr list, social::PageRequest request);

    /// Keeps rings and inboxes true; quick, called for every committed event before it is
    /// acknowledged (see ports::CommitListener), after the services of social/.
    void on_committed(const social::SocialEvent& event);

    /// Waits until no push is under way in the background. For tests and benchmarks; blocks.
    void drain_pushes();
    /// Bytes of derived state, without the allocator's overhead. Walks everything.
    struct Memory {
        std::size_t inbox_bytes = 0;
        std::size_t subscription_bytes = 0;  ///< from authors to the inboxes that take their posts
        std::size_t ring_bytes = 0;
    };
    [[nodiscard]] Memory memory() const;

    /// Forgets all derived state. For tests and operators; changes no answer.
    void forget();

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::feed
