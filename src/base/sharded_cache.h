#pragma once

#include "base/prefetch.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace rookery {

/// A bounded map of what was read from the store, dropping what was not used lately. Values are
/// copied out, so they are small or a `shared_ptr<const T>`. Thread-safe; each shard has a mutex
/// that is held for a look-up only.
///
/// A loader must not insert what it read before an invalidation that arrived meanwhile. Hence:
///
///     const auto stamp = cache.stamp(key);     // before the read
///     CO_TRY(auto value, co_await load(key));
///     cache.insert(key, value, stamp);         // does nothing if key's shard was invalidated
///
/// An invalidation also refuses concurrent inserts of its shard's other keys: they are loaded once
/// more at their next use.
///
/// A hit costs cache misses and little else, so the table is laid out like a processor's cache: a
/// key may stand in one of seven places whose tags share a cache line, and within those seven the
/// victim is chosen by second chance (Corbató, "A Paging Experiment with the Multics System",
/// 1968). Nothing is linked, moved or allocated at a hit, and the lines of many keys can be asked
/// for before the first is needed (find_many). Memory is taken as it fills.
template <class Key, class Value, class Hash = std::hash<Key>>
class ShardedCache {
public:
    /// The state of a key's shard, to be taken before the value is read.
    struct Stamp {
        std::uint64_t generation = 0;
    };

    /// Holds at most `entries_max` values (at least one); `shards` is rounded down to a power of
    /// two.
    explicit ShardedCache(std::size_t entries_max, std::size_t shards = 64)
        : ways_(std::clamp<std::size_t>(entries_max, 1, kWays)),
          sets_(std::max<std::size_t>(entries_max / kWays, 1)),
          shards_(std::bit_floor(std::clamp<std::size_t>(shards, 1, sets_.size()))) {}

    ~ShardedCache() { clear(); }
    ShardedCache(const ShardedCache&) = delete;
    ShardedCache& operator=(const ShardedCache&) = delete;

    [[nodiscard]] std::optional<Value> find(const Key& key) {
        const Place place = place_of(key);
        const std::lock_guard lock(shard_of(place).mutex);
        const std::size_t way = way_of(place, key);
        if (way == kWays) {
            return std::nullopt;
        }
        return use(place, way);
    }

    /// Looks up all keys, in their order: found(i, value) or missing(i, stamp) is called once for
    /// each. `found` runs under a shard's mutex: it copies the value and does nothing else.
    /// `ahead(value)` comes before, for many keys at a time and under the same mutex: it asks the
    /// processor for the lines that found() will read.
    template <class Found, class Missing, class Ahead>
    void find_many(std::span<const Key> keys, Found found, Missing missing, Ahead ahead) {
        for (std::size_t first = 0; first < keys.size(); first += kBatch) {
            const auto batch = keys.subspan(first, std::min(kBatch, keys.size() - first));
            find_batch(batch, first, found, missing, ahead);
        }
    }
    template <class Found, class Missing>
    void find_many(std::span<const Key> keys, Found found, Missing missing) {
        find_many(keys, std::move(found), std::move(missing), fetch_value_ahead);
    }

    /// Asks the processor for what find() will read, one step of it; a step needs the one before
    /// it. Whoever will look for a key in several caches takes each step in all of them before the
    /// next, so that they are waited for together.
    void fetch_ahead(const Key& key, FetchStep step) {
        const Place place = place_of(key);
        if (step == FetchStep::kPlace) {
            __builtin_prefetch(&sets_[place.set]);
            return;
        }
        const std::size_t way = guess_way(place);
        if (way == kWays) {
            return;
        }
        if (step == FetchStep::kEntry) {
            fetch_entry_ahead(place, way);
            return;
        }
        const std::lock_guard lock(shard_of(place).mutex);
        if (sets_[place.set].tags[way] == place.tag) {
            fetch_object_ahead(std::as_const(sets_.entry(place.set, way).value));
        }
    }

    [[nodiscard]] Stamp stamp(const Key& key) {
        Shard& shard = shard_of(place_of(key));
        const std::lock_guard lock(shard.mutex);
        return {shard.generation};
    }

    /// Sets the value unless the key may have been invalidated since `stamp`; true if it was set.
    bool insert(const Key& key, Value value, Stamp stamp) {
        const Place place = place_of(key);
        Shard& shard = shard_of(place);
        std::optional<Value> dropped;  // destroyed after the lock is given back
        const std::lock_guard lock(shard.mutex);
        if (shard.generation != stamp.generation) {
            return false;
        }
        std::size_t way = way_of(place, key);
        if (way == kWays) {
            way = free_way(place);
        }
        if (sets_[place.set].tags[way] != 0) {
            dropped = take_out(place.set, way);
        }
        std::construct_at(&sets_.entry(place.set, way), key, std::move(value));
        tag(place.set, way).store(place.tag, std::memory_order_relaxed);
        return true;
    }

    /// Invalidates: whoever began to read before this returns cannot insert.
    void erase(const Key& key) {
        const Place place = place_of(key);
        Shard& shard = shard_of(place);
        std::optional<Value> dropped;
        const std::lock_guard lock(shard.mutex);
        ++shard.generation;
        const std::size_t way = way_of(place, key);
        if (way != kWays) {
            dropped = take_out(place.set, way);
        }
    }

    /// Invalidates what others are reading, and changes the value that is here, if any: `change`
    /// gets it under the shard's mutex, and returns false to have it erased.
    template <class Change>
    void update(const Key& key, Change change) {
        const Place place = place_of(key);
        Shard& shard = shard_of(place);
        std::optional<Value> dropped;
        const std::lock_guard lock(shard.mutex);
        ++shard.generation;
        const std::size_t way = way_of(place, key);
        if (way != kWays && !change(sets_.entry(place.set, way).value)) {
            dropped = take_out(place.set, way);
        }
    }

    /// Invalidates everything.
    void clear() {
        for (std::size_t first = 0; first < shards_.size(); ++first) {
            const std::lock_guard lock(shards_[first].mutex);
            ++shards_[first].generation;
            for (std::size_t set = first; set < sets_.size(); set += shards_.size()) {
                clear_set(set);
            }
        }
    }

    /// Counts; takes a while.
    [[nodiscard]] std::size_t size() const {
        std::size_t total = 0;
        for (std::size_t first = 0; first < shards_.size(); ++first) {
            const std::lock_guard lock(shards_[first].mutex);
            for (std::size_t set = first; set < sets_.size(); set += shards_.size()) {
                const auto& tags = sets_[set].tags;
                total += kWays - static_cast<std::size_t>(std::ranges::count(tags, 0U));
            }
        }
        return total;
    }

private:
    static constexpr std::size_t kWays = 7;
    static constexpr std::size_t kBatch = 32;

    /// One cache line. A tag of 0 is an empty place; tags are also read without the mutex.
    struct Set {
        std::array<std::uint64_t, kWays> tags{};
        std::uint8_t used = 0;  ///< a bit a place: found since the hand last went by
        std::uint8_t hand = 0;
    };
    static_assert(sizeof(Set) == 64);

    struct Bare {
        Key key;
        Value value;
    };
    /// Entries that nearly fill a power of two begin there, so that none lies in two cache lines.
    static constexpr std::size_t entry_alignment() {
        const std::size_t room = std::bit_ceil(sizeof(Bare));
        const bool is_near = room <= sizeof(Set) && (room - sizeof(Bare)) * 6 <= sizeof(Bare);
        return is_near ? room : alignof(Bare);
    }
    struct alignas(entry_alignment()) Entry {
        Key key;
        Value value;
    };

    struct Place {
        std::size_t set = 0;
        std::uint64_t tag = 0;
    };

    struct alignas(64) Shard {
        mutable std::mutex mutex;
        std::uint64_t generation = 0;
    };

    /// All sets and their entries. Zeroed pages from the system: what is never used is never there.
    class Sets {
    public:
        explicit Sets(std::size_t count)
            : count_(count),
              memory_(std::calloc(count + 1, sizeof(Set))),
              entries_(static_cast<Entry*>(
                  std::aligned_alloc(sizeof(Set), whole_lines(count * kWays * sizeof(Entry)))
              )) {
            void* start = memory_.get();
            std::size_t room = (count + 1) * sizeof(Set);
            if (!memory_ || !entries_ || !std::align(sizeof(Set), sizeof(Set), start, room)) {
                throw std::bad_alloc();
            }
            sets_ = static_cast<Set*>(start);
        }
        [[nodiscard]] std::size_t size() const { return count_; }
        [[nodiscard]] Set& operator[](std::size_t set) { return sets_[set]; }
        [[nodiscard]] const Set& operator[](std::size_t set) const { return sets_[set]; }
        [[nodiscard]] Entry& entry(std::size_t set, std::size_t way) {
            return entries_.get()[set * kWays + way];
        }

    private:
        static std::size_t whole_lines(std::size_t bytes) {
            return (bytes + sizeof(Set) - 1) / sizeof(Set) * sizeof(Set);
        }
        struct Free {
            void operator()(void* memory) const { std::free(memory); }
        };
        std::size_t count_;
        std::unique_ptr<void, Free> memory_;
        std::unique_ptr<Entry, Free> entries_;
        Set* sets_ = nullptr;
    };
    static_assert(alignof(Entry) <= sizeof(Set));

    [[nodiscard]] Place place_of(const Key& key) const {
        // The high bits of a product: std::hash of a number is the number itself.
        const std::uint64_t mixed = static_cast<std::uint64_t>(Hash{}(key)) * 0x9E3779B97F4A7C15ULL;
        return {((mixed >> 32U) * sets_.size()) >> 32U, mixed == 0 ? 1 : mixed};
    }

    [[nodiscard]] Shard& shard_of(Place place) { return shards_[place.set & (shards_.size() - 1)]; }

    /// Where the key is; kWays if it is not here.
    [[nodiscard]] std::size_t way_of(Place place, const Key& key) {
        const auto& tags = sets_[place.set].tags;
        for (std::size_t way = 0; way < ways_; ++way) {
            if (tags[way] == place.tag && sets_.entry(place.set, way).key == key) {
                return way;
            }
        }
        return kWays;
    }

    /// The same without the mutex and without the key: where to look, not what is there.
    [[nodiscard]] std::size_t guess_way(Place place) {
        std::size_t way = 0;
        while (way < kWays && tag(place.set, way).load(std::memory_order_relaxed) != place.tag) {
            ++way;
        }
        return way;
    }

    [[nodiscard]] std::atomic_ref<std::uint64_t> tag(std::size_t set, std::size_t way) {
        return std::atomic_ref(sets_[set].tags[way]);
    }

    void fetch_entry_ahead(Place place, std::size_t way) {
        const Entry* entry = &sets_.entry(place.set, way);
        __builtin_prefetch(entry);
        __builtin_prefetch(reinterpret_cast<const char*>(entry + 1) - 1);  // its last line
    }

    static void fetch_value_ahead(const Value& value) {
        if constexpr (requires { value.get(); }) {
            // An object's count of references stands just before it.
            __builtin_prefetch(value.get(), 1);
        }
    }

    static void fetch_object_ahead(const Value& value) {
        if constexpr (requires { value.get(); }) {
            if (value) {
                constexpr std::size_t kBytesMax = 4 * kCacheLineBytes;
                prefetch_lines(value.get(), std::min(sizeof(*value), kBytesMax));
            }
        }
    }

    const Value& use(Place place, std::size_t way) {
        sets_[place.set].used |= static_cast<std::uint8_t>(1U << way);
        return sets_.entry(place.set, way).value;
    }

    /// An empty place or, failing that, one that was not used since the hand last went by.
    std::size_t free_way(Place place) {
        Set& set = sets_[place.set];
        for (std::size_t way = 0; way < ways_; ++way) {
            if (set.tags[way] == 0) {
                return way;
            }
        }
        for (;;) {
            const std::size_t way = set.hand;
            set.hand = static_cast<std::uint8_t>((way + 1) % ways_);
            const auto bit = static_cast<std::uint8_t>(1U << way);
            if ((set.used & bit) == 0) {
                return way;
            }
            set.used = static_cast<std::uint8_t>(set.used & ~bit);
        }
    }

    Value take_out(std::size_t set, std::size_t way) {
        Entry& entry = sets_.entry(set, way);
        Value value = std::move(entry.value);
        std::destroy_at(&entry);
        tag(set, way).store(0, std::memory_order_relaxed);
        sets_[set].used = static_cast<std::uint8_t>(sets_[set].used & ~(1U << way));
        return value;
    }

    void clear_set(std::size_t set) {
        for (std::size_t way = 0; way < ways_; ++way) {
            if (sets_[set].tags[way] != 0) {
                take_out(set, way);
            }
        }
    }

    /// Each step asks for the lines that the next one reads, so that a batch waits for memory about
    /// three times and not three times a key.
    template <class Found, class Missing, class Ahead>
    void find_batch(
        std::span<const Key> keys,
        std::size_t first,
        Found& found,
        Missing& missing,
        Ahead& ahead
    ) {
        std::array<Place, kBatch> places;
        std::array<std::size_t, kBatch> ways{};
        for (std::size_t i = 0; i < keys.size(); ++i) {
            places[i] = place_of(keys[i]);
            __builtin_prefetch(&sets_[places[i].set]);
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            ways[i] = guess_way(places[i]);
            if (ways[i] != kWays) {
                fetch_entry_ahead(places[i], ways[i]);
            }
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const std::lock_guard lock(shard_of(places[i]).mutex);
            if (ways[i] != kWays && sets_[places[i].set].tags[ways[i]] == places[i].tag) {
                ahead(std::as_const(sets_.entry(places[i].set, ways[i]).value));
            }
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            Shard& shard = shard_of(places[i]);
            std::unique_lock lock(shard.mutex);
            const std::size_t way = way_of(places[i], keys[i]);
            if (way != kWays) {
                found(first + i, use(places[i], way));
                continue;
            }
            const Stamp stamp{shard.generation};
            lock.unlock();
            missing(first + i, stamp);
        }
    }

    const std::size_t ways_;
    Sets sets_;
    std::vector<Shard> shards_;
};

}  // namespace rookery
