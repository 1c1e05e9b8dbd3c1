#pragma once

#include "limits/limit.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace rookery::limits {

struct LimitTableConfig {
    std::size_t keys_max = 65'536;
    /// What is said of a key for which there is no place: true: allowed, and not counted; false:
    /// refused until there is one.
    bool allow_uncounted = true;
};

/// The states of one algorithm's keys, in memory that does not grow. A key may stand in sixteen
/// places. If all are taken, it gets that of a key which is as good as new; else that of the one
/// that has most of its allowance left, so a flood of new keys pushes out its own kind and not the
/// busy keys that the limit is for. A key with nothing left is never pushed out.
///
/// A key takes 8 bytes and its state: 24 with a state of 16. Memory is taken at the first use, in
/// 64 parts, each with a mutex that is held for some tens of nanoseconds.
template <class Algorithm>
class LimitTable final : public Limit {
public:
    LimitTable(Algorithm algorithm, LimitTableConfig config)
        : algorithm_(algorithm),
          config_(config),
          sets_per_stripe_(std::max<std::size_t>(1, config.keys_max / (kStripes * kWays))) {}

    [[nodiscard]] Decision take(LimitKey key, Nanos now, std::uint64_t cost) override {
        const std::lock_guard lock(stripe_of(key).mutex);
        const Decision decision = look_locked(key, now, cost);
        if (decision.allowed && cost != 0) {
            charge_locked(key, now, cost);
        }
        return decision;
    }

    [[nodiscard]] Decision peek(LimitKey key, Nanos now, std::uint64_t cost) const override {
        const std::lock_guard lock(stripe_of(key).mutex);
        return look_locked(key, now, cost);
    }

    void save(Which which, Nanos now, ByteWriter& out) override {
        remembers_ = true;
        std::vector<std::uint64_t> hashes;
        for (Stripe& stripe : stripes_) {
            const std::lock_guard lock(stripe.mutex);
            hashes.clear();
            std::swap(hashes, stripe.charged);
            if (which == Which::kAll) {
                hashes.clear();
                for (const Set& set : stripe.sets) {
                    hashes.insert(hashes.end(), set.keys.begin(), set.keys.end());
                }
            }
            sort_out(hashes);
            for (const std::uint64_t hash : hashes) {
                if (const Place place = find({hash}); hash != 0 && place.set != nullptr) {
                    write(hash, place.set->states[place.way], now, out);
                }
            }
        }
    }

    [[nodiscard]] bool restore(ByteReader& in, Nanos now) override {
        while (!in.at_end()) {
            const LimitKey key{in.fixed64()};
            State state = State::read(in);
            if (!in.ok() || key.hash == 0) {
                return false;
            }
            const std::lock_guard lock(stripe_of(key).mutex);
            if (algorithm_.fresh_at(state) > now) {
                put(key, std::move(state), now);
            }
        }
        return true;
    }

    void each_used(Nanos now, const std::function<void(LimitKey, std::uint64_t used)>& visit)
        const override {
        const std::uint64_t whole = algorithm_.look(State{}, now, 0).remaining;
        for (Stripe& stripe : stripes_) {
            const std::lock_guard lock(stripe.mutex);
            for (const Set& set : stripe.sets) {
                for (std::size_t way = 0; way < kWays; ++way) {
                    const State& state = set.states[way];
                    if (set.keys[way] != 0 && algorithm_.fresh_at(state) > now) {
                        const std::uint64_t left = algorithm_.look(state, now, 0).remaining;
                        visit({set.keys[way]}, whole - std::min(whole, left));
                    }
                }
            }
        }
    }

    struct Losses {
        std::uint64_t forgotten = 0;  ///< keys pushed out before they were as good as new
        std::uint64_t uncounted = 0;  ///< requests of keys for which there was no place
    };
    [[nodiscard]] Losses losses() const {
        return {
            forgotten_.load(std::memory_order_relaxed), uncounted_.load(std::memory_order_relaxed)
        };
    }

private:
    static constexpr std::size_t kStripes = 64;
    static constexpr std::size_t kWays = 8;
    using State = typename Algorithm::State;

    struct alignas(64) Set {
        std::array<std::uint64_t, kWays> keys{};  ///< 0: nobody's
        std::array<State, kWays> states{};
    };
    struct alignas(64) Stripe {
        std::mutex mutex;
        std::vector<Set> sets;
        std::vector<std::uint64_t> charged;  ///< since the last save(), some more than once
    };
    struct Place {
        Set* set = nullptr;
        std::size_t way = 0;
    };

    [[nodiscard]] std::size_t part_of(LimitKey key) const override { return key.hash % kStripes; }
    void lock(std::size_t part) const override { stripes_[part].mutex.lock(); }
    void unlock(std::size_t part) const override { stripes_[part].mutex.unlock(); }

    [[nodiscard]] Decision look_locked(LimitKey key, Nanos now, std::uint64_t cost) const override {
        if (const Place place = find(key); place.set != nullptr) {
            return algorithm_.look(place.set->states[place.way], now, cost);
        }
        const Decision decision = algorithm_.look(State{}, now, cost);
        if (config_.allow_uncounted || cost == 0 || !decision.allowed) {
            return decision;
        }
        const Victim victim = choose_victim(key, now);
        if (victim.place.set != nullptr) {
            return decision;
        }
        return {.allowed = false, .retry_after = victim.free_after};
    }

    void charge_locked(LimitKey key, Nanos now, std::uint64_t cost) override {
        Place place = find(key);
        if (place.set == nullptr) {
            place = put(key, State{}, now);
        }
        if (place.set == nullptr) {
            uncounted_.fetch_add(1, std::memory_order_relaxed);
            return;
        }
        algorithm_.charge(place.set->states[place.way], now, cost);
        if (remembers_.load(std::memory_order_relaxed)) {
            remember(stripe_of(key).charged, key.hash);
        }
    }

    /// Gives the key a place, if there is one.
    Place put(LimitKey key, State state, Nanos now) {
        Place place = find(key);
        if (place.set == nullptr) {
            const Victim victim = choose_victim(key, now);
            place = victim.place;
            if (place.set == nullptr) {
                return place;
            }
            forgotten_.fetch_add(victim.is_fresh ? 0 : 1, std::memory_order_relaxed);
        }
        place.set->keys[place.way] = key.hash;
        place.set->states[place.way] = std::move(state);
        return place;
    }

    static void remember(std::vector<std::uint64_t>& charged, std::uint64_t hash) {
        if (!charged.empty() && charged.back() == hash) {
            return;
        }
        if (charged.size() == charged.capacity()) {
            sort_out(charged);
        }
        charged.push_back(hash);
    }

    static void sort_out(std::vector<std::uint64_t>& hashes) {
        std::ranges::sort(hashes);
        const auto repeated = std::ranges::unique(hashes);
        hashes.erase(repeated.begin(), repeated.end());
    }

    void write(std::uint64_t hash, const State& state, Nanos now, ByteWriter& out) const {
        if (algorithm_.fresh_at(state) > now) {
            out.fixed64(hash);
            state.write(out);
        }
    }

    [[nodiscard]] Stripe& stripe_of(LimitKey key) const { return stripes_[part_of(key)]; }

    /// The two sets of a key, which may be one.
    [[nodiscard]] std::array<Set*, 2> sets_of(LimitKey key) const {
        std::vector<Set>& sets = stripe_of(key).sets;
        if (sets.empty()) {
            sets.resize(sets_per_stripe_);
        }
        const std::uint64_t first = (key.hash >> 6U) & 0x1FFF'FFFFU;
        return {&sets[first % sets.size()], &sets[(key.hash >> 35U) % sets.size()]};
    }

    [[nodiscard]] Place find(LimitKey key) const {
        for (Set* set : sets_of(key)) {
            for (std::size_t way = 0; way < kWays; ++way) {
                if (set->keys[way] == key.hash) {
                    return {set, way};
                }
            }
        }
        return {};
    }

    struct Victim {
        Place place;            ///< null: all are limited
        bool is_fresh = false;  ///< nothing is lost
        Nanos free_after = kNever;
    };

    [[nodiscard]] Victim choose_victim(LimitKey key, Nanos now) const {
        Victim best;
        std::uint64_t most_left = 0;
        for (Set* set : sets_of(key)) {
            for (std::size_t way = 0; way < kWays; ++way) {
                const State& state = set->states[way];
                if (set->keys[way] == 0 || algorithm_.fresh_at(state) <= now) {
                    return {.place = {set, way}, .is_fresh = true};
                }
                const std::uint64_t left = algorithm_.look(state, now, 0).remaining;
                if (left > most_left) {
                    most_left = left;
                    best.place = {set, way};
                }
                best.free_after =
                    std::min(best.free_after, algorithm_.look(state, now, 1).retry_after);
            }
        }
        return best;
    }

    const Algorithm algorithm_;
    const LimitTableConfig config_;
    const std::size_t sets_per_stripe_;
    mutable std::array<Stripe, kStripes> stripes_;
    std::atomic<bool> remembers_{false};
    std::atomic<std::uint64_t> forgotten_{0};
    std::atomic<std::uint64_t> uncounted_{0};
};

}  // namespace rookery::limits
