#include "feed/inboxes.h"

#include "base/random.h"

#include <algorithm>
#include <cmath>

namespace rookery::feed {

namespace {
enum class State : std::uint8_t { kEmpty, kBuilding, kReady };
/// A reader's opening rate is a decaying average over about this long.
constexpr double kRateHours = 24.0;
constexpr double kFirstRatePerHour = 1.0;
}  // namespace

struct Inboxes::Slot {
    std::mutex mutex;
    std::atomic<std::uint32_t> generation{0};  ///< changed under the mutex, read without it
    State state = State::kEmpty;
    AccountId reader;
    std::vector<std::uint64_t> ids;  ///< ascending
    std::uint64_t floor = 0;
    std::shared_ptr<const Authors> pulled;
    SteadyTime built_at{};
    SteadyTime opened_at{};
    double opens_per_hour = 0;
    std::atomic<std::uint64_t> last_used{0};

    void fetch_newest_ahead() const {
        constexpr std::size_t kIds = 4 * kCacheLineBytes / sizeof(std::uint64_t);
        if (!ids.empty()) {
            const std::size_t count = std::min(ids.size(), kIds);
            prefetch_lines(&ids.back() + 1 - count, count * sizeof(std::uint64_t));
        }
    }
    void forget() {
        generation.fetch_add(1, std::memory_order_relaxed);
        state = State::kEmpty;
        ids = {};
        pulled.reset();
        floor = 0;
    }
};

Inboxes::Inboxes(Limits limits)
    : limits_{
          .inboxes_max = std::max<std::size_t>(1, limits.inboxes_max),
          .entries_max = std::max<std::size_t>(1, limits.entries_max),
          .read_entries = std::max<std::size_t>(1, limits.read_entries),
      },
      readers_(std::make_unique<std::array<ReaderShard, kShards>>()),
      authors_(std::make_unique<std::array<AuthorShard, kShards>>()) {}

Inboxes::~Inboxes() = default;

Inboxes::Slot* Inboxes::find(AccountId reader) const {
    const ReaderShard& shard = (*readers_)[std::hash<AccountId>()(reader) % kShards];
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.slots.find(reader);
    return found == shard.slots.end() ? nullptr : found->second;
}

Inboxes::Slot* Inboxes::take_slot() {
    {
        const std::lock_guard lock(slots_mutex_);
        if (!spare_.empty()) {
            Slot* slot = spare_.back();
            spare_.pop_back();
            return slot;
        }
        if (slots_.size() < limits_.inboxes_max) {
            slots_.push_back(std::make_unique<Slot>());
            return slots_.back().get();
        }
    }
    return evict();
}

/// The least recently used of a few inboxes drawn at random, which is near enough to the least
/// recently used of all without a list that every read would have to lock.
Inboxes::Slot* Inboxes::draw_victim() {
    constexpr int kSample = 8;
    const std::lock_guard lock(slots_mutex_);
    Slot* victim = nullptr;
    for (int i = 0; i < kSample; ++i) {
        Slot* slot = slots_[split_mix64(random_state_) % slots_.size()].get();
        if (victim == nullptr || slot->last_used.load(std::memory_order_relaxed) <
                                     victim->last_used.load(std::memory_order_relaxed)) {
            victim = slot;
        }
    }
    return victim;
}

Inboxes::Slot* Inboxes::evict() {
    while (true) {
        Slot* victim = draw_victim();
        AccountId reader;
        {
            const std::lock_guard lock(victim->mutex);
            reader = victim->reader;
        }
        ReaderShard& shard = (*readers_)[std::hash<AccountId>()(reader) % kShards];
        const std::lock_guard shard_lock(shard.mutex);
        const auto found = shard.slots.find(reader);
        if (found == shard.slots.end() || found->second != victim) {
            continue;  // another thread took it first
        }
        shard.slots.erase(found);
        const std::lock_guard lock(victim->mutex);
        victim->forget();
        victim->opens_per_hour = 0;
        victim->opened_at = {};
        return victim;
    }
}

Inboxes::Slot* Inboxes::find_or_make(AccountId reader) {
    if (Slot* slot = find(reader)) {
        return slot;
    }
    Slot* fresh = take_slot();
    ReaderShard& shard = (*readers_)[std::hash<AccountId>()(reader) % kShards];
    const std::lock_guard shard_lock(shard.mutex);
    {
        const std::lock_guard lock(fresh->mutex);
        fresh->reader = reader;
    }
    const auto [place, inserted] = shard.slots.try_emplace(reader, fresh);
    if (!inserted) {  // another thread was faster
        const std::lock_guard lock(slots_mutex_);
        spare_.push_back(fresh);
    }
    return place->second;
}

std::optional<Inboxes::Snapshot> Inboxes::read(AccountId reader, Span span, SteadyTime not_before) {
    Slot* slot = find(reader);
    if (slot == nullptr) {
        return std::nullopt;
    }
    const std::lock_guard lock(slot->mutex);
    return read_slot(*slot, reader, span, not_before);
}

/// With the slot's mutex held.
std::optional<Inboxes::Snapshot>
Inboxes::read_slot(Slot& slot, AccountId reader, Span span, SteadyTime not_before) {
    slot.last_used.store(tick_.fetch_add(1, std::memory_order_relaxed), std::memory_order_relaxed);
    if (slot.reader != reader || slot.state != State::kReady || slot.built_at < not_before) {
        return std::nullopt;
    }
    Snapshot snapshot;
    // Most read the newest: what lies in the middle then stays unread.
    const auto& ids = slot.ids;
    const auto from =
        span.above == 0 ? ids.begin() : std::upper_bound(ids.begin(), ids.end(), span.above);
    const auto until = ids.empty() || ids.back() < span.below
                           ? ids.end()
                           : std::lower_bound(from, ids.end(), span.below);
    snapshot.floor = slot.floor;
    snapshot.pulled = slot.pulled;
    if (span.upwards) {
        snapshot.ids.assign(from, until);
        return snapshot;
    }
    const auto count = static_cast<std::size_t>(until - from);
    const auto taken = static_cast<std::ptrdiff_t>(std::min(count, limits_.read_entries));
    snapshot.ids.assign(std::reverse_iterator(until), std::reverse_iterator(until - taken));
    if (count > limits_.read_entries) {
        snapshot.floor = snapshot.ids.back();
    }
    return snapshot;
}

std::optional<Inboxes::Build> Inboxes::begin(AccountId reader) {
    Slot* slot = find_or_make(reader);
    const std::lock_guard lock(slot->mutex);
    if (slot->reader != reader || slot->state == State::kBuilding) {
        return std::nullopt;
    }
    slot->forget();
    slot->state = State::kBuilding;
    return Build{slot, slot->generation.load(std::memory_order_relaxed)};
}

void Inboxes::subscribe(Build build, AccountId author) {
    AuthorShard& shard = (*authors_)[std::hash<AccountId>()(author) % kShards];
    const std::lock_guard lock(shard.mutex);
    Audience& audience = shard.audiences[author];
    if (audience.subscribers.size() >= audience.compact_at) {
        std::erase_if(audience.subscribers, [](const Subscriber& s) {
            return s.slot->generation.load(std::memory_order_relaxed) != s.generation;
        });
        audience.compact_at = std::max(kCompactMin, audience.subscribers.size() * 2);
    }
    audience.subscribers.push_back({build.slot, build.generation});
}

void Inboxes::finish(
    Build build,
    const std::vector<std::uint64_t>& ids,
    std::uint64_t floor,
    std::shared_ptr<const Authors> pulled,
    SteadyTime now
) {
    Slot& slot = *build.slot;
    const std::lock_guard lock(slot.mutex);
    if (slot.generation.load(std::memory_order_relaxed) != build.generation) {
        return;
    }
    floor = std::max(floor, slot.floor);  // pushes may have overflowed it already
    std::vector<std::uint64_t> all;
    std::set_union(
        ids.rbegin(), ids.rend(), slot.ids.begin(), slot.ids.end(), std::back_inserter(all)
    );
    std::erase_if(all, [&](std::uint64_t id) { return id < floor; });
    slot.ids = std::move(all);
    slot.floor = floor;
    slot.pulled = std::move(pulled);
    slot.built_at = now;
    slot.state = State::kReady;
    trim(slot);
}

void Inboxes::abandon(Build build) {
    const std::lock_guard lock(build.slot->mutex);
    if (build.slot->generation.load(std::memory_order_relaxed) == build.generation) {
        build.slot->forget();
    }
}

void Inboxes::trim(Slot& slot) const {
    // A quarter of slack, so that a push seldom moves the others.
    if (slot.ids.size() > limits_.entries_max + limits_.entries_max / 4) {
        const auto surplus = static_cast<std::ptrdiff_t>(slot.ids.size() - limits_.entries_max);
        slot.ids.erase(slot.ids.begin(), slot.ids.begin() + surplus);
        slot.floor = slot.ids.front();
    }
}

void Inboxes::drop(AccountId reader) {
    if (Slot* slot = find(reader)) {
        const std::lock_guard lock(slot->mutex);
        if (slot->reader == reader) {
            slot->forget();
        }
    }
}

void Inboxes::clear() {
    const std::lock_guard lock(slots_mutex_);
    for (const auto& slot : slots_) {
        const std::lock_guard slot_lock(slot->mutex);
        slot->forget();
    }
}

std::size_t Inboxes::subscribers(AccountId author) const {
    const AuthorShard& shard = (*authors_)[std::hash<AccountId>()(author) % kShards];
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.audiences.find(author);
    return found == shard.audiences.end() ? 0 : found->second.subscribers.size();
}

std::size_t Inboxes::push(AccountId author, PostId post) {
    std::vector<Subscriber> audience;
    {
        const AuthorShard& shard = (*authors_)[std::hash<AccountId>()(author) % kShards];
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.audiences.find(author);
        if (found == shard.audiences.end()) {
            return 0;
        }
        audience = found->second.subscribers;
    }
    constexpr std::size_t kPrefetchAhead = 4;
    std::size_t delivered = 0;
    for (std::size_t i = 0; i < audience.size(); ++i) {
        if (i + kPrefetchAhead < audience.size()) {
            __builtin_prefetch(audience[i + kPrefetchAhead].slot, 1);
        }
        delivered += deliver(audience[i], post.value) ? 1 : 0;
    }
    return delivered;
}

bool Inboxes::deliver(Subscriber subscriber, std::uint64_t id) {
    Slot& slot = *subscriber.slot;
    const std::lock_guard lock(slot.mutex);
    if (slot.generation.load(std::memory_order_relaxed) != subscriber.generation ||
        id < slot.floor) {
        return false;
    }
    if (slot.ids.empty() || slot.ids.back() < id) {
        slot.ids.push_back(id);
    } else {
        const auto place = std::lower_bound(slot.ids.begin(), slot.ids.end(), id);
        if (*place == id) {
            return false;
        }
        slot.ids.insert(place, id);
    }
    trim(slot);
    return true;
}

Inboxes::Opening Inboxes::open(AccountId reader, Span span, SteadyTime now, SteadyTime not_before) {
    Slot* slot = find(reader);
    if (slot == nullptr) {
        return {.opens_per_hour = kFirstRatePerHour, .inbox = std::nullopt};
    }
    const std::lock_guard lock(slot->mutex);
    slot->fetch_newest_ahead();
    if (slot->opened_at == SteadyTime{}) {
        slot->opens_per_hour = kFirstRatePerHour;
    } else {
        const double hours =
            std::chrono::duration<double, std::ratio<3600>>(now - slot->opened_at).count();
        slot->opens_per_hour =
            slot->opens_per_hour * std::exp(-hours / kRateHours) + 1.0 / kRateHours;
    }
    slot->opened_at = now;
    return {
        .opens_per_hour = slot->opens_per_hour, .inbox = read_slot(*slot, reader, span, not_before)
    };
}

void Inboxes::fetch_ahead(AccountId reader, FetchStep step) const {
    if (step == FetchStep::kValue) {
        if (const Slot* slot = find(reader)) {
            prefetch_lines(slot, sizeof(Slot));
        }
    }
}

std::size_t Inboxes::size() const {
    const std::lock_guard lock(slots_mutex_);
    return static_cast<std::size_t>(std::count_if(
        slots_.begin(),
        slots_.end(),
        [](const auto& slot) {
            const std::lock_guard slot_lock(slot->mutex);
            return slot->state == State::kReady;
        }
    ));
}

std::size_t Inboxes::inbox_bytes() const {
    const std::lock_guard lock(slots_mutex_);
    std::size_t bytes = 0;
    for (const auto& slot : slots_) {
        const std::lock_guard slot_lock(slot->mutex);
        bytes += sizeof(Slot) + slot->ids.capacity() * sizeof(std::uint64_t);
        bytes += slot->pulled ? slot->pulled->capacity() * sizeof(AccountId) : 0;
    }
    return bytes;
}

std::size_t Inboxes::subscription_bytes() const {
    std::size_t bytes = 0;
    for (const AuthorShard& shard : *authors_) {
        const std::lock_guard lock(shard.mutex);
        for (const auto& [author, audience] : shard.audiences) {
            bytes += sizeof(author) + sizeof(audience);
            bytes += audience.subscribers.capacity() * sizeof(Subscriber);
        }
    }
    return bytes;
}

}  // namespace rookery::feed
