#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rookery {

/// A bounded map of what was read from the store, dropping what was used least recently. Values are
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
        : shards_(std::bit_floor(
              std::clamp<std::size_t>(shards, 1, std::max<std::size_t>(entries_max, 1))
          )),
          entries_per_shard_(std::max<std::size_t>(entries_max / shards_.size(), 1)) {}

    [[nodiscard]] std::optional<Value> find(const Key& key) {
        Shard& shard = shard_of(key);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.index.find(key);
        if (found == shard.index.end()) {
            return std::nullopt;
        }
        shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
        return found->second->second;
    }

    [[nodiscard]] Stamp stamp(const Key& key) {
        Shard& shard = shard_of(key);
        const std::lock_guard lock(shard.mutex);
        return {shard.generation};
    }

    /// Sets the value unless the key may have been invalidated since `stamp`; true if it was set.
    bool insert(const Key& key, Value value, Stamp stamp) {
        Shard& shard = shard_of(key);
        Entries dropped;  // declared before the lock: values are destroyed outside of it
        const std::lock_guard lock(shard.mutex);
        if (shard.generation != stamp.generation) {
            return false;
        }
        const auto [place, is_new] = shard.index.try_emplace(key);
        if (!is_new) {
            dropped.splice(dropped.begin(), shard.entries, place->second);
        }
        shard.entries.emplace_front(key, std::move(value));
        place->second = shard.entries.begin();
        if (shard.entries.size() > entries_per_shard_) {
            shard.index.erase(shard.entries.back().first);
            dropped.splice(dropped.begin(), shard.entries, std::prev(shard.entries.end()));
        }
        return true;
    }

    /// Invalidates: whoever began to read before this returns cannot insert.
    void erase(const Key& key) {
        Shard& shard = shard_of(key);
        Entries dropped;
        const std::lock_guard lock(shard.mutex);
        ++shard.generation;
        const auto found = shard.index.find(key);
        if (found != shard.index.end()) {
            dropped.splice(dropped.begin(), shard.entries, found->second);
            shard.index.erase(found);
        }
    }

    /// Invalidates everything.
    void clear() {
        for (Shard& shard : shards_) {
            Entries dropped;
            const std::lock_guard lock(shard.mutex);
            ++shard.generation;
            shard.index.clear();
            dropped.swap(shard.entries);
        }
    }

    [[nodiscard]] std::size_t size() const {
        std::size_t total = 0;
        for (const Shard& shard : shards_) {
            const std::lock_guard lock(shard.mutex);
            total += shard.entries.size();
        }
        return total;
    }

private:
    using Entries = std::list<std::pair<Key, Value>>;  ///< most recently used first

    struct alignas(64) Shard {
        mutable std::mutex mutex;
        std::uint64_t generation = 0;
        Entries entries;
        std::unordered_map<Key, typename Entries::iterator, Hash> index;
    };

    [[nodiscard]] Shard& shard_of(const Key& key) {
        // The high bits of a product: std::hash of a number is the number itself.
        const std::uint64_t mixed = static_cast<std::uint64_t>(Hash{}(key)) * 0x9E3779B97F4A7C15ULL;
        return shards_[(mixed >> 32) & (shards_.size() - 1)];
    }

    std::vector<Shard> shards_;
    std::size_t entries_per_shard_;
};

}  // namespace rookery
