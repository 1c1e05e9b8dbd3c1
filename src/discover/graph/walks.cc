#include "discover/graph/walks.h"

#include "base/random.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace rookery::discover {

namespace {

constexpr double kFameTempered = 0.2;
constexpr std::size_t kEntriesMin = 20;
constexpr double kSimilarTempered = 0.5;

/// From somebody to another whom one of their followers follows, too; nothing where a list ends the
/// way.
std::optional<Node> step_from(const Scope& scope, Node node, Random& random) {
    if (!scope.is_walkable(node)) {
        return std::nullopt;
    }
    const Neighbours followers = scope.graph.in(node);
    if (followers.empty()) {
        return std::nullopt;
    }
    const Node follower = followers.pick(random);
    // Back at the viewer there is nothing to find.
    if (follower == scope.self || !scope.is_walkable(follower)) {
        return std::nullopt;
    }
    return scope.graph.out(follower).pick(random);
}

}  // namespace

Tally count_visits(
    const Scope& scope,
    std::span<const Node> friends,
    std::uint64_t seed,
    const WalkLimits& limits
) {
    Tally visits;
    if (friends.empty()) {
        return visits;
    }
    Random random(seed);
    const auto any_friend = [&] { return friends[random.below(friends.size())]; };
    std::size_t found = 0;
    Node at = any_friend();
    for (std::size_t i = 0; i < limits.steps && found < limits.enough_found; ++i) {
        const auto next = step_from(scope, at, random);
        if (next) {
            const double times = visits[*next] += 1;
            found += times == limits.enough_visits ? 1 : 0;
        }
        at = !next || random.chance(limits.restart) ? any_friend() : *next;
    }
    return visits;
}

std::vector<Scored> walk_from(
    const Scope& scope,
    std::span<const Node> friends,
    std::uint64_t seed,
    const WalkLimits& limits
) {
    Tally tally = count_visits(scope, friends, seed, limits);
    temper(tally, scope.graph, kFameTempered);
    favour_followers(tally, scope);
    return best_of(tally, friends, scope.self, limits.found);
}

std::vector<Scored>
similar_to(const Scope& scope, Node account, std::uint64_t seed, const SimilarLimits& limits) {
    if (!scope.is_walkable(account)) {
        return {};
    }
    Random random(seed);
    std::vector<Node> followers;
    const Neighbours all = scope.graph.in(account);
    if (all.size() <= limits.followers) {
        followers = all.all();
    } else {
        while (followers.size() < limits.followers) {
            followers.push_back(all.pick(random));
        }
    }
    const std::size_t each =
        std::max(kEntriesMin, limits.entries / std::max<std::size_t>(followers.size(), 1));
    Tally tally;
    for (const Node follower : followers) {
        if (follower != scope.self && scope.is_walkable(follower)) {
            add_list(tally, scope.graph.out(follower), each, random);
        }
    }
    temper(tally, scope.graph, kSimilarTempered);
    return best_of(tally, {&account, 1}, scope.self, limits.found);
}

}  // namespace rookery::discover
