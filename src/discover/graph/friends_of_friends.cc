#include "discover/graph/friends_of_friends.h"

#include "base/random.h"
#include "discover/graph/tally.h"

#include <algorithm>

namespace rookery::discover {

namespace {

constexpr double kFameTempered = 0.2;
/// Entries of one list that are read at least, however many lists there are.
constexpr std::size_t kEntriesMin = 20;

}  // namespace

std::vector<Scored> friends_of_friends(
    const Scope& scope,
    std::span<const Node> friends,
    std::uint64_t seed,
    const FriendsOfFriendsLimits& limits
) {
    const FollowGraph& graph = scope.graph;
    const auto asked = friends.first(std::min(friends.size(), limits.friends));
    const std::size_t each =
        std::max(kEntriesMin, limits.entries / std::max<std::size_t>(asked.size(), 1));
    Random random(seed);
    Tally tally;
    for (const Node one : asked) {
        if (scope.is_walkable(one)) {
            add_list(tally, graph.out(one), each, random);
        }
    }
    temper(tally, graph, kFameTempered);
    favour_followers(tally, scope);
    return best_of(tally, friends, scope.self, limits.found);
}

}  // namespace rookery::discover
