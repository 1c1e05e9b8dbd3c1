#include "social/post_sequence.h"

#include <utility>

namespace rookery::social {

PostSequence::Ticket::Ticket(PostSequence& sequence, PostId id) : sequence_(&sequence), id_(id) {}

PostSequence::Ticket::Ticket(Ticket&& other) noexcept
    : sequence_(std::exchange(other.sequence_, nullptr)), id_(other.id_) {}

PostSequence::Ticket::~Ticket() {
    if (sequence_ != nullptr) {
        sequence_->finish(id_);
    }
}

Task<void> PostSequence::Ticket::settle() {
    PostSequence* const sequence = std::exchange(sequence_, nullptr);
    if (sequence == nullptr) {
        co_return;
    }
    sequence->finish(id_);
    if (sequence->horizon() >= id_) {
        co_return;
    }
    co_await sleep_until_woken([sequence, id = id_](WakeUp wake_up) {
        sequence->wake_at(id, std::move(wake_up));
    });
}

PostSequence::PostSequence(IdGenerator& ids) : ids_(ids) {}

PostSequence::~PostSequence() = default;

PostSequence::Ticket PostSequence::take() {
    const std::lock_guard lock(mutex_);
    // The id is made under the lock: were a lower one still on its way here, the horizon could pass
    // it.
    const std::uint64_t id = ids_.next();
    if (horizon_.load(std::memory_order_relaxed) == 0) {
        horizon_.store(id - 1, std::memory_order_release);
    }
    newest_ = id;
    under_way_.insert(id);
    return {*this, PostId(id)};
}

PostId PostSequence::horizon() const {
    if (const std::uint64_t known = horizon_.load(std::memory_order_acquire); known != 0) {
        return PostId(known);
    }
    // Everything stored so far is older than an id made now.
    const std::lock_guard lock(mutex_);
    if (horizon_.load(std::memory_order_relaxed) == 0) {
        horizon_.store(ids_.next(), std::memory_order_release);
    }
    return PostId(horizon_.load(std::memory_order_relaxed));
}

void PostSequence::finish(PostId id) {
    std::vector<WakeUp> woken;
    {
        const std::lock_guard lock(mutex_);
        under_way_.erase(id.value);
        const std::uint64_t horizon = under_way_.empty() ? newest_ : *under_way_.begin() - 1;
        horizon_.store(horizon, std::memory_order_release);
        const auto end = sleepers_.upper_bound(horizon);
        for (auto it = sleepers_.begin(); it != end; ++it) {
            woken.push_back(std::move(it->second));
        }
        sleepers_.erase(sleepers_.begin(), end);
    }
    for (const WakeUp& wake_up : woken) {
        wake_up();
    }
}

void PostSequence::wake_at(PostId id, WakeUp wake_up) {
    {
        const std::lock_guard lock(mutex_);
        if (horizon_.load(std::memory_order_relaxed) < id.value) {
            sleepers_.emplace(id.value, std::move(wake_up));
            return;
        }
    }
    wake_up();
}

}  // namespace rookery::social
