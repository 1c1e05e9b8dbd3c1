#pragma once

#include "base/cache_table.h"
#include "base/prefetch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
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
/// A hit costs cache misses and little else (CacheTable), and the lines of many keys can be asked
/// for before the first is needed (find_many).
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
        : table_(entries_max),
          shards_(std::bit_floor(std::clamp<std::size_t>(shards, 1, table_.size()))) {}

    [[nodiscard]] std::optional<Value> find(const Key& key) {
        const Place place = place_of(key);
        const std::lock_guard lock(shard_of(place).mutex);
        const std::size_t way = table_.way_of(place, key);
        if (way == kWays) {
            return std::nullopt;
        }
        return table_.use(place, way);
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
            table_.fetch_set_ahead(place);
            return;
        }
        const std::size_t way = table_.guess_way(place);
        if (way == kWays) {
            return;
        }
        if (step == FetchStep::kEntry) {
            table_.fetch_entry_ahead(place, way);
            return;
        }
        const std::lock_guard lock(shard_of(place).mutex);
        if (table_.holds(place, way)) {
            fetch_object_ahead(table_.value(place, way));
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
        std::size_t way = table_.way_of(place, key);
        if (way == kWays) {
            way = table_.free_way(place);
        }
        if (!table_.is_empty(place, way)) {
            dropped = table_.take_out(place.set, way);
        }
        table_.put(place, way, key, std::move(value));
        return true;
    }

    /// Invalidates: whoever began to read before this returns cannot insert.
    void erase(const Key& key) {
        const Place place = place_of(key);
        Shard& shard = shard_of(place);
        std::optional<Value> dropped;
        const std::lock_guard lock(shard.mutex);
        ++shard.generation;
        const std::size_t way = table_.way_of(place, key);
        if (way != kWays) {
            dropped = table_.take_out(place.set, way);
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
        const std::size_t way = table_.way_of(place, key);
        if (way != kWays && !change(table_.value(place, way))) {
            dropped = table_.take_out(place.set, way);
        }
    }

    /// Invalidates everything.
    void clear() {
        for (std::size_t first = 0; first < shards_.size(); ++first) {
            const std::lock_guard lock(shards_[first].mutex);
            ++shards_[first].generation;
            for (std::size_t set = first; set < table_.size(); set += shards_.size()) {
                table_.clear(set);
            }
        }
    }

    /// Counts; takes a while.
    [[nodiscard]] std::size_t size() const {
        std::size_t total = 0;
        for (std::size_t first = 0; first < shards_.size(); ++first) {
            const std::lock_guard lock(shards_[first].mutex);
            for (std::size_t set = first; set < table_.size(); set += shards_.size()) {
                total += table_.size(set);
            }
        }
        return total;
    }

private:
    using Table = CacheTable<Key, Value>;
    using Place = typename Table::Place;
    static constexpr std::size_t kWays = Table::kWays;
    static constexpr std::size_t kBatch = 32;

    struct alignas(kCacheLineBytes) Shard {
        mutable std::mutex mutex;
        std::uint64_t generation = 0;
    };

    [[nodiscard]] Place place_of(const Key& key) const { return table_.place_of(Hash{}(key)); }

    [[nodiscard]] Shard& shard_of(Place place) { return shards_[place.set & (shards_.size() - 1)]; }

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
            table_.fetch_set_ahead(places[i]);
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            ways[i] = table_.guess_way(places[i]);
            if (ways[i] != kWays) {
                table_.fetch_entry_ahead(places[i], ways[i]);
            }
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const std::lock_guard lock(shard_of(places[i]).mutex);
            if (ways[i] != kWays && table_.holds(places[i], ways[i])) {
                ahead(std::as_const(table_.value(places[i], ways[i])));
            }
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            Shard& shard = shard_of(places[i]);
            std::unique_lock lock(shard.mutex);
            const std::size_t way = table_.way_of(places[i], keys[i]);
            if (way != kWays) {
                found(first + i, std::as_const(table_.use(places[i], way)));
                continue;
            }
            const Stamp stamp{shard.generation};
            lock.unlock();
            missing(first + i, stamp);
        }
    }

    Table table_;
    std::vector<Shard> shards_;
};

}  // namespace rookery
