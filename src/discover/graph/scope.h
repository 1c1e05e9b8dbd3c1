#pragma once

#include "discover/graph/follow_graph.h"

#include <algorithm>
#include <vector>

namespace rookery::discover {

/// Whose eyes a graph is seen with, when people are looked for in it.
///
/// A follow stands in two lists, the follower's and the followee's, and somebody who hides their
/// lists hides both. So that no suggestion tells what is hidden, an edge is only walked in a list
/// that its owner shows: from a follower onwards by the follower's follows, back from a followee by
/// the followee's followers. The lists of the one who looks are open to them.
struct Scope {
    const FollowGraph& graph;
    Node self = 0;
    /// Whom they block or mute and who blocks them: not walked through. Rising.
    std::vector<Node> shut_out;

    [[nodiscard]] bool is_walkable(Node node) const {
        return node == self || (graph.is_open(node) && !std::ranges::binary_search(shut_out, node));
    }
};

/// How much speaks for an account, by whatever measure it was found.
struct Scored {
    Node node = 0;
    double score = 0;
};

}  // namespace rookery::discover
