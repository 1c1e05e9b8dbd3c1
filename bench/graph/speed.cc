#include "graph/speed.h"

#include "base/random.h"
#include "discover/graph/live_graph.h"
#include "discover/graph/popular.h"
#include "discover/graph/recommend.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <functional>

namespace rookery::graph_bench {

namespace {

using discover::FollowGraph;
using discover::Scope;
/// Of this thread, so that others' work on the machine does not count.
double cpu_milliseconds() {
    timespec time{};
    static_cast<void>(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time));
    return (static_cast<double>(time.tv_sec) * 1e3) + (static_cast<double>(time.tv_nsec) / 1e6);
}

double milliseconds_since(double begin) {
    return cpu_milliseconds() - begin;
}

/// Calls ask(i) so many times; prints the median, the 99th percentile and the longest.
void measure(
    std::string_view name,
    std::size_t times,
    const std::function<std::size_t(std::size_t)>& ask
) {
    std::vector<double> taken;
    std::size_t found = 0;
    for (std::size_t i = 0; i < times; ++i) {
        const double begin = cpu_milliseconds();
        found += ask(i);
        taken.push_back(milliseconds_since(begin));
    }
    std::ranges::sort(taken);
    fmt::print(
        "{:<34} {:>8.3f} {:>8.3f} {:>8.3f}  {:.1f} found\n",
        name,
        taken[taken.size() / 2],
        taken[taken.size() * 99 / 100],
        taken.back(),
        static_cast<double>(found) / static_cast<double>(times)
    );
}

void measure_changes(discover::LiveGraph& live, const Network& network, Random& random) {
    constexpr std::size_t kChanges = 9'000;
    const auto account = [&] { return AccountId(1 + random.below(network.nodes)); };
    double begin = cpu_milliseconds();
    for (std::size_t i = 0; i < kChanges; ++i) {
        live.change(discover::GraphChange{account(), account()});
    }
    const double noted = milliseconds_since(begin);
    begin = cpu_milliseconds();
    constexpr int kLooks = 1'000;
    for (int i = 0; i < kLooks; ++i) {
        live.change(discover::GraphChange{account(), account()});
        static_cast<void>(live.now());
    }
    const double looked = milliseconds_since(begin);
    fmt::print(
        "a follow noted {:.2f} us; a follow and then a look {:.1f} us\n",
        noted * 1000 / kChanges,
        looked * 1000 / kLooks
    );
}

void measure_merge(const FollowGraph& graph) {
    discover::GraphMerge merge(std::make_shared<const FollowGraph>(graph));
    const double begin = cpu_milliseconds();
    double longest = 0;
    for (bool more = true; more;) {
        const double step = cpu_milliseconds();
        more = merge.work(discover::LiveGraphConfig{}.step_edges);
        longest = std::max(longest, milliseconds_since(step));
    }
    fmt::print(
        "merged into a new base in {:.0f} ms, in steps of {:.1f} ms at most\n",
        milliseconds_since(begin),
        longest
    );
}

void measure_queries(const FollowGraph& graph, std::size_t people, Random& random) {
    std::vector<Node> asking;
    while (asking.size() < people + 1) {
        const auto node = static_cast<Node>(random.below(graph.nodes()));
        if (!graph.out(node).empty()) {
            asking.push_back(node);
        }
    }
    const auto scope_of = [&](std::size_t i) {
        return Scope{.graph = graph, .self = asking[i], .shut_out = {}};
    };
    const auto friends_of = [&](std::size_t i) { return graph.out(asking[i]).all(); };
    // Somebody two steps away: whose profile one looks at.
    const auto other = [&](std::size_t i) {
        const auto follows = graph.out(graph.out(asking[i]).pick(random));
        return follows.empty() ? asking[i + 1] : follows.pick(random);
    };
    fmt::print("{:<34} {:>8} {:>8} {:>8}\n", "milliseconds of CPU", "median", "p99", "longest");
    measure("friends of friends", people, [&](std::size_t i) {
        return discover::friends_of_friends(scope_of(i), friends_of(i), i).size();
    });
    measure("walks", people, [&](std::size_t i) {
        return discover::walk_from(scope_of(i), friends_of(i), i).size();
    });
    measure("suggestions: both, merged", people, [&](std::size_t i) {
        return discover::recommend(scope_of(i), friends_of(i), i).size();
    });
    measure("people like these", people, [&](std::size_t i) {
        return discover::similar_to(scope_of(i), other(i), i).size();
    });
    measure("familiar followers", people, [&](std::size_t i) {
        return intersection(graph.out(asking[i]), graph.in(other(i))).size();
    });
    measure("mutuals", people, [&](std::size_t i) {
        const Node node = other(i);
        return intersection(graph.out(node), graph.in(node)).size();
    });
    measure("paths of two steps, all four", people, [&](std::size_t i) {
        const Node node = other(i);
        return intersection(graph.out(asking[i]), graph.in(node)).size() +
               intersection(graph.in(asking[i]), graph.out(node)).size() +
               intersection(graph.out(asking[i]), graph.out(node)).size() +
               intersection(graph.in(asking[i]), graph.in(node)).size();
    });
    measure("the 400 most followed of all", 5, [&](std::size_t /*i*/) {
        return discover::most_followed(graph, 400).size();
    });
}

}  // namespace

void measure_speed(const Network& network, std::size_t people, std::uint64_t seed) {
    const double begin = cpu_milliseconds();
    const auto base = build(network);
    const double built = milliseconds_since(begin);
    fmt::print(
        "{} accounts, {} follows: built in {:.0f} ms, {:.1f} MB, {:.2f} bytes a follow both ways\n",
        network.nodes,
        network.edges.size(),
        built,
        static_cast<double>(base->bytes()) / 1e6,
        static_cast<double>(base->bytes()) / static_cast<double>(network.edges.size())
    );
    Random random(seed);
    discover::LiveGraph live;
    live.replace_base(base);
    measure_changes(live, network, random);
    const auto graph = live.now();
    measure_merge(*graph);
    measure_queries(*graph, people, random);
}

}  // namespace rookery::graph_bench
