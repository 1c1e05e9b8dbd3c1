#pragma once

#include "discover/graph/follow_graph.h"

#include <cstddef>
#include <vector>

namespace rookery::discover {

/// The accounts with the most followers, the most followed first, of those who are listed and have
/// followers. Looks at every node.
[[nodiscard]] std::vector<AccountId> most_followed(const FollowGraph& graph, std::size_t count);

}  // namespace rookery::discover
