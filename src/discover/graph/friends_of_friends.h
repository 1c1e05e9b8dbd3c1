#pragma once

#include "discover/graph/scope.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rookery::discover {

struct FriendsOfFriendsLimits {
    std::size_t friends = 1'000;   ///< the first so many are asked
    std::size_t entries = 60'000;  ///< of their lists, all together
    std::size_t found = 400;
};

/// Whom the viewer's friends follow, the likeliest first; without the viewer and the friends.
///
/// Each way from the viewer over a friend counts 1 / sqrt(1 + how many the friend follows), steeper
/// than Adamic and Adar ("Friends and neighbors on the Web", 2003), who take the logarithm: who
/// follows everybody says little. What comes together is divided by a low power of how many follow
/// the account, so that the famous do not stand first everywhere; who follows the viewer is
/// favoured (tally.h). The numbers were chosen by trying them on two networks
/// (docs/performance.md).
///
/// `seed` chooses what is read of lists that are too long.
[[nodiscard]] std::vector<Scored> friends_of_friends(
    const Scope& scope,
    std::span<const Node> friends,
    std::uint64_t seed,
    const FriendsOfFriendsLimits& limits = {}
);

}  // namespace rookery::discover
