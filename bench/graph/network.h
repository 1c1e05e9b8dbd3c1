#pragma once

#include "base/result.h"
#include "discover/graph/follow_graph.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::graph_bench {

using discover::Node;

/// Follows between nodes; accounts are nodes plus one.
struct Network {
    Node nodes = 0;
    std::vector<std::pair<Node, Node>> edges;  ///< follower, followee; sorted, each once
};

/// Lines "FOLLOWER FOLLOWEE" ("-": of standard input), with ids of any kind of number.
/// `undirected`: each line is a follow both ways.
[[nodiscard]] Result<Network> read_network(const std::string& path, bool undirected);

/// The made-up network of the load generator (load/dataset.h).
[[nodiscard]] Network make_network(std::uint64_t accounts, std::uint64_t seed);

/// The graph of these edges, everybody's lists open.
[[nodiscard]] std::shared_ptr<const discover::GraphBase> build(const Network& network);

}  // namespace rookery::graph_bench
