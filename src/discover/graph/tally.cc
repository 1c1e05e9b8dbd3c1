#include "discover/graph/tally.h"

#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <cmath>

namespace rookery::discover {

namespace {

/// Followers that everybody is given, so that a first one does not count for much.
constexpr double kFollowersGiven = 10;

/// Followers of the viewer that are looked at; of more, the first.
constexpr std::size_t kFollowersMax = 20'000;

/// How often the viewer follows back: a share, drawn towards a third while there are few followers.
double returned_share(const Scope& scope) {
    const Neighbours followers = scope.graph.in(scope.self);
    const auto mutual = intersection(followers, scope.graph.out(scope.self)).size();
    return (static_cast<double>(mutual) + 1) / (static_cast<double>(followers.size()) + 3);
}

}  // namespace

std::vector<Scored>
best_of(const Tally& tally, std::span<const Node> left_out, Node self, std::size_t count) {
    const boost::unordered_flat_set<Node> without(left_out.begin(), left_out.end());
    std::vector<Scored> all;
    all.reserve(tally.size());
    for (const auto& [node, score] : tally) {
        if (node != self && !without.contains(node)) {
            all.push_back({node, score});
        }
    }
    const auto is_better = [](const Scored& a, const Scored& b) {
        return a.score != b.score ? a.score > b.score : a.node < b.node;
    };
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()));
    std::partial_sort(all.begin(), end, all.end(), is_better);
    all.erase(end, all.end());
    return all;
}

void add_list(Tally& tally, const Neighbours& list, std::size_t entries, Random& random) {
    const double weight = 1 / std::sqrt(1 + static_cast<double>(list.size()));
    if (list.size() <= entries) {
        list.for_each([&](Node node) { tally[node] += weight; });
        return;
    }
    const double stands_for = static_cast<double>(list.size()) / static_cast<double>(entries);
    for (std::size_t i = 0; i < entries; ++i) {
        tally[list.pick(random)] += weight * stands_for;
    }
}

void temper(Tally& tally, const FollowGraph& graph, double power) {
    for (auto& [node, score] : tally) {
        const auto followers = static_cast<double>(graph.in(node).size());
        score /= std::pow(followers + kFollowersGiven, power);
    }
}

void favour_followers(Tally& tally, const Scope& scope) {
    if (tally.empty() || scope.self >= scope.graph.nodes()) {
        return;
    }
    double best = 0;
    for (const auto& [node, score] : tally) {
        best = std::max(best, score);
    }
    const double bonus = best * returned_share(scope);
    std::size_t count = 0;
    scope.graph.in(scope.self).for_each([&](Node follower) {
        const auto found = ++count <= kFollowersMax ? tally.find(follower) : tally.end();
        if (found != tally.end()) {
            found->second += bonus;
        }
    });
}

}  // namespace rookery::discover
