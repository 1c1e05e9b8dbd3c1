#include "load/source.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rookery::load {

PeopleChoice::PeopleChoice(std::size_t count, double exponent, std::uint64_t seed) : count_(count) {
    if (exponent <= 0) {
        return;
    }
    cumulative_.reserve(count);
    double sum = 0;
    for (std::size_t rank = 1; rank <= count; ++rank) {
        sum += std::pow(static_cast<double>(rank), -exponent);
        cumulative_.push_back(sum);
    }
    by_rank_.resize(count);
    std::iota(by_rank_.begin(), by_rank_.end(), 0U);
    Random random(seed ^ 0x5EEDULL);
    for (std::size_t i = count; i > 1; --i) {
        std::swap(by_rank_[i - 1], by_rank_[random.below(i)]);
    }
}

std::uint32_t PeopleChoice::draw(Random& random) const {
    if (cumulative_.empty()) {
        return static_cast<std::uint32_t>(random.below(count_));
    }
    const double at = random.unit() * cumulative_.back();
    const auto found = std::ranges::upper_bound(cumulative_, at);
    const auto rank = static_cast<std::size_t>(found - cumulative_.begin());
    return by_rank_[std::min(rank, count_ - 1)];
}

}  // namespace rookery::load
