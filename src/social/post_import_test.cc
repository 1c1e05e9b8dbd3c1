#include "social/post_import.h"

#include "kit/posts_fixture.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace rookery::social {
namespace {

class PostImportTest : public PostsFixture {
protected:
    std::vector<std::string> texts(int from, int until) {
        std::vector<std::string> lines;
        for (int i = from; i < until; ++i) {
            lines.push_back("line " + std::to_string(i) + " for @alice about #birds");
        }
        return lines;
    }
    ImportProgress import(std::vector<std::string> lines) {
        PostImport import(environment_, accounts_, posts_, "p");
        EXPECT_TRUE(kit::run(import.begin()));
        const std::size_t count = lines.size();
        EXPECT_TRUE(kit::run(import.add(std::move(lines), count)));
        return kit::run(import.finish()).value();
    }
};

TEST_F(PostImportTest, MakesPostsOfThePastThatAreLikeAllOthers) {
    const PostPtr newest = post(alice_, "the newest");
    EXPECT_EQ(import(texts(0, 60)), (ImportProgress{.lines = 60, .made = 60}));
    expect_consistent();
    std::set<AccountId> authors;
    const UnixMs now_ms = clock_.now_ms();
    for (const auto& [key, value] : rows(tables::kPosts)) {
        const Post post = decode_post(value).value();
        if (post.id == newest->id) {
            continue;
        }
        authors.insert(post.author);
        EXPECT_LT(post.id, newest->id);
        EXPECT_GT(post.created_at_ms(), now_ms - std::int64_t{31} * 24 * 3600 * 1000);
        EXPECT_EQ(post.mentions.size(), 1U);
        EXPECT_EQ(post.tags, std::vector<std::string>{"birds"});
        EXPECT_TRUE(find(post.id));
    }
    EXPECT_EQ(authors.size(), 3U);
    EXPECT_EQ(post_count(alice_) + post_count(bob_) + post_count(carol_), 61);
    EXPECT_EQ(events(EventType::kGraphImported).size(), 1U);
}

TEST_F(PostImportTest, SkipsLinesThatCannotBePosts) {
    const ImportProgress done = import({"", "  ", std::string(501, 'x'), "fine"});
    EXPECT_EQ(done, (ImportProgress{.lines = 4, .made = 1, .skipped = 3}));
    expect_consistent();
}

TEST_F(PostImportTest, GoesOnWhereItWasInterruptedAsIfItHadNotBeen) {
    int runs = 0;
    std::uint64_t line = 0;
    while (line < 90) {
        ++runs;
        PostImport import(environment_, accounts_, posts_, "p");
        line = kit::run(import.begin()).value().lines;
        store_.fail_commits(
            1,
            ErrorCode::kTimeout,
            runs % 2 == 0 ? kit::MemoryStore::Applied::kYes : kit::MemoryStore::Applied::kNo,
            2
        );
        while (line < 90 &&
               kit::run(
                   import.add(texts(static_cast<int>(line), static_cast<int>(line) + 10), line + 10)
               )) {
            line += 10;
        }
        clock_.advance_ms(60'000);
    }
    EXPECT_GT(runs, 1);
    expect_consistent();
    const auto interrupted = rows(tables::kPosts);
    EXPECT_EQ(interrupted.size(), 90U);
    std::set<std::string> seen;
    for (const auto& [key, value] : interrupted) {
        EXPECT_TRUE(seen.insert(decode_post(value).value().text).second);
    }
}

TEST_F(PostImportTest, IsKnownOfFromItsFirstPostsOnWhereNobodyHearsOfItsEnd) {
    PostImport import(environment_, accounts_, posts_, "p", {.is_alone = true});
    ASSERT_TRUE(kit::run(import.begin()));
    EXPECT_TRUE(events(EventType::kPostsImported).empty());
    ASSERT_TRUE(kit::run(import.add(texts(0, 5), 5)));
    ASSERT_TRUE(kit::run(import.add(texts(5, 9), 9)));
    EXPECT_EQ(events(EventType::kPostsImported).size(), 1U);
    EXPECT_EQ(events(EventType::kGraphImported).size(), 1U);
}

TEST_F(PostImportTest, MayGoOnAfterItWasShown) {
    PostImport import(environment_, accounts_, posts_, "p");
    ASSERT_TRUE(kit::run(import.begin()));
    ASSERT_TRUE(kit::run(import.add(texts(0, 5), 5)));
    EXPECT_TRUE(events(EventType::kPostsImported).empty());
    ASSERT_TRUE(kit::run(import.finish()));
    ASSERT_TRUE(kit::run(import.add(texts(5, 9), 9)));
    EXPECT_EQ(kit::run(import.finish()).value(), (ImportProgress{.lines = 9, .made = 9}));
    EXPECT_EQ(events(EventType::kPostsImported).size(), 2U);
    expect_consistent();
}

TEST_F(PostImportTest, StopsIfAnotherImportOfTheSameNameRuns) {
    PostImport one(environment_, accounts_, posts_, "p");
    PostImport two(environment_, accounts_, posts_, "p");
    ASSERT_TRUE(kit::run(one.begin()));
    ASSERT_TRUE(kit::run(two.begin()));
    ASSERT_TRUE(kit::run(one.add(texts(0, 5), 5)));
    EXPECT_EQ(kit::run(two.add(texts(0, 5), 5)).error().code, ErrorCode::kConflict);
    EXPECT_EQ(rows(tables::kPosts).size(), 5U);
    expect_consistent();
}

}  // namespace
}  // namespace rookery::social
