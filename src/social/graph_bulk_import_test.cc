#include "social/graph_bulk_import.h"

#include "base/random.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "kit/temporary_directory.h"
#include "social/follows.h"
#include "social/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rookery::social {
namespace {

using Edges = std::vector<ImportedEdge>;

ImportedEdge edge(std::uint64_t follower, std::uint64_t followee) {
    return {AccountId(follower), AccountId(followee)};
}

/// A server's data in memory.
struct Data {
    Data() {
        store.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                accounts.on_committed(decode(stored.event).value());
            }
        });
    }
    AccountCounts counts(std::uint64_t id) {
        return kit::run(accounts.counts({AccountId(id)})).value().at(0);
    }
    void create(std::uint64_t id, const std::string& name) {
        ASSERT_TRUE(kit::run(accounts.create({.username = name, .id = AccountId(id)})));
    }
    /// Without what depends on relation ids: the pairs, and per list whom it names.
    std::multiset<std::pair<ports::Table, std::string>> rows_without_ids() const {
        std::multiset<std::pair<ports::Table, std::string>> found;
        for (const auto& [key, value] : store.rows()) {
            const bool is_list = key.table == tables::kFollowing || key.table == tables::kFollowers;
            if (key.table == tables::kFollows) {
                found.emplace(key.table, key.partition + key.sort);
            } else {
                found.emplace(key.table, key.partition + (is_list ? "" : key.sort) + value);
            }
        }
        return found;
    }

    kit::ManualClock clock;
    kit::MemoryStore store{clock};
    IdGenerator generator{clock, 1, 42};
    BlockingPool pool{1};
    Environment environment{store, clock, generator, pool};
    Accounts accounts{environment, {}};
    Follows follows{environment, accounts};
};

class GraphBulkImportTest : public testing::Test {
protected:
    GraphBulkImport bulk(Data& data) {
        // Chunks so small that many runs must be merged.
        return {
            data.environment,
            data.accounts,
            "g",
            {.scratch = scratch_.path(), .chunk_edges = 64, .threads = 3}
        };
    }
    ImportProgress import(Data& data, const Edges& edges) {
        GraphBulkImport import = bulk(data);
        EXPECT_TRUE(kit::run(import.begin()).value());
        for (const ImportedEdge& one : edges) {
            EXPECT_TRUE(import.add(one));
        }
        return kit::run(import.finish(edges.size())).value();
    }

    kit::TemporaryDirectory scratch_;
    Data data_;
};

Edges random_edges(std::uint64_t people, std::uint64_t step, int count) {
    Random random(7);
    Edges edges;
    for (int i = 0; i < count; ++i) {
        edges.push_back(edge(step * (1 + random.below(people)), step * (1 + random.below(people))));
    }
    return edges;
}

TEST_F(GraphBulkImportTest, MakesTheRowsOfAnImportStepByStep) {
    const Edges edges = random_edges(60, 1, 2000);
    Data other;
    for (Data* made : {&data_, &other}) {
        made->create(7, "seventh");
        made->create(100, "u9");
    }
    const ImportProgress done = import(data_, edges);
    GraphImport steps(other.environment, "g");
    ASSERT_TRUE(kit::run(steps.begin()));
    ASSERT_TRUE(kit::run(steps.add(edges, edges.size())));
    EXPECT_EQ(done, kit::run(steps.finish()).value());
    EXPECT_EQ(data_.rows_without_ids(), other.rows_without_ids());
    EXPECT_EQ(kit::run(data_.accounts.find(AccountId(9))).value()->username, "u9_1");
    EXPECT_EQ(data_.counts(7), other.counts(7));
}

TEST_F(GraphBulkImportTest, NamesEachFollowOnceAndInOneOrder) {
    const Edges edges = random_edges(50, std::uint64_t{1} << 50, 1500);  // too large for ranks
    const Edges sorted = [&] {
        const std::set<ImportedEdge> once(edges.begin(), edges.end());
        return Edges(once.begin(), once.end());
    }();
    import(data_, edges);
    std::map<ImportedEdge, std::uint64_t> ids;
    std::set<std::uint64_t> different;
    for (const auto& [key, value] : data_.store.rows()) {
        if (key.table == tables::kFollows) {
            const std::uint64_t id = decode_follow(value).value().id.value;
            ids[edge(tables::parse_id_bytes(key.partition), tables::parse_id_bytes(key.sort))] = id;
            EXPECT_LT(id, first_id_at(data_.clock.now_ms()));
            different.insert(id);
        }
    }
    EXPECT_EQ(different.size(), ids.size());
    for (const auto& [key, value] : data_.store.rows()) {
        const std::uint64_t owner = tables::parse_id_bytes(key.partition);
        const std::uint64_t other = tables::parse_id_bytes(value);
        if (key.table == tables::kFollowing) {
            EXPECT_EQ(ids.at(edge(owner, other)), tables::parse_newest_first(key.sort));
        } else if (key.table == tables::kFollowers) {
            EXPECT_EQ(ids.at(edge(other, owner)), tables::parse_newest_first(key.sort));
        }
    }
}

TEST_F(GraphBulkImportTest, LeavesFollowsThatPeopleCanEnd) {
    import(data_, {edge(1, 2), edge(3, 2), edge(2, 1), edge(2, 2), edge(2, 1)});
    EXPECT_EQ(data_.counts(2), (AccountCounts{.followers = 2, .following = 1}));
    EXPECT_EQ(kit::run(data_.follows.followers(AccountId(2), {})).value().size(), 2U);
    ASSERT_TRUE(kit::run(data_.follows.unfollow(AccountId(1), AccountId(2))));
    EXPECT_EQ(data_.counts(2).followers, 1);
    EXPECT_EQ(kit::run(data_.follows.followers(AccountId(2), {})).value().size(), 1U);
}

TEST_F(GraphBulkImportTest, IsNotForDataThatHasEdgesOrKnowsTheImport) {
    const auto is_possible = [this] {
        GraphBulkImport import = bulk(data_);
        return kit::run(import.begin()).value();
    };
    data_.create(1, "one");
    data_.create(2, "two");
    EXPECT_TRUE(is_possible());
    ASSERT_TRUE(kit::run(data_.follows.block(AccountId(1), AccountId(2))));
    EXPECT_FALSE(is_possible());
    ASSERT_TRUE(kit::run(data_.follows.unblock(AccountId(1), AccountId(2))));
    EXPECT_TRUE(is_possible());
    import(data_, {});
    EXPECT_FALSE(is_possible()) << "an import of this name is done";
}

TEST_F(GraphBulkImportTest, LeavesNothingIfItBreaksOff) {
    {
        GraphBulkImport import = bulk(data_);
        ASSERT_TRUE(kit::run(import.begin()).value());
        for (const ImportedEdge& one : random_edges(20, 1, 300)) {
            ASSERT_TRUE(import.add(one));
        }
        data_.store.fail_commits(1, ErrorCode::kInternal);
        ASSERT_FALSE(kit::run(import.finish(300)));
    }
    EXPECT_TRUE(data_.store.rows().empty());
    EXPECT_TRUE(std::filesystem::is_empty(scratch_.path()));
    EXPECT_GT(import(data_, random_edges(20, 1, 300)).made, 100U);
}

TEST(SortPairs, SortsLikeTheStandardDoes) {
    Random random(3);
    for (int shift = 0; shift < 64; shift += 9) {
        std::vector<IdPair> pairs;
        for (int i = 0; i < 1000; ++i) {
            pairs.push_back({random.below(40) << shift, random.below(40) << (63 - shift)});
        }
        const std::set<IdPair> expected(pairs.begin(), pairs.end());
        std::vector<IdPair> spare;
        sort_pairs(pairs, spare);
        EXPECT_EQ(pairs, std::vector<IdPair>(expected.begin(), expected.end()));
    }
}

TEST(EdgeRuns, GivesEachPairOnceWhateverTheParts) {
    const kit::TemporaryDirectory directory;
    EdgeRuns runs = EdgeRuns::create(directory.path()).value();
    Random random(11);
    std::set<IdPair> expected;
    std::vector<IdPair> spare;
    for (int run = 0; run < 5; ++run) {
        std::vector<IdPair> pairs;
        for (int i = 0; i < 50'000; ++i) {  // several blocks
            pairs.push_back({1 + random.below(run == 0 ? 3 : 3000), random.below(1'000'000)});
        }
        expected.insert(pairs.begin(), pairs.end());
        sort_pairs(pairs, spare);
        ASSERT_TRUE(runs.append(pairs));
    }
    for (const std::size_t parts : {1, 2, 7}) {
        std::vector<std::uint64_t> borders = runs.borders(parts);
        EXPECT_LT(borders.size(), parts);
        borders.insert(borders.begin(), 0);
        borders.push_back(std::uint64_t{1} << 62);
        std::vector<IdPair> found;
        for (std::size_t part = 0; part + 1 < borders.size(); ++part) {
            EdgeMerge merge(runs, borders[part], borders[part + 1]);
            while (const auto pair = merge.next()) {
                found.push_back(*pair);
            }
            ASSERT_TRUE(merge.status());
        }
        EXPECT_EQ(found, std::vector<IdPair>(expected.begin(), expected.end())) << parts;
    }
}

}  // namespace
}  // namespace rookery::social
