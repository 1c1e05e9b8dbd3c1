#pragma once

#include "limits/shared/decide_script.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rookery::limits {

/// What this node has taken from the store in advance: of each key some units, which it may admit
/// by itself until they expire. Knows no store and no clock: its user fetches, and says when.
/// Thread-safe.
///
/// Whoever finds no unit waits for the one fetch that is under way, which brings what all who
/// waited before it need, and some more. How much more follows the demand: nothing at first, then
/// one, two, four and so on up to `units_max` while fetches follow one another within the time of a
/// lease; after a pause, what was used of the last.
///
/// A node never holds more than `units_max` units of a key, and none for longer than `valid_for`
/// from before the store was asked. So whatever a node does, dies or is cut off, all nodes together
/// admit at most what the store's algorithm admits and nodes * units_max. What expires is not given
/// back: the store could not tell units that were never used from those of a node that it cannot
/// hear.
class Leases {
public:
    using Id = std::uint64_t;

    /// A rule's; all calls for one id have the same.
    struct Terms {
        std::uint64_t units_max = 1;
        Nanos valid_for = kSecond;
        std::uint64_t most = 1;  ///< what is ever allowed at once
    };
    struct Taken {
        Decision decision;
        std::uint32_t grant = 0;  ///< which lease paid; for give_back()
    };
    /// Nothing: the store is lost.
    using Done = std::move_only_function<void(std::optional<Taken>)>;
    /// What is to be asked of the store, with StoreAsk's `cost` and `want`.
    struct Fetch {
        Id id = 0;
        Terms terms;
        std::uint64_t cost = 1;
        std::uint64_t want = 1;
        Nanos asked_at = 0;
    };
    struct Step {
        std::optional<Taken> taken;  ///< decided already; `done` is left
        std::optional<Fetch> fetch;  ///< the caller is to make it, and then say fetched()
        bool is_alone = false;       ///< no place for this key: ask for it alone; `done` is left
    };

    explicit Leases(std::size_t keys_max);

    /// Decides by what is here, if that is enough.
    [[nodiscard]] std::optional<Taken>
    take(Id id, const Terms& terms, std::uint64_t cost, Nanos now);
    /// Does as take(), or else keeps `done` until a fetch has decided.
    [[nodiscard]] Step
    take_or_wait(Id id, const Terms& terms, std::uint64_t cost, Nanos now, Done& done);
    /// The end of a fetch; `answer` is nothing if the store is lost. Calls those `done` which are
    /// decided. If others wait on, returns the fetch that they need.
    [[nodiscard]] std::optional<Fetch>
    fetched(const Fetch& fetch, const std::optional<StoreAnswer>& answer, Nanos now);
    /// Undoes a take() that was allowed, if its lease is still there.
    void give_back(Id id, const Terms& terms, const Taken& taken, std::uint64_t cost, Nanos now);

private:
    struct Waiter {
        std::uint64_t cost;
        Done done;
    };
    struct Entry {
        std::uint64_t units = 0;
        std::uint64_t extra = 0;  ///< of the last fetch, beyond what was waited for
        Nanos expires = 0;
        Nanos asked_at = 0;
        std::uint64_t left_in_store = 0;  ///< when it was last asked
        Nanos resets_at = 0;
        /// Until then the store would refuse a cost of `refused_cost`, whatever others do.
        Nanos refused_until = 0;
        std::uint64_t refused_cost = 0;
        std::uint32_t grant = 0;
        bool is_fetching = false;
        std::vector<Waiter> waiters;
    };
    struct alignas(64) Stripe {
        std::mutex mutex;
        std::unordered_map<Id, Entry> entries;
        Nanos swept_at = 0;
    };
    using Told = std::vector<std::pair<Done, std::optional<Taken>>>;
    static constexpr std::size_t kStripes = 64;

    [[nodiscard]] Stripe& stripe_of(Id id) { return stripes_[id % kStripes]; }
    /// Null: there is no place.
    [[nodiscard]] Entry* find_or_make(Stripe& stripe, Id id, Nanos now) const;
    [[nodiscard]] static std::optional<Taken>
    decide(Entry* entry, const Terms& terms, std::uint64_t cost, Nanos now);
    [[nodiscard]] static Taken refusal(const Entry& entry, Nanos now);
    [[nodiscard]] static std::optional<Fetch>
    next_fetch(Entry& entry, Id id, const Terms& terms, Nanos now);
    static void
    grant(Entry& entry, const Fetch& fetch, const StoreAnswer& answer, Nanos now, Told& told);
    static void
    refuse(Entry& entry, const Fetch& fetch, const Decision& said, Nanos now, Told& told);

    const std::size_t keys_per_stripe_;
    std::array<Stripe, kStripes> stripes_;
};

}  // namespace rookery::limits
