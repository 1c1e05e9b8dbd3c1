#pragma once

#include "base/id_generator.h"
#include "base/ids.h"
#include "base/task.h"
#include "social/wake_up.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace rookery::social {

/// Makes the order of post ids the order in which posts become visible. Ids are taken before the
/// commit, and commits overtake each other; a reader who pages by `since_id` would miss a post that
/// appears below an id already seen. So no page shows a post above horizon(), the newest id below
/// which nothing is under way, and a post is acknowledged only once the horizon has reached it.
/// Thread-safe. To be destroyed after everybody who waits in settle() has been resumed.
class PostSequence {
public:
    /// Call IdGenerator::stay_above with the newest stored post's id before the first use.
    explicit PostSequence(IdGenerator& ids);
    ~PostSequence();

    /// A post id under way. It ends by settle() or, if that was never called (the commit failed),
    /// by its destructor.
    class Ticket {
    public:
        Ticket(PostSequence& sequence, PostId id);
        Ticket(Ticket&& other) noexcept;
        Ticket(const Ticket&) = delete;
        Ticket& operator=(const Ticket&) = delete;
        Ticket& operator=(Ticket&&) = delete;
        ~Ticket();

        [[nodiscard]] PostId id() const { return id_; }
        /// Ends the ticket and waits, without holding a thread, until the horizon is at or above
        /// its id.
        [[nodiscard]] Task<void> settle();

    private:
        PostSequence* sequence_;  ///< null once ended
        PostId id_;
    };

    [[nodiscard]] Ticket take();

    /// Every post with an id at or below it is either visible or will never be. Never sinks.
    [[nodiscard]] PostId horizon() const;

private:
    void finish(PostId id);
    /// Wakes at once if the horizon is there already.
    void wake_at(PostId id, WakeUp wake_up);

    IdGenerator& ids_;
    mutable std::mutex mutex_;
    std::set<std::uint64_t> under_way_;
    std::multimap<std::uint64_t, WakeUp> sleepers_;  ///< by the horizon that they wait for
    std::uint64_t newest_ = 0;                       ///< the newest id taken
    mutable std::atomic<std::uint64_t> horizon_{0};  ///< 0: nobody asked yet
};

}  // namespace rookery::social
