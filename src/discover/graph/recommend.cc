#include "discover/graph/recommend.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>

namespace rookery::discover {

namespace {

/// The smaller, the more the first ranks count.
constexpr double kRankGiven = 20;
constexpr double kWalksWeight = 0.5;
/// What one friend alone speaks for, among friends of friends: whoever follows few has many of
/// these, in no order that means anything.
constexpr double kOneFriendWeight = 0.2;

/// Whether two of those whom the viewer follows, and whose lists are open, follow the node.
bool is_known_to_several(const Scope& scope, Node node) {
    if (scope.self >= scope.graph.nodes()) {
        return false;
    }
    const auto between = intersection(scope.graph.out(scope.self), scope.graph.in(node));
    return std::ranges::count_if(between, [&](Node one) { return scope.is_walkable(one); }) > 1;
}

class Fusion {
public:
    /// `weight_of(node)` is what a place in this ranking counts.
    template <class WeightOf>
    void add(const std::vector<Scored>& ranked, SuggestionSource source, WeightOf weight_of) {
        for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
            Recommended& one = all_[ranked[rank].node];
            one.node = ranked[rank].node;
            one.score += weight_of(one.node) / (kRankGiven + static_cast<double>(rank));
            one.sources |= source;
        }
    }

    [[nodiscard]] std::vector<Recommended> best(std::size_t count) const {
        std::vector<Recommended> ranked;
        ranked.reserve(all_.size());
        for (const auto& [node, one] : all_) {
            ranked.push_back(one);
        }
        std::ranges::sort(ranked, [](const Recommended& a, const Recommended& b) {
            return a.score != b.score ? a.score > b.score : a.node < b.node;
        });
        ranked.resize(std::min(ranked.size(), count));
        return ranked;
    }

private:
    boost::unordered_flat_map<Node, Recommended> all_;
};

}  // namespace

std::vector<Recommended> recommend(
    const Scope& scope,
    std::span<const Node> friends,
    std::uint64_t seed,
    const RecommendLimits& limits
) {
    const auto walked = friends.first(std::min(friends.size(), limits.walked_friends));
    std::vector<Scored> by_walks = walk_from(scope, walked, seed, limits.walks);
    // Walks begin at some of the friends and may come to the others.
    std::vector<Node> all_friends(friends.begin(), friends.end());
    std::ranges::sort(all_friends);
    std::erase_if(by_walks, [&](const Scored& one) {
        return std::ranges::binary_search(all_friends, one.node);
    });
    Fusion fusion;
    fusion.add(
        friends_of_friends(scope, friends, seed, limits.friends_of_friends),
        kFriendsOfFriends,
        [&](Node node) { return is_known_to_several(scope, node) ? 1 : kOneFriendWeight; }
    );
    fusion.add(by_walks, kSimilarToRecentlyFollowed, [](Node) { return kWalksWeight; });
    return fusion.best(limits.found);
}

}  // namespace rookery::discover
