#include "social/graph_import.h"

#include "base/random.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/follows.h"
#include "social/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace rookery::social {
namespace {

using Edges = std::vector<ImportedEdge>;

ImportedEdge edge(std::uint64_t follower, std::uint64_t followee) {
    return {AccountId(follower), AccountId(followee)};
}

class GraphImportTest : public testing::Test {
protected:
    GraphImportTest() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                accounts_.on_committed(decode(stored.event).value());
            }
        });
    }

    ImportProgress import(const std::string& name, const Edges& edges) {
        GraphImport import(environment_, name);
        EXPECT_TRUE(kit::run(import.begin()));
        EXPECT_TRUE(kit::run(import.add(edges, edges.size())));
        return kit::run(import.finish()).value();
    }
    AccountCounts counts(std::uint64_t id) {
        return kit::run(accounts_.counts({AccountId(id)})).value().at(0);
    }
    Edges stored_edges() const {
        Edges edges;
        for (const auto& [key, value] : store_.rows()) {
            if (key.table == tables::kFollows) {
                edges.push_back(
                    edge(tables::parse_id_bytes(key.partition), tables::parse_id_bytes(key.sort))
                );
            }
        }
        return edges;
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator generator_{clock_, 1, 42};
    BlockingPool pool_{1};
    Environment environment_{store_, clock_, generator_, pool_};
    Accounts accounts_{environment_, {}};
    Follows follows_{environment_, accounts_};
};

TEST_F(GraphImportTest, MakesFollowsAsPeopleWould) {
    const ImportProgress done = import("g", {edge(1, 2), edge(3, 2), edge(2, 1)});
    EXPECT_EQ(done, (ImportProgress{.lines = 3, .made = 3, .accounts = 3}));
    EXPECT_EQ(counts(2).followers, 2);
    EXPECT_EQ(counts(2).following, 1);
    const auto found = kit::run(accounts_.find_by_name("u3")).value();
    EXPECT_EQ(found->id, AccountId(3));
    EXPECT_EQ(kit::run(follows_.followers(AccountId(2), {})).value().size(), 2U);
    EXPECT_TRUE(kit::run(follows_.relationships(AccountId(1), {AccountId(2)})).value()[0].following
    );
    ASSERT_TRUE(kit::run(follows_.unfollow(AccountId(1), AccountId(2))));
    EXPECT_EQ(counts(2).followers, 1);
    EXPECT_EQ(kit::run(follows_.followers(AccountId(2), {})).value().size(), 1U);
}

TEST_F(GraphImportTest, SkipsLoopsAndWhatIsThereAlready) {
    ASSERT_TRUE(kit::run(accounts_.create({.username = "one", .id = AccountId(1)})));
    ASSERT_TRUE(kit::run(accounts_.create({.username = "two", .id = AccountId(2)})));
    ASSERT_TRUE(kit::run(follows_.follow(AccountId(1), AccountId(2), {})));
    const ImportProgress done =
        import("g", {edge(1, 2), edge(2, 2), edge(2, 1), edge(2, 1), edge(3, 1)});
    EXPECT_EQ(done, (ImportProgress{.lines = 5, .made = 2, .accounts = 1, .skipped = 3}));
    EXPECT_EQ(counts(1), (AccountCounts{.followers = 2, .following = 1}));
    EXPECT_EQ(counts(2), (AccountCounts{.followers = 1, .following = 1}));
    const ImportProgress again = import("other name", {edge(1, 2), edge(2, 1), edge(3, 1)});
    EXPECT_EQ(again, (ImportProgress{.lines = 3, .skipped = 3}));
}

TEST_F(GraphImportTest, RespectsBlocksAndRequests) {
    for (std::uint64_t id = 1; id <= 3; ++id) {
        const auto name = "p" + std::to_string(id);
        ASSERT_TRUE(kit::run(accounts_.create({.username = name, .id = AccountId(id)})));
    }
    ASSERT_TRUE(kit::run(accounts_.update(AccountId(3), {.locked = true})));
    ASSERT_TRUE(kit::run(follows_.block(AccountId(1), AccountId(2))));
    ASSERT_TRUE(kit::run(follows_.follow(AccountId(1), AccountId(3), {})));
    const ImportProgress done = import("g", {edge(1, 2), edge(2, 1), edge(1, 3), edge(2, 3)});
    EXPECT_EQ(done.made, 1U);
    EXPECT_EQ(done.skipped, 3U);
    EXPECT_EQ(stored_edges(), (Edges{edge(2, 3)}));
}

TEST_F(GraphImportTest, FindsAnotherNameIfItsOwnIsTaken) {
    ASSERT_TRUE(kit::run(accounts_.create({.username = "U7", .id = AccountId(100)})));
    import("g", {edge(7, 8)});
    EXPECT_EQ(kit::run(accounts_.find(AccountId(7))).value()->username, "u7_1");
    EXPECT_EQ(kit::run(accounts_.find_by_name("u7")).value()->id, AccountId(100));
}

TEST_F(GraphImportTest, GoesOnWhereItWasInterrupted) {
    Random random(5);
    Edges lines;
    for (int i = 0; i < 400; ++i) {
        lines.push_back(edge(1 + random.below(20), 1 + random.below(20)));
    }
    int runs = 0;
    bool finished = false;
    while (!finished) {
        ++runs;
        GraphImport import(environment_, "g");
        std::uint64_t line = kit::run(import.begin()).value().lines;
        finished = true;
        while (line < lines.size()) {
            const std::uint64_t until = std::min<std::uint64_t>(line + 16, lines.size());
            if (random.chance(0.3)) {
                const bool applied = random.chance(0.5);
                store_.fail_commits(
                    1,
                    ErrorCode::kTimeout,
                    applied ? kit::MemoryStore::Applied::kYes : kit::MemoryStore::Applied::kNo
                );
            }
            const Edges part(
                lines.begin() + static_cast<std::ptrdiff_t>(line),
                lines.begin() + static_cast<std::ptrdiff_t>(until)
            );
            if (!kit::run(import.add(part, until))) {
                finished = false;
                break;
            }
            line = until;
        }
    }
    EXPECT_GT(runs, 2);
    std::set<ImportedEdge> expected;
    std::map<std::uint64_t, AccountCounts> expected_counts;
    for (const ImportedEdge& line : lines) {
        if (line.follower != line.followee && expected.insert(line).second) {
            ++expected_counts[line.follower.value].following;
            ++expected_counts[line.followee.value].followers;
        }
    }
    EXPECT_EQ(stored_edges(), Edges(expected.begin(), expected.end()));
    for (const auto& [id, wanted] : expected_counts) {
        EXPECT_EQ(counts(id), wanted) << id;
    }
    GraphImport import(environment_, "g");
    EXPECT_EQ(
        kit::run(import.begin()).value(),
        (ImportProgress{
            .lines = lines.size(),
            .made = expected.size(),
            .accounts = 20,
            .skipped = lines.size() - expected.size()
        })
    );
}

TEST_F(GraphImportTest, StopsIfAnotherImportOfTheSameNameRuns) {
    GraphImport one(environment_, "g");
    GraphImport two(environment_, "g");
    ASSERT_TRUE(kit::run(one.begin()));
    ASSERT_TRUE(kit::run(two.begin()));
    ASSERT_TRUE(kit::run(one.add({edge(1, 2)}, 1)));
    EXPECT_EQ(kit::run(two.add({edge(1, 2)}, 1)).error().code, ErrorCode::kConflict);
    EXPECT_EQ(counts(2).followers, 1);
}

TEST_F(GraphImportTest, CountsExactlyBesidePeopleWhoFollowAndBlock) {
    for (std::uint64_t id = 1; id <= 6; ++id) {
        const auto name = "p" + std::to_string(id);
        ASSERT_TRUE(kit::run(accounts_.create({.username = name, .id = AccountId(id)})));
    }
    store_.yield_on_calls(true);
    Random random(11);
    for (int round = 0; round < 60; ++round) {
        boost::asio::io_context context(1);
        Edges part;
        for (int i = 0; i < 6; ++i) {
            part.push_back(edge(1 + random.below(6), 1 + random.below(6)));
        }
        GraphImport import(environment_, "g" + std::to_string(round));
        ASSERT_TRUE(kit::run(import.begin()));
        const auto ignore = [](std::exception_ptr, const Result<void>&) {};
        boost::asio::co_spawn(context, import.add(part, part.size()), ignore);
        for (int i = 0; i < 4; ++i) {
            const AccountId actor(1 + random.below(6));
            const AccountId target(1 + random.below(6));
            Task<Result<void>> task = random.chance(0.4)   ? follows_.follow(actor, target, {})
                                      : random.chance(0.5) ? follows_.unfollow(actor, target)
                                      : random.chance(0.5) ? follows_.block(actor, target)
                                                           : follows_.unblock(actor, target);
            boost::asio::co_spawn(context, std::move(task), ignore);
        }
        context.run();
        std::map<std::uint64_t, AccountCounts> expected;
        for (const ImportedEdge& found : stored_edges()) {
            ++expected[found.follower.value].following;
            ++expected[found.followee.value].followers;
            EXPECT_FALSE(kit::run(follows_.relationships(found.follower, {found.followee}))
                             .value()[0]
                             .blocking);
        }
        ASSERT_TRUE(kit::run(import.finish()));
        for (std::uint64_t id = 1; id <= 6; ++id) {
            EXPECT_EQ(counts(id), expected[id]) << "round " << round << ", account " << id;
        }
    }
}

TEST_F(GraphImportTest, RefusesANameThatCannotBeStored) {
    GraphImport import(environment_, std::string(300, 'x'));
    EXPECT_EQ(kit::run(import.begin()).error().code, ErrorCode::kInvalid);
}

TEST(ParseEdge, ReadsTwoIds) {
    EXPECT_EQ(parse_edge("1 2").value(), edge(1, 2));
    EXPECT_EQ(parse_edge("  12\t34\r").value(), edge(12, 34));
    EXPECT_EQ(parse_edge("5,6,0.5").value(), edge(5, 6));
    EXPECT_EQ(parse_edge("").value(), std::nullopt);
    EXPECT_EQ(parse_edge(" \t").value(), std::nullopt);
    EXPECT_EQ(parse_edge("# FromNodeId ToNodeId").value(), std::nullopt);
    EXPECT_EQ(parse_edge("%%MatrixMarket").value(), std::nullopt);
    for (const char* wrong : {"1", "a b", "1 b", "0 1", "1 0", "-1 2", "1 99999999999999999999"}) {
        EXPECT_EQ(parse_edge(wrong).error().code, ErrorCode::kInvalid) << wrong;
    }
}

TEST(ImportProgressCodec, KeepsWhatItIsGivenAndRefusesTheRest) {
    const ImportProgress progress{.lines = 1'000'000, .made = 3, .accounts = 300, .skipped = 7};
    const std::string whole = encode(progress);
    EXPECT_EQ(decode_import_progress(whole).value(), progress);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(decode_import_progress(whole.substr(0, size)));
    }
}

}  // namespace
}  // namespace rookery::social
