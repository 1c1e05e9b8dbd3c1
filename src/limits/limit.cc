#include "limits/limit.h"

#include <boost/container/small_vector.hpp>

#include <algorithm>
#include <tuple>

namespace rookery::limits {

/// Holds the locks of all charges' keys. Whoever takes several takes them in the order of the
/// limits' addresses and of their parts, so nobody waits in a circle.
class Locked {
public:
    explicit Locked(std::span<Charge> charges) {
        for (Charge& charge : charges) {
            sorted_.push_back({&charge, charge.limit->part_of(charge.key)});
        }
        std::ranges::sort(sorted_, [](const Place& a, const Place& b) {
            return order(a) < order(b);
        });
        for (std::size_t i = 0; i < sorted_.size(); ++i) {
            if (is_first_of_lock(i)) {
                sorted_[i].charge->limit->lock(sorted_[i].part);
            }
        }
    }
    ~Locked() {
        for (std::size_t i = 0; i < sorted_.size(); ++i) {
            if (is_first_of_lock(i)) {
                sorted_[i].charge->limit->unlock(sorted_[i].part);
            }
        }
    }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;

    [[nodiscard]] bool look(Nanos now) {
        bool all = true;
        std::uint64_t before = 0;  // what charges of the same key ask for already
        for (std::size_t i = 0; i < sorted_.size(); ++i) {
            Charge& charge = *sorted_[i].charge;
            before = is_same_key(i) ? before + sorted_[i - 1].charge->cost : 0;
            charge.decision = charge.limit->look_locked(charge.key, now, before + charge.cost);
            all = all && (charge.decision.allowed || !charge.binding);
        }
        return all;
    }

    void charge(Nanos now) {
        for (const Place& place : sorted_) {
            const Charge& charge = *place.charge;
            if (charge.decision.allowed && charge.cost != 0) {
                charge.limit->charge_locked(charge.key, now, charge.cost);
            }
        }
    }

private:
    struct Place {
        Charge* charge = nullptr;
        std::size_t part = 0;
    };

    /// Any order of limits will do that is everybody's; charges of one key stay in theirs.
    static std::tuple<std::uintptr_t, std::size_t, LimitKey, const Charge*> order(const Place& place
    ) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
        const auto limit = reinterpret_cast<std::uintptr_t>(place.charge->limit);
        return {limit, place.part, place.charge->key, place.charge};
    }
    [[nodiscard]] bool is_first_of_lock(std::size_t i) const {
        return i == 0 || sorted_[i - 1].charge->limit != sorted_[i].charge->limit ||
               sorted_[i - 1].part != sorted_[i].part;
    }
    [[nodiscard]] bool is_same_key(std::size_t i) const {
        return i != 0 && sorted_[i - 1].charge->limit == sorted_[i].charge->limit &&
               sorted_[i - 1].charge->key == sorted_[i].charge->key;
    }

    boost::container::small_vector<Place, 6> sorted_;
};

bool take_all(std::span<Charge> charges, Nanos now) {
    Locked locked(charges);
    const bool all = locked.look(now);
    if (all) {
        locked.charge(now);
    }
    return all;
}

bool peek_all(std::span<Charge> charges, Nanos now) {
    return Locked(charges).look(now);
}

}  // namespace rookery::limits
