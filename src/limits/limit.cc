#include "limits/limit.h"

#include <algorithm>
#include <functional>

namespace rookery::limits {

/// Holds the locks of all charges' keys. Whoever takes several takes them in the order of the
/// limits' addresses, so nobody waits in a circle.
class Locked {
public:
    explicit Locked(std::span<Charge> charges) : charges_(charges) {
        std::ranges::sort(charges_, std::less<>(), &Charge::limit);
        for (const Charge& charge : charges_) {
            charge.limit->lock(charge.key);
        }
    }
    ~Locked() {
        for (const Charge& charge : charges_) {
            charge.limit->unlock(charge.key);
        }
    }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;

    [[nodiscard]] bool take(Nanos now) {
        bool all = true;
        for (Charge& charge : charges_) {
            charge.decision = charge.limit->look_locked(charge.key, now, charge.cost);
            all = all && charge.decision.allowed;
        }
        for (const Charge& charge : charges_) {
            if (all && charge.cost != 0) {
                charge.limit->charge_locked(charge.key, now, charge.cost);
            }
        }
        return all;
    }

private:
    std::span<Charge> charges_;
};

bool take_all(std::span<Charge> charges, Nanos now) {
    Locked locked(charges);
    return locked.take(now);
}

}  // namespace rookery::limits
