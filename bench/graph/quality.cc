#include "graph/quality.h"

#include "base/random.h"
#include "discover/graph/popular.h"
#include "discover/graph/recommend.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace rookery::graph_bench {

namespace {

using discover::FollowGraph;
using discover::Scope;

constexpr std::size_t kShort = 10;
constexpr std::size_t kLong = 40;

struct Split {
    Network seen;
    std::vector<std::vector<Node>> hidden;  ///< of each node
    std::vector<Node> people;
};

Split split_network(const Network& network, const QualityOptions& options) {
    Split split;
    split.seen.nodes = network.nodes;
    split.hidden.resize(network.nodes);
    for (const auto& [from, to] : network.edges) {
        // The same for both directions if they are to go together.
        const Node low = options.both_ways ? std::min(from, to) : from;
        const Node high = options.both_ways ? std::max(from, to) : to;
        std::uint64_t state = options.seed ^ (std::uint64_t{low} << 32U) ^ high;
        if (Random(split_mix64(state)).chance(options.hidden)) {
            split.hidden[from].push_back(to);
        } else {
            split.seen.edges.emplace_back(from, to);
        }
    }
    std::vector<bool> has_follows(network.nodes);
    for (const auto& [from, to] : split.seen.edges) {
        has_follows[from] = true;
    }
    for (Node node = 0; node < network.nodes; ++node) {
        if (has_follows[node] && !split.hidden[node].empty()) {
            split.people.push_back(node);
        }
    }
    Random random(options.seed);
    for (std::size_t i = 0; i + 1 < split.people.size(); ++i) {
        std::swap(split.people[i], split.people[i + random.below(split.people.size() - i)]);
    }
    split.people.resize(std::min(split.people.size(), options.people));
    return split;
}

using Way = std::function<std::vector<Node>(const Scope&, const std::vector<Node>&)>;

template <class Found>
std::vector<Node> nodes_of(const std::vector<Found>& found) {
    std::vector<Node> nodes;
    std::ranges::transform(found, std::back_inserter(nodes), &Found::node);
    return nodes;
}

void measure(std::string_view name, const FollowGraph& graph, const Split& split, const Way& way) {
    double within_short = 0;
    double within_long = 0;
    for (const Node person : split.people) {
        const Scope scope{.graph = graph, .self = person, .shut_out = {}};
        const std::vector<Node> friends = graph.out(person).all();
        std::size_t place = 0;
        double hits = 0;
        const auto lost = static_cast<double>(split.hidden[person].size());
        for (const Node node : way(scope, friends)) {
            if (node == person || std::ranges::binary_search(friends, node)) {
                continue;
            }
            hits += std::ranges::binary_search(split.hidden[person], node) ? 1 : 0;
            ++place;
            if (place == kShort) {
                within_short += hits / lost;
            }
            if (place == kLong) {
                break;
            }
        }
        within_long += hits / lost;
        within_short += place < kShort ? hits / lost : 0;
    }
    const auto count = static_cast<double>(split.people.size());
    fmt::print("{:<28} {:>9.4f} {:>9.4f}\n", name, within_short / count, within_long / count);
}

}  // namespace

void measure_quality(const Network& network, const QualityOptions& options) {
    const Split split = split_network(network, options);
    const FollowGraph graph(build(split.seen));
    fmt::print(
        "{} accounts, {} follows, {} of them hidden; {} people asked\n{:<28} {:>9} {:>9}\n",
        network.nodes,
        network.edges.size(),
        network.edges.size() - split.seen.edges.size(),
        split.people.size(),
        "",
        "recall@10",
        "recall@40"
    );
    std::vector<Node> popular;
    for (const AccountId id : discover::most_followed(graph, 5'000)) {
        popular.push_back(*graph.node_of(id));
    }
    measure("most followed", graph, split, [&](const Scope&, const auto&) { return popular; });
    measure("friends of friends", graph, split, [](const Scope& scope, const auto& friends) {
        return nodes_of(discover::friends_of_friends(scope, friends, scope.self));
    });
    measure("walks", graph, split, [](const Scope& scope, const auto& friends) {
        return nodes_of(discover::walk_from(scope, friends, scope.self));
    });
    measure("both, as suggested", graph, split, [](const Scope& scope, const auto& friends) {
        return nodes_of(discover::recommend(scope, friends, scope.self));
    });
}

}  // namespace rookery::graph_bench
