#pragma once

#include "base/prefetch.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

namespace rookery {

/// Where a cache keeps its entries, laid out like a processor's: a key may stand in one of seven
/// places whose tags share a cache line, and within those seven the victim is chosen by second
/// chance (Corbató, "A Paging Experiment with the Multics System", 1968). Nothing is linked, moved
/// or allocated at a hit. Memory is taken as it fills.
///
/// Sets know nothing of each other. Whoever shares a table between threads keeps those out of a set
/// that another changes; guess_way() and the fetching ahead of sets and entries need no such care.
template <class Key, class Value>
class CacheTable {
public:
    static constexpr std::size_t kWays = 7;

    struct Place {
        std::size_t set = 0;
        std::uint64_t tag = 0;
    };

    /// Holds at most `entries_max` values (at least one).
    explicit CacheTable(std::size_t entries_max)
        : ways_(std::clamp<std::size_t>(entries_max, 1, kWays)),
          count_(std::max<std::size_t>(entries_max / kWays, 1)),
          memory_(std::calloc(count_ + 1, sizeof(Set))),
          entries_(static_cast<Entry*>(
              std::aligned_alloc(sizeof(Set), whole_lines(count_ * kWays * sizeof(Entry)))
          )) {
        // Zeroed pages from the system: what is never used is never there.
        void* start = memory_.get();
        std::size_t room = (count_ + 1) * sizeof(Set);
        if (!memory_ || !entries_ || !std::align(sizeof(Set), sizeof(Set), start, room)) {
            throw std::bad_alloc();
        }
        sets_ = static_cast<Set*>(start);
    }

    ~CacheTable() {
        for (std::size_t set = 0; set < count_; ++set) {
            clear(set);
        }
    }
    CacheTable(const CacheTable&) = delete;
    CacheTable& operator=(const CacheTable&) = delete;

    /// How many sets there are.
    [[nodiscard]] std::size_t size() const { return count_; }

    [[nodiscard]] Place place_of(std::size_t hash) const {
        // The high bits of a product: std::hash of a number is the number itself.
        const std::uint64_t mixed = static_cast<std::uint64_t>(hash) * 0x9E3779B97F4A7C15ULL;
        return {((mixed >> 32U) * count_) >> 32U, mixed == 0 ? 1 : mixed};
    }

    /// Where the key is in its set; kWays if it is not here.
    [[nodiscard]] std::size_t way_of(Place place, const Key& key) const {
        const auto& tags = sets_[place.set].tags;
        for (std::size_t way = 0; way < ways_; ++way) {
            if (tags[way] == place.tag && entry(place.set, way).key == key) {
                return way;
            }
        }
        return kWays;
    }

    /// The same without the key, at any time: where to look, not what is there.
    [[nodiscard]] std::size_t guess_way(Place place) const {
        std::size_t way = 0;
        while (way < kWays && tag(place.set, way).load(std::memory_order_relaxed) != place.tag) {
            ++way;
        }
        return way;
    }

    /// Whether a guess still holds.
    [[nodiscard]] bool holds(Place place, std::size_t way) const {
        return sets_[place.set].tags[way] == place.tag;
    }

    [[nodiscard]] Value& value(Place place, std::size_t way) { return entry(place.set, way).value; }

    /// The value, which is spared when a place is looked for next.
    [[nodiscard]] Value& use(Place place, std::size_t way) {
        sets_[place.set].used |= static_cast<std::uint8_t>(1U << way);
        return value(place, way);
    }

    /// An empty place or, failing that, one that was not used since the hand last went by.
    [[nodiscard]] std::size_t free_way(Place place) {
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

    [[nodiscard]] bool is_empty(Place place, std::size_t way) const {
        return sets_[place.set].tags[way] == 0;
    }

    /// Into an empty place.
    void put(Place place, std::size_t way, const Key& key, Value value) {
        std::construct_at(&entry(place.set, way), key, std::move(value));
        tag(place.set, way).store(place.tag, std::memory_order_relaxed);
    }

    /// Empties a place that is not.
    Value take_out(std::size_t set, std::size_t way) {
        Entry& taken = entry(set, way);
        Value value = std::move(taken.value);
        std::destroy_at(&taken);
        tag(set, way).store(0, std::memory_order_relaxed);
        sets_[set].used = static_cast<std::uint8_t>(sets_[set].used & ~(1U << way));
        return value;
    }

    void clear(std::size_t set) {
        for (std::size_t way = 0; way < ways_; ++way) {
            if (sets_[set].tags[way] != 0) {
                take_out(set, way);
            }
        }
    }

    /// How many values are in a set.
    [[nodiscard]] std::size_t size(std::size_t set) const {
        const auto& tags = sets_[set].tags;
        return kWays - static_cast<std::size_t>(std::ranges::count(tags, 0U));
    }

    void fetch_set_ahead(Place place) const { __builtin_prefetch(&sets_[place.set]); }

    void fetch_entry_ahead(Place place, std::size_t way) const {
        const Entry* wanted = &entry(place.set, way);
        __builtin_prefetch(wanted);
        __builtin_prefetch(reinterpret_cast<const char*>(wanted + 1) - 1);  // its last line
    }

private:
    /// One cache line. A tag of 0 is an empty place; tags are also read while others change them.
    struct Set {
        std::array<std::uint64_t, kWays> tags{};
        std::uint8_t used = 0;  ///< a bit a place: found since the hand last went by
        std::uint8_t hand = 0;
    };
    static_assert(sizeof(Set) == kCacheLineBytes);

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
    static_assert(alignof(Entry) <= sizeof(Set));

    struct Free {
        void operator()(void* memory) const { std::free(memory); }
    };

    static std::size_t whole_lines(std::size_t bytes) {
        return (bytes + sizeof(Set) - 1) / sizeof(Set) * sizeof(Set);
    }

    [[nodiscard]] Entry& entry(std::size_t set, std::size_t way) const {
        return entries_.get()[set * kWays + way];
    }

    [[nodiscard]] std::atomic_ref<std::uint64_t> tag(std::size_t set, std::size_t way) const {
        return std::atomic_ref(sets_[set].tags[way]);
    }

    const std::size_t ways_;
    const std::size_t count_;
    std::unique_ptr<void, Free> memory_;
    std::unique_ptr<Entry, Free> entries_;
    Set* sets_ = nullptr;
};

}  // namespace rookery
