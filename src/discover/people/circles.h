#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/sharded_cache.h"
#include "base/task.h"
#include "discover/names/query.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/viewers.h"

#include <cstddef>
#include <memory>

namespace rookery::discover {

struct CircleLimits {
    /// Of those whom somebody follows, so many are asked whom they follow, the newest follows
    /// first, and each for so many, again the newest.
    std::size_t asked_max = 100;
    std::size_t each_max = 50;
    /// Of somebody's followers, the newest that count as near.
    std::size_t followers_max = 1'000;
    std::size_t cached_max = 300;
    /// Whom others follow changes without a word to this: so long it may be out of date.
    std::int64_t age_max_ms = std::int64_t{10} * 60 * 1000;
};

/// Who is near somebody in the graph, by account, and how near: those they follow come first, among
/// them and then among the others those who follow them, and among these whoever is followed by
/// more of those they follow, in steps of twice as many. With themself, at no closeness.
using Circle = names::Neighbours;
using CirclePtr = std::shared_ptr<const Circle>;

/// Circles of those who search, in memory. Thread-safe.
class Circles {
public:
    /// All outlive it.
    Circles(
        CircleLimits limits,
        social::Environment environment,
        social::Accounts& accounts,
        social::Viewers& viewers
    )
        : limits_(limits),
          environment_(std::move(environment)),
          accounts_(accounts),
          viewers_(viewers),
          cache_(limits.cached_max) {}

    /// True to what `account` follows and who follows it; of the others not older than age_max_ms.
    /// Those who hide whom they follow are not asked.
    [[nodiscard]] Task<Result<CirclePtr>> find(AccountId account);

    /// Called for every committed event, after the same call of the viewers.
    void on_committed(const social::SocialEvent& event);

private:
    struct Made {
        CirclePtr circle;
        UnixMs at_ms = 0;
    };

    [[nodiscard]] Task<Result<CirclePtr>> make(AccountId account);
    [[nodiscard]] Task<Result<void>> add_followers(AccountId account, Circle* circle);
    [[nodiscard]] Task<Result<void>> add_shared(social::ViewerPtr viewer, Circle* circle);
    /// Whom `viewer` follows and may ask.
    [[nodiscard]] Task<Result<std::vector<AccountId>>> to_ask(social::ViewerPtr viewer);

    const CircleLimits limits_;
    social::Environment environment_;
    social::Accounts& accounts_;
    social::Viewers& viewers_;
    ShardedCache<AccountId, Made> cache_;
};

}  // namespace rookery::discover
