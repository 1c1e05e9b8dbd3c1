#pragma once

#include "base/id_generator.h"
#include "base/ids.h"
#include "base/task.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

namespace rookery::social {

/// Makes the order of post ids the order in which posts become visible. Ids are taken before the
/// commit, and commits overtake each other; a reader who pages by `since_id` would miss a post that
/// appears below an id already seen. So no page shows a post above horizon(), the newest id below
/// which nothing is under way, and a post is acknowledged only once the horizon has reached it.
/// Thread-safe.
class PostSequence {
public:
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
        /// Ends the ticket and waits until the horizon is at or above its id.
        [[nodiscard]] Task<void> settle();

    private:
        PostSequence* sequence_;
        PostId id_;
    };

    [[nodiscard]] Ticket take();

    /// Every post with an id at or below it is either visible or will never be.
    [[nodiscard]] PostId horizon() const;

private:
    struct Waiter;
    void finish(PostId id);

    IdGenerator& ids_;
    mutable std::mutex mutex_;
    std::set<std::uint64_t> under_way_;
    std::vector<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace rookery::social
