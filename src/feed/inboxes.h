#pragma once

#include "base/ids.h"
#include "base/prefetch.h"
#include "feed/id_stream.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace rookery::feed {

/// The inboxes of active readers: bounded lists of post ids, in memory only, and the index from an
/// author to the inboxes that take their posts. An inbox holds every post at or above its floor of
/// the authors it is subscribed to. Thread-safe.
///
/// How an inbox is built without losing a post that is made meanwhile: begin() registers it, then
/// it is subscribed to each author, and only then are the authors' rings read. A post enters its
/// author's ring before it is pushed, so it is either in the ring when that is read or pushed to
/// an inbox that is already subscribed; finish() merges both.
class Inboxes {
public:
    using Authors = std::vector<AccountId>;
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// Bounds of what is kept, and of the entries that one read takes.
    struct Limits {
        std::size_t inboxes_max = 100'000;
        std::size_t entries_max = 400;
        std::size_t read_entries = 64;
    };

    explicit Inboxes(Limits limits);
    ~Inboxes();
    Inboxes(const Inboxes&) = delete;
    Inboxes& operator=(const Inboxes&) = delete;

    /// What a reader's inbox has within a span.
    struct Snapshot {
        std::vector<std::uint64_t> ids;         ///< in the span's direction
        std::uint64_t floor = 0;                ///< nothing is missing at or above it
        std::shared_ptr<const Authors> pulled;  ///< whose posts must be merged in

        /// Whose posts must be merged in, with `others`.
        [[nodiscard]] Authors pulled_and(Authors others) const {
            others.insert(others.end(), pulled->begin(), pulled->end());
            return others;
        }
    };
    /// Nothing if the reader has no inbox, or only one built before `not_before`. Downwards at most
    /// `read_entries`: if there are more, the floor is the last of them, and the others can be read
    /// as the span below it.
    [[nodiscard]] std::optional<Snapshot>
    read(AccountId reader, Span span, SteadyTime not_before = SteadyTime::min());

    /// An inbox under construction.
    struct Slot;
    struct Build {
        Slot* slot = nullptr;
        std::uint32_t generation = 0;
    };
    /// Nothing if somebody else is building it.
    [[nodiscard]] std::optional<Build> begin(AccountId reader);
    void subscribe(Build build, AccountId author);
    /// `ids` newest first, complete down to `floor`. Without effect if the inbox was dropped
    /// meanwhile.
    void finish(
        Build build,
        const std::vector<std::uint64_t>& ids,
        std::uint64_t floor,
        std::shared_ptr<const Authors> pulled,
        SteadyTime now
    );
    void abandon(Build build);

    /// Forgets the reader's inbox: it is built anew at the next read.
    void drop(AccountId reader);
    void clear();

    /// How many inboxes take the author's posts (some may have been dropped since).
    [[nodiscard]] std::size_t subscribers(AccountId author) const;
    /// Delivers a post; the number of inboxes that took it.
    std::size_t push(AccountId author, PostId post);

    /// What read() says, of a reader who opens their feed now, which is noted, and how often they
    /// do it.
    struct Opening {
        double opens_per_hour = 0;
        std::optional<Snapshot> inbox;
    };
    [[nodiscard]] Opening
    open(AccountId reader, Span span, SteadyTime now, SteadyTime not_before = SteadyTime::min());
    /// Asks the processor for what open() will read. The last step looks the inbox up for that.
    void fetch_ahead(AccountId reader, FetchStep step) const;

    [[nodiscard]] std::size_t size() const;

    /// Bytes taken, without the allocator's overhead. Walks everything.
    [[nodiscard]] std::size_t inbox_bytes() const;
    [[nodiscard]] std::size_t subscription_bytes() const;

private:
    struct Subscriber {
        Slot* slot = nullptr;
        std::uint32_t generation = 0;
    };
    struct Audience {
        std::vector<Subscriber> subscribers;
        std::size_t compact_at = kCompactMin;
    };
    static constexpr std::size_t kShards = 64;
    static constexpr std::size_t kCompactMin = 16;

    struct ReaderShard {
        mutable std::mutex mutex;
        boost::unordered_flat_map<AccountId, Slot*, std::hash<AccountId>> slots;
    };
    struct AuthorShard {
        mutable std::mutex mutex;
        std::unordered_map<AccountId, Audience> audiences;
    };

    [[nodiscard]] Slot* find(AccountId reader) const;
    [[nodiscard]] Slot* find_or_make(AccountId reader);
    [[nodiscard]] Slot* take_slot();
    [[nodiscard]] Slot* draw_victim();
    [[nodiscard]] Slot* evict();
    [[nodiscard]] std::optional<Snapshot>
    read_slot(Slot& slot, AccountId reader, Span span, SteadyTime not_before);
    bool deliver(Subscriber subscriber, std::uint64_t id);
    void trim(Slot& slot) const;

    const Limits limits_;  ///< each at least 1
    std::unique_ptr<std::array<ReaderShard, kShards>> readers_;
    std::unique_ptr<std::array<AuthorShard, kShards>> authors_;
    mutable std::mutex slots_mutex_;
    std::vector<std::unique_ptr<Slot>> slots_;  ///< grows only, so that a Slot* stays good
    std::vector<Slot*> spare_;                  ///< in no reader's name
    std::uint64_t random_state_ = 1;
    std::atomic<std::uint64_t> tick_{0};
};

}  // namespace rookery::feed
