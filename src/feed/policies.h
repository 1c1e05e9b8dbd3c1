#pragma once

#include "feed/policy.h"

#include <memory>
#include <string_view>

namespace rookery::feed {

/// Pushes along every edge. For comparison.
class PushAll final : public Policy {
public:
    [[nodiscard]] bool should_push(const EdgeFacts& edge) const override;
    [[nodiscard]] const char* name() const override { return "push-all"; }
};

/// Pulls along every edge. For comparison.
class PullAll final : public Policy {
public:
    [[nodiscard]] bool should_push(const EdgeFacts& edge) const override;
    [[nodiscard]] const char* name() const override { return "pull-all"; }
};

/// Pushes the posts of accounts with at most so many followers, the rule that most networks use.
class FollowerThreshold final : public Policy {
public:
    explicit FollowerThreshold(std::int64_t followers_max) : followers_max_(followers_max) {}
    [[nodiscard]] bool should_push(const EdgeFacts& edge) const override;
    [[nodiscard]] const char* name() const override { return "follower-threshold"; }

private:
    const std::int64_t followers_max_;
};

/// Pushes along an edge only if that is the cheaper way: if the author's rate of posting times the
/// cost of a push is below the reader's rate of opening times the cost of the pull that it saves
/// (Silberstein, Terrace, Cooper and Ramakrishnan, "Feeding Frenzy: Selectively Materializing
/// Users' Event Feeds", SIGMOD 2010). Rates are taken in buckets of powers of four, so that a small
/// change of a rate does not move an edge to and fro.
class DemandPriced final : public Policy {
public:
    /// The costs are relative to each other.
    DemandPriced(double push_cost, double pull_cost)
        : push_cost_(push_cost), pull_cost_(pull_cost) {}
    [[nodiscard]] bool should_push(const EdgeFacts& edge) const override;
    [[nodiscard]] const char* name() const override { return "demand-priced"; }

private:
    const double push_cost_;
    const double pull_cost_;
};

}  // namespace rookery::feed
