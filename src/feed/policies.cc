#include "feed/policies.h"

#include <cmath>

namespace rookery::feed {

namespace {

/// The power of four at or below a rate per hour; rates under once in about 11 years are one
/// bucket.
double bucket(double per_hour) {
    constexpr double kLowest = 1e-5;
    return std::exp2(2 * std::floor(std::log2(std::max(per_hour, kLowest)) / 2));
}

}  // namespace

bool PushAll::should_push(const EdgeFacts& /*edge*/) const {
    return true;
}

bool PullAll::should_push(const EdgeFacts& /*edge*/) const {
    return false;
}

bool FollowerThreshold::should_push(const EdgeFacts& edge) const {
    return edge.author_followers <= followers_max_;
}

bool DemandPriced::should_push(const EdgeFacts& edge) const {
    return bucket(edge.author_posts_per_hour) * push_cost_ <
           bucket(edge.reader_opens_per_hour) * pull_cost_;
}

}  // namespace rookery::feed
