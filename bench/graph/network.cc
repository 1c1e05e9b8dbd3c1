#include "graph/network.h"

#include "discover/graph/graph_builder.h"
#include "load/dataset.h"
#include "load/graph.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>

namespace rookery::graph_bench {

namespace {

constexpr std::size_t kEdgesPerStep = 1'000'000;

void sort_edges(Network& network) {
    std::ranges::sort(network.edges);
    const auto twice = std::ranges::unique(network.edges);
    network.edges.erase(twice.begin(), twice.end());
}

}  // namespace

Result<Network> read_network(const std::string& path, bool undirected) {
    std::ifstream file;
    if (path != "-") {
        file.open(path);
        if (!file) {
            return fail(ErrorCode::kNotFound, "cannot read " + path);
        }
    }
    std::istream& in = path == "-" ? std::cin : file;
    Network network;
    boost::unordered_flat_map<std::uint64_t, Node> nodes;
    const auto node_of = [&](std::uint64_t id) {
        return nodes.try_emplace(id, static_cast<Node>(nodes.size())).first->second;
    };
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line[0] == '#' || line[0] == '%') {
            continue;
        }
        const auto edge = load::parse_edge(line);
        if (!edge) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format("{}, line {}: must be \"FOLLOWER FOLLOWEE\"", path, number)
            );
        }
        if (edge->first == edge->second) {
            continue;
        }
        const Node from = node_of(edge->first);
        const Node to = node_of(edge->second);
        network.edges.emplace_back(from, to);
        if (undirected) {
            network.edges.emplace_back(to, from);
        }
    }
    network.nodes = static_cast<Node>(nodes.size());
    sort_edges(network);
    return network;
}

Network make_network(std::uint64_t accounts, std::uint64_t seed) {
    const load::MadeUpGraph graph({.accounts = accounts, .seed = seed});
    Network network;
    network.nodes = static_cast<Node>(accounts);
    for (std::uint64_t account = 1; account <= accounts; ++account) {
        for (const std::uint64_t followee : graph.followees(account)) {
            network.edges.emplace_back(
                static_cast<Node>(account - 1), static_cast<Node>(followee - 1)
            );
        }
    }
    sort_edges(network);
    return network;
}

std::shared_ptr<const discover::GraphBase> build(const Network& network) {
    std::vector<AccountId> ids;
    ids.reserve(network.nodes);
    for (Node node = 0; node < network.nodes; ++node) {
        ids.emplace_back(node + std::uint64_t{1});
    }
    std::vector<std::uint8_t> flags(network.nodes, discover::kOpen);
    discover::GraphBuilder builder(std::move(ids), std::move(flags), network.edges.size());
    std::vector<Node> row;
    auto edge = network.edges.begin();
    for (Node node = 0; node < network.nodes; ++node) {
        row.clear();
        for (; edge != network.edges.end() && edge->first == node; ++edge) {
            row.push_back(edge->second);
        }
        builder.add_row(row);
    }
    while (builder.work(kEdgesPerStep)) {
    }
    return builder.made();
}

}  // namespace rookery::graph_bench
