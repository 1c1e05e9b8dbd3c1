#include "discover/graph/live_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

namespace rookery::discover {
namespace {

using Edge = std::pair<std::uint64_t, std::uint64_t>;

/// A graph that merges after few changes and in many steps, so that short histories see all of it.
constexpr LiveGraphConfig kSmall{.merged_changes_min = 20, .step_edges = 7};

std::uint64_t first_seed() {
    const char* chosen = std::getenv("ROOKERY_SIM_SEED");  // NOLINT(concurrency-mt-unsafe)
    return chosen == nullptr ? 1 : std::strtoull(chosen, nullptr, 10);
}

std::shared_ptr<const GraphBase> base_of(const std::set<Edge>& edges) {
    std::set<std::uint64_t> accounts;
    for (const auto& [from, to] : edges) {
        accounts.insert({from, to});
    }
    std::vector<AccountId> ids;
    for (const std::uint64_t account : accounts) {
        ids.emplace_back(account);
    }
    GraphBuilder builder(ids, std::vector<std::uint8_t>(ids.size(), kOpen), edges.size());
    for (const AccountId id : ids) {
        std::vector<Node> row;
        for (auto at = edges.lower_bound({id.value, 0}); at != edges.end() && at->first == id.value;
             ++at) {
            row.push_back(*builder.node_of(AccountId(at->second)));
        }
        builder.add_row(row);
    }
    while (builder.work(5)) {
    }
    return builder.made();
}

std::vector<std::uint64_t> ids_of(const FollowGraph& graph, const Neighbours& neighbours) {
    std::vector<std::uint64_t> ids;
    neighbours.for_each([&](Node node) { ids.push_back(graph.account_of(node).value); });
    EXPECT_EQ(ids.size(), neighbours.size());
    std::ranges::sort(ids);
    return ids;
}

/// Every question that a graph answers, compared with a set of edges.
void expect_equal(const FollowGraph& graph, const std::set<Edge>& edges, std::uint64_t accounts) {
    EXPECT_EQ(graph.edges(), edges.size());
    std::map<std::uint64_t, std::vector<std::uint64_t>> out;
    std::map<std::uint64_t, std::vector<std::uint64_t>> in;
    for (const auto& [from, to] : edges) {
        out[from].push_back(to);
        in[to].push_back(from);
    }
    Random random(accounts);
    for (std::uint64_t account = 1; account <= accounts; ++account) {
        const auto node = graph.node_of(AccountId(account));
        if (!node) {
            EXPECT_TRUE(out[account].empty() && in[account].empty()) << account;
            continue;
        }
        EXPECT_EQ(graph.account_of(*node), AccountId(account));
        EXPECT_EQ(ids_of(graph, graph.out(*node)), out[account]);
        EXPECT_EQ(ids_of(graph, graph.in(*node)), in[account]);
        if (!out[account].empty()) {
            const Node picked = graph.out(*node).pick(random);
            EXPECT_TRUE(edges.contains({account, graph.account_of(picked).value}));
        }
        const std::uint64_t other = 1 + random.below(accounts);
        if (const auto second = graph.node_of(AccountId(other))) {
            EXPECT_EQ(graph.follows(*node, *second), edges.contains({account, other}));
            std::vector<std::uint64_t> both;
            std::ranges::set_intersection(out[account], in[other], std::back_inserter(both));
            std::vector<std::uint64_t> found;
            for (const Node one : intersection(graph.out(*node), graph.in(*second))) {
                found.push_back(graph.account_of(one).value);
            }
            std::ranges::sort(found);
            EXPECT_EQ(found, both);
        }
    }
}

struct History {
    explicit History(std::uint64_t seed) : random(seed) {}

    GraphChange made_up() {
        const std::uint64_t from = 1 + random.below(kAccounts);
        // Half of all follow the few, so that there are long lists.
        const std::uint64_t to = 1 + random.below(random.chance(0.5) ? 5 : kAccounts);
        return {AccountId(from), AccountId(to), random.chance(0.65)};
    }

    void apply(const GraphChange& change) {
        live.change(change);
        if (random.chance(0.2)) {
            live.change(change);  // twice
        }
        const Edge edge(change.follower.value, change.followee.value);
        if (!change.follows) {
            edges.erase(edge);
        } else if (edge.first != edge.second) {
            edges.insert(edge);
        }
    }

    static constexpr std::uint64_t kAccounts = 40;
    Random random;
    LiveGraph live{kSmall};
    std::set<Edge> edges;
};

TEST(LiveGraph, EqualsASetOfEdgesThroughRandomHistories) {
    for (std::uint64_t seed = first_seed(); seed < first_seed() + 20; ++seed) {
        SCOPED_TRACE("ROOKERY_SIM_SEED=" + std::to_string(seed));
        History history(seed);
        bool is_merging = false;
        for (int step = 0; step < 1'500 && !testing::Test::HasFailure(); ++step) {
            history.apply(history.made_up());
            if (history.random.chance(0.4)) {
                is_merging = history.live.merge();
            }
            if (!is_merging && history.random.chance(0.01)) {
                // A base that is made of a state in the middle, while changes come: those before
                // it was read come once more, as late events do.
                history.live.begin_base();
                const GraphChange early = history.made_up();
                history.apply(early);
                const auto base = base_of(history.edges);
                history.apply(history.made_up());
                history.live.replace_base(base);
            }
            if (history.random.chance(0.05)) {
                expect_equal(*history.live.now(), history.edges, History::kAccounts);
            }
        }
        expect_equal(*history.live.now(), history.edges, History::kAccounts);
        while (history.live.merge()) {
        }
        EXPECT_LE(history.live.now()->overlay_size(), kSmall.merged_changes_min);
        expect_equal(*history.live.now(), history.edges, History::kAccounts);
    }
}

TEST(LiveGraph, AFormerMomentStaysAsItWas) {
    History history(3);
    for (int i = 0; i < 100; ++i) {
        history.apply(history.made_up());
    }
    const auto before = history.live.now();
    const auto edges = history.edges;
    for (int i = 0; i < 300; ++i) {
        history.apply(history.made_up());
        static_cast<void>(history.live.merge());
    }
    expect_equal(*before, edges, History::kAccounts);
}

TEST(LiveGraph, AnAccountIsUnknownUntilSomebodyLooks) {
    LiveGraph live(kSmall);
    live.change(FlagsChange{AccountId(7), kOpen});
    EXPECT_FALSE(live.now()->node_of(AccountId(7))) << "flags alone make no node";
    live.change(GraphChange{AccountId(7), AccountId(9)});
    const Node seven = *live.now()->node_of(AccountId(7));
    EXPECT_FALSE(live.now()->is_open(seven));
    EXPECT_FALSE(live.now()->is_listed(seven));
    live.change(FlagsChange{AccountId(7), kUnlisted});
    EXPECT_TRUE(live.now()->is_open(seven));
    EXPECT_FALSE(live.now()->is_listed(seven));
    for (std::uint64_t i = 10; i < 50; ++i) {
        live.change(GraphChange{AccountId(i), AccountId(1)});
    }
    while (live.merge()) {
    }
    const auto merged = live.now();
    EXPECT_EQ(merged->overlay_size(), 0U);
    EXPECT_EQ(merged->flags(*merged->node_of(AccountId(7))), kUnlisted);
    EXPECT_EQ(merged->flags(*merged->node_of(AccountId(9))), kUnknown);
}

TEST(LiveGraph, APickIsAsLikelyAsAnyOther) {
    std::set<Edge> edges;
    for (std::uint64_t i = 2; i <= 21; ++i) {
        edges.insert({1, i});
    }
    LiveGraph live(kSmall);
    live.replace_base(base_of(edges));
    for (std::uint64_t i = 2; i <= 11; ++i) {  // ten of the base left, and ten added
        live.change(GraphChange{AccountId(1), AccountId(i), false});
        live.change(GraphChange{AccountId(1), AccountId(100 + i)});
    }
    const auto graph = live.now();
    const Neighbours follows = graph->out(*graph->node_of(AccountId(1)));
    ASSERT_EQ(follows.size(), 20U);
    Random random(5);
    std::map<Node, int> times;
    for (int i = 0; i < 20'000; ++i) {
        ++times[follows.pick(random)];
    }
    EXPECT_EQ(times.size(), 20U);
    for (const auto& [node, count] : times) {
        EXPECT_NEAR(count, 1'000, 150) << node;
    }
}

TEST(LiveGraph, ReadersWritersAndMergesGoOnTogether) {
    LiveGraph live({.merged_changes_min = 50, .step_edges = 40});
    std::atomic<bool> ended{false};
    std::thread writer([&] {
        Random random(1);
        for (int i = 0; i < 6'000; ++i) {
            live.change(GraphChange{
                AccountId(1 + random.below(100)),
                AccountId(1 + random.below(100)),
                random.chance(0.7)
            });
        }
        // What must be there at the end.
        live.change(GraphChange{AccountId(500), AccountId(501)});
        ended = true;
    });
    std::thread merger([&] {
        while (!ended) {
            static_cast<void>(live.merge());
        }
    });
    std::uint64_t seen = 0;
    while (!ended) {
        const auto graph = live.now();
        std::uint64_t entries = 0;
        for (Node node = 0; node < graph->nodes(); ++node) {
            graph->in(node).for_each([&](Node follower) {
                entries += graph->follows(follower, node) ? 1 : 1'000'000;
            });
        }
        EXPECT_EQ(entries, graph->edges());
        seen += entries;
    }
    writer.join();
    merger.join();
    const auto last = live.now();
    EXPECT_TRUE(last->follows(*last->node_of(AccountId(500)), *last->node_of(AccountId(501))));
    EXPECT_GE(seen, 0U);
}

}  // namespace
}  // namespace rookery::discover
