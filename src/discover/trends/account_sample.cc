#include "discover/trends/account_sample.h"

#include "base/random.h"

#include <algorithm>
#include <cmath>

namespace rookery::discover::trends {

std::uint64_t AccountSample::hash(AccountId account) const {
    // One-to-one: different accounts never have the same hash.
    std::uint64_t state = account.value ^ salt_;
    return split_mix64(state);
}

bool AccountSample::add(const Use& use, std::size_t uses_max) {
    const std::uint64_t place = hash(use.account);
    if (place >= bound_) {
        return false;
    }
    const auto at = std::ranges::lower_bound(uses_, place, {}, [this](const Use& kept) {
        return hash(kept.account);
    });
    if (at != uses_.end() && at->account == use.account) {
        at->source = std::max(at->source, use.source);
        at->first_at_ms = std::min(at->first_at_ms, use.first_at_ms);
        return false;
    }
    const auto index = at - uses_.begin();
    if (uses_.size() >= uses_max) {
        if (at == uses_.end()) {
            bound_ = place;
            return false;
        }
        bound_ = hash(uses_.back().account);
        uses_.pop_back();
    }
    uses_.insert(uses_.begin() + index, use);
    return true;
}

void AccountSample::shrink(std::size_t uses_max) {
    if (uses_.size() <= uses_max) {
        return;
    }
    bound_ = hash(uses_[uses_max].account);
    uses_.resize(uses_max);
    uses_.shrink_to_fit();
}

double AccountSample::scale() const {
    return is_exact() ? 1.0 : std::ldexp(1.0, 64) / static_cast<double>(bound_);
}

}  // namespace rookery::discover::trends
