#include "discover/graph/graph_keeper.h"

#include "discover/graph/row_limit.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/follows.h"
#include "social/graph_import.h"
#include "social/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace rookery::discover {
namespace {

namespace tables = social::tables;
using Edge = std::pair<std::uint64_t, std::uint64_t>;

/// People who follow each other over a store in memory, and a keeper that is told of commits.
class GraphKeeperTest : public testing::Test {
protected:
    GraphKeeperTest() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = social::decode(stored);
                accounts_.on_committed(*event);
                keeper_->on_committed(*event);
            }
        });
    }

    AccountId person() {
        const auto made =
            kit::run(accounts_.create({.username = "p" + std::to_string(people_.size())}));
        people_.push_back((*made)->id);
        return people_.back();
    }
    void follow(AccountId from, AccountId to) {
        EXPECT_TRUE(kit::run(follows_.follow(from, to, {})));
    }
    void unfollow(AccountId from, AccountId to) {
        EXPECT_TRUE(kit::run(follows_.unfollow(from, to)));
    }
    void update(AccountId account, social::AccountChanges changes) {
        EXPECT_TRUE(kit::run(accounts_.update(account, std::move(changes))));
    }
    void work() {
        while (*kit::run(keeper_->work())) {
        }
    }

    [[nodiscard]] std::set<Edge> stored() const {
        std::set<Edge> edges;
        for (const auto& [key, value] : store_.rows()) {
            if (key.table == tables::kFollows) {
                edges.emplace(
                    tables::parse_id_bytes(key.partition), tables::parse_id_bytes(key.sort)
                );
            }
        }
        return edges;
    }
    [[nodiscard]] std::set<Edge> kept() {
        std::set<Edge> edges;
        const auto graph = keeper_->graph();
        for (Node node = 0; node < graph->nodes(); ++node) {
            graph->out(node).for_each([&](Node followee) {
                edges.emplace(graph->account_of(node).value, graph->account_of(followee).value);
            });
        }
        return edges;
    }
    [[nodiscard]] std::uint8_t flags(AccountId account) {
        const auto graph = keeper_->graph();
        return graph->flags(*graph->node_of(account));
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator ids_{clock_, 0, 1};
    BlockingPool pool_{1};
    social::Environment environment_{store_, clock_, ids_, pool_, "home.example"};
    social::Accounts accounts_{environment_, {}};
    social::Follows follows_{environment_, accounts_};
    GraphKeeperConfig config_{.live = {.merged_changes_min = 15, .step_edges = 5}};
    std::unique_ptr<GraphKeeper> keeper_ =
        std::make_unique<GraphKeeper>(config_, store_, accounts_);
    std::vector<AccountId> people_;
};

TEST_F(GraphKeeperTest, IsTheStoredFollowsThroughRandomHistories) {
    Random random(11);
    for (int i = 0; i < 12; ++i) {
        person();
    }
    for (int step = 0; step < 1'200; ++step) {
        const AccountId from = people_[random.below(people_.size())];
        const AccountId to = people_[random.below(people_.size())];
        const std::uint64_t chosen = random.below(100);
        if (from == to) {
            continue;
        }
        if (chosen < 50) {
            static_cast<void>(kit::run(follows_.follow(from, to, {})));  // unless blocked
        } else if (chosen < 75) {
            unfollow(from, to);
        } else if (chosen < 80) {
            EXPECT_TRUE(kit::run(follows_.block(from, to)));
            EXPECT_TRUE(kit::run(follows_.unblock(from, to)));
        } else if (chosen < 82 && people_.size() < 60) {
            person();
        } else if (chosen < 84) {
            social::GraphImport import(environment_, "import" + std::to_string(step));
            EXPECT_TRUE(kit::run(import.begin()));
            EXPECT_TRUE(kit::run(import.add({{from, to}, {to, from}}, 2)));
            EXPECT_TRUE(kit::run(import.finish()));
        } else if (chosen < 85) {
            // A restart: what is in memory is gone.
            keeper_ = std::make_unique<GraphKeeper>(config_, store_, accounts_);
        }
        for (std::uint64_t i = random.below(4); i > 0; --i) {
            ASSERT_TRUE(kit::run(keeper_->work()));
        }
        if (random.chance(0.05)) {
            work();
            ASSERT_EQ(kept(), stored()) << "step " << step;
        } else if (keeper_->graph() && !keeper_->figures().building) {
            ASSERT_EQ(kept(), stored()) << "at once, step " << step;
        }
    }
}

TEST_F(GraphKeeperTest, ThereIsNoGraphUntilAllWasRead) {
    follow(person(), person());
    EXPECT_EQ(keeper_->graph(), nullptr);
    ASSERT_TRUE(kit::run(keeper_->work()));
    EXPECT_EQ(keeper_->graph(), nullptr);
    work();
    EXPECT_EQ(kept(), stored());
    EXPECT_EQ(keeper_->figures().built, 1U);
}

TEST_F(GraphKeeperTest, AFailedReadIsTriedAgain) {
    follow(person(), person());
    store_.fail_reads(1);
    EXPECT_TRUE(kit::run(keeper_->work())) << "begins without reading";
    EXPECT_FALSE(kit::run(keeper_->work()));
    work();
    EXPECT_EQ(kept(), stored());
}

TEST_F(GraphKeeperTest, KnowsWhoHidesTheirListsAndWhoIsNotSuggested) {
    const AccountId hides = person();
    const AccountId shy = person();
    const AccountId gone = person();
    social::AccountChanges changes;
    changes.hide_collections = true;
    update(hides, changes);
    follow(hides, shy);
    follow(gone, shy);
    work();
    EXPECT_EQ(flags(hides), kClosed);
    EXPECT_EQ(flags(shy), kOpen);

    update(shy, {.discoverable = false});
    update(gone, {.suspended = true});
    update(hides, {.hide_collections = false});
    work();
    EXPECT_EQ(flags(hides), kOpen);
    EXPECT_EQ(flags(shy), kUnlisted);
    EXPECT_EQ(flags(gone), kClosed | kUnlisted);

    const AccountId late = person();
    follow(late, hides);
    EXPECT_EQ(flags(late), kUnknown) << "until somebody looked";
    work();
    EXPECT_EQ(flags(late), kOpen);
}

TEST_F(GraphKeeperTest, OfTooManyFollowsTheNewestOfEachAreKept) {
    config_.edges_max = 12;
    keeper_ = std::make_unique<GraphKeeper>(config_, store_, accounts_);
    const AccountId many = person();
    for (int i = 0; i < 12; ++i) {
        follow(many, person());
        follow(people_.back(), many);
    }
    work();
    // Twelve of one each, which leaves one of twelve for the one who follows all.
    EXPECT_EQ(keeper_->figures().follows_of_one_max, 1U);
    const auto edges = kept();
    EXPECT_EQ(edges.size(), 13U);
    EXPECT_TRUE(edges.contains({many.value, people_.back().value})) << "the newest";
}

TEST_F(GraphKeeperTest, ListsLongerThanOneReadAreWhole) {
    std::vector<social::ImportedEdge> edges;
    for (std::uint64_t i = 2; i < 11'003; ++i) {
        edges.push_back({AccountId(1), AccountId(i)});
    }
    social::GraphImport import(environment_, "long");
    EXPECT_TRUE(kit::run(import.begin()));
    EXPECT_TRUE(kit::run(import.add(edges, edges.size())));
    EXPECT_TRUE(kit::run(import.finish()));
    work();
    EXPECT_EQ(keeper_->graph()->edges(), 11'001U);
    EXPECT_EQ(kept(), stored());
}

TEST(FollowsOfOne, IsTheLargestThatFits) {
    const std::vector<std::uint32_t> follows{1, 5, 100, 3};
    EXPECT_EQ(follows_of_one(follows, 109), kAllFollows);
    EXPECT_EQ(follows_of_one(follows, 108), 99U);
    EXPECT_EQ(follows_of_one(follows, 14), 5U);
    EXPECT_EQ(follows_of_one(follows, 2), 1U) << "at least one";
}

}  // namespace
}  // namespace rookery::discover
