#include "discover/graph/walks.h"

#include "discover/graph/friends_of_friends.h"
#include "discover/graph/live_graph.h"
#include "discover/graph/recommend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace rookery::discover {
namespace {

/// A small graph whose accounts are open, numbered as they are named.
class SmallGraph {
public:
    void follow(std::uint64_t from, std::initializer_list<std::uint64_t> all) {
        for (const std::uint64_t to : all) {
            live_.change(GraphChange{AccountId(from), AccountId(to)});
            live_.change(FlagsChange{AccountId(to), kOpen});
        }
        live_.change(FlagsChange{AccountId(from), kOpen});
    }
    void close(std::uint64_t account) { live_.change(FlagsChange{AccountId(account), kClosed}); }

    FollowGraphPtr now() { return live_.now(); }
    Node node(std::uint64_t account) { return *live_.now()->node_of(AccountId(account)); }

private:
    LiveGraph live_;
};

/// Who was found, the best first.
std::vector<std::uint64_t> names(const FollowGraph& graph, const std::vector<Scored>& found) {
    std::vector<std::uint64_t> all;
    for (const Scored& one : found) {
        all.push_back(graph.account_of(one.node).value);
    }
    return all;
}

struct World : SmallGraph {
    World() {
        Random random(77);
        for (std::uint64_t from = 1; from <= kAccounts; ++from) {
            for (int i = 0; i < 6; ++i) {
                const std::uint64_t to = 1 + random.below(random.chance(0.4) ? 5 : kAccounts);
                if (to != from) {
                    follow(from, {to});
                }
            }
        }
        close(9);
        graph = now();
        scope.emplace(Scope{.graph = *graph, .self = node(1), .shut_out = {}});
        friends = graph->out(node(1)).all();
    }

    /// Where a walk goes from a node, by the lists that are open; what is missing to 1 ends it.
    std::vector<double> onwards(Node from) const {
        std::vector<double> to(graph->nodes());
        if (!graph->is_open(from)) {
            return to;
        }
        const auto followers = graph->in(from).all();
        for (const Node follower : followers) {
            if (follower == scope->self || !graph->is_open(follower)) {
                continue;
            }
            const auto follows = graph->out(follower).all();
            for (const Node node : follows) {
                to[node] += 1.0 / static_cast<double>(followers.size() * follows.size());
            }
        }
        return to;
    }

    /// The share of all visits that each node gets in the long run: the personalised PageRank of
    /// the walk, by iteration.
    std::vector<double> exact_shares(double restart) const {
        const Node count = graph->nodes();
        std::vector<std::vector<double>> matrix;
        for (Node node = 0; node < count; ++node) {
            matrix.push_back(onwards(node));
        }
        std::vector<double> at(count);
        std::vector<double> visits(count);
        for (const Node one : friends) {
            at[one] = 1.0 / static_cast<double>(friends.size());
        }
        for (int round = 0; round < 500; ++round) {
            std::ranges::fill(visits, 0);
            double moved = 0;
            for (Node from = 0; from < count; ++from) {
                for (Node to = 0; to < count; ++to) {
                    visits[to] += at[from] * matrix[from][to];
                    moved += at[from] * matrix[from][to];
                }
            }
            const double begun = 1 - (moved * (1 - restart));
            for (Node node = 0; node < count; ++node) {
                at[node] = visits[node] * (1 - restart);
            }
            for (const Node one : friends) {
                at[one] += begun / static_cast<double>(friends.size());
            }
            for (double& visit : visits) {
                visit /= moved;
            }
        }
        return visits;
    }

    static constexpr std::uint64_t kAccounts = 30;
    FollowGraphPtr graph;
    std::optional<Scope> scope;
    std::vector<Node> friends;
};

TEST(Walks, VisitsAreTheExactPersonalisedPageRank) {
    const World world;
    for (const double restart : {0.2, 0.8}) {
        const WalkLimits limits{.steps = 400'000, .restart = restart, .enough_found = 1'000'000};
        const Tally visits = count_visits(*world.scope, world.friends, 3, limits);
        double all = 0;
        for (const auto& [node, count] : visits) {
            all += count;
        }
        const auto exact = world.exact_shares(restart);
        for (Node node = 0; node < world.graph->nodes(); ++node) {
            const auto found = visits.find(node);
            EXPECT_NEAR(found == visits.end() ? 0 : found->second / all, exact[node], 0.005)
                << node << " at " << restart;
        }
    }
}

TEST(Walks, TheSameSeedWalksTheSameWay) {
    const World world;
    const auto first = names(*world.graph, walk_from(*world.scope, world.friends, 5));
    EXPECT_FALSE(first.empty());
    EXPECT_EQ(names(*world.graph, walk_from(*world.scope, world.friends, 5)), first);
    const WalkLimits few{.steps = 30};
    EXPECT_NE(
        names(*world.graph, walk_from(*world.scope, world.friends, 5, few)),
        names(*world.graph, walk_from(*world.scope, world.friends, 6, few))
    );
}

TEST(Walks, EndEarlyWhenTheyHaveFoundEnough) {
    const World world;
    const WalkLimits limits{.steps = 400'000, .enough_found = 3, .enough_visits = 10};
    double all = 0;
    for (const auto& [node, count] : count_visits(*world.scope, world.friends, 3, limits)) {
        all += count;
    }
    EXPECT_LT(all, 1'000);
}

TEST(Walks, FindNeitherTheViewerNorFriends) {
    const World world;
    for (const Recommended& one : recommend(*world.scope, world.friends, 1)) {
        EXPECT_NE(one.node, world.scope->self);
        EXPECT_THAT(world.friends, testing::Not(testing::Contains(one.node)));
    }
}

TEST(FriendsOfFriends, WhoIsCloseStandsBeforeWhoIsFamous) {
    SmallGraph small;
    small.follow(1, {2, 3, 4});
    small.follow(2, {10, 50});
    small.follow(3, {10, 50});
    small.follow(4, {50});
    for (std::uint64_t fan = 100; fan < 400; ++fan) {
        small.follow(fan, {50});
    }
    const auto graph = small.now();
    const Scope scope{.graph = *graph, .self = small.node(1), .shut_out = {}};
    const auto friends = graph->out(small.node(1)).all();
    EXPECT_EQ(
        names(*graph, friends_of_friends(scope, friends, 1)), (std::vector<std::uint64_t>{10, 50})
    );
}

TEST(FriendsOfFriends, AFriendWhoFollowsEverybodySaysLittle) {
    SmallGraph small;
    small.follow(1, {2, 3});
    small.follow(2, {10});
    for (std::uint64_t other = 20; other < 120; ++other) {
        small.follow(3, {other});
    }
    const auto graph = small.now();
    const Scope scope{.graph = *graph, .self = small.node(1), .shut_out = {}};
    const auto friends = graph->out(small.node(1)).all();
    EXPECT_EQ(names(*graph, friends_of_friends(scope, friends, 1)).front(), 10U);
}

TEST(FriendsOfFriends, WhoReturnsFollowsIsShownTheirFollowersFirst) {
    SmallGraph small;
    small.follow(1, {2, 3, 4});
    for (const std::uint64_t other : {2, 3, 4}) {
        small.follow(other, {1, 10, 11});
    }
    small.follow(11, {1});
    const auto graph = small.now();
    const Scope scope{.graph = *graph, .self = small.node(1), .shut_out = {}};
    const auto friends = graph->out(small.node(1)).all();
    EXPECT_EQ(
        names(*graph, friends_of_friends(scope, friends, 1)), (std::vector<std::uint64_t>{11, 10})
    );
}

TEST(FriendsOfFriends, ListsThatAreNotOpenToTheViewerAreNotRead) {
    SmallGraph small;
    small.follow(1, {2, 3});
    small.follow(2, {10});
    small.follow(3, {11});
    small.follow(7, {2, 12});
    const auto found = [&](std::vector<Node> shut_out) {
        const auto graph = small.now();
        const Scope scope{.graph = *graph, .self = small.node(1), .shut_out = std::move(shut_out)};
        const auto friends = graph->out(small.node(1)).all();
        auto all = names(*graph, friends_of_friends(scope, friends, 1));
        std::ranges::copy(names(*graph, walk_from(scope, friends, 1)), std::back_inserter(all));
        std::ranges::sort(all);
        return all;
    };
    EXPECT_EQ(found({}), (std::vector<std::uint64_t>{10, 11, 12}));
    EXPECT_EQ(found({small.node(7)}), (std::vector<std::uint64_t>{10, 11}));
    small.close(3);
    EXPECT_EQ(found({}), (std::vector<std::uint64_t>{10, 12}));
    small.close(2);
    EXPECT_TRUE(found({}).empty());
}

TEST(SimilarTo, AreThoseWhoseFollowersAreTheSame) {
    SmallGraph small;
    for (std::uint64_t fan = 100; fan < 120; ++fan) {
        small.follow(fan, {1, 2});
        small.follow(fan, {3 + (fan % 4)});
    }
    for (std::uint64_t fan = 200; fan < 230; ++fan) {
        small.follow(fan, {3});
    }
    const auto graph = small.now();
    const Scope scope{.graph = *graph, .self = graph->nodes(), .shut_out = {}};
    const auto found = names(*graph, similar_to(scope, small.node(1), 1));
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(found.front(), 2U);
    EXPECT_EQ(found.back(), 3U) << "whom everybody else follows, too";
}

}  // namespace
}  // namespace rookery::discover
