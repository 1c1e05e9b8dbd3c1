#pragma once

#include "base/random.h"
#include "discover/graph/scope.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace rookery::discover {

/// What speaks for each node, summed up.
using Tally = boost::unordered_flat_map<Node, double>;

/// The `count` nodes with the highest scores, the highest first, equal ones in the order of nodes;
/// none of `left_out`.
[[nodiscard]] std::vector<Scored>
best_of(const Tally& tally, std::span<const Node> left_out, Node self, std::size_t count);

/// Lets a list speak for its nodes: the less each, the longer it is. Of a list of more than
/// `entries`, so many drawn at random stand for the rest.
void add_list(Tally& tally, const Neighbours& list, std::size_t entries, Random& random);

/// Divides each score by a power of how many follow the node: 0 leaves it, 1 makes it a share.
void temper(Tally& tally, const FollowGraph& graph, double power);

/// Adds to each score of somebody who follows the viewer the best score times the share of their
/// followers that the viewer follows back: who returns follows wants to be told, and a celebrity is
/// not shown a crowd.
void favour_followers(Tally& tally, const Scope& scope);

}  // namespace rookery::discover
