#include "feed/author_rings.h"

#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/tables.h"

#include <gtest/gtest.h>

namespace rookery::feed {
namespace {

namespace tables = social::tables;

void put_post(kit::MemoryStore& store, AccountId author, std::uint64_t id) {
    ports::Batch batch;
    batch.put({tables::kAuthorPosts, tables::id_bytes(author), tables::newest_first(id)}, "");
    ASSERT_TRUE(kit::run(store.commit(std::move(batch))));
}

std::vector<std::uint64_t> ids_of(const AuthorRing& ring) {
    return {ring.ids.begin(), ring.ids.begin() + ring.count};
}

TEST(AuthorRing, KeepsTheNewestAndKnowsThatOlderOnesAreMissing) {
    AuthorRing ring{.complete = true};
    for (std::uint64_t id = 1; id <= 7; ++id) {
        ring.insert(id);
    }
    EXPECT_TRUE(ring.complete);
    ring.insert(8);
    EXPECT_FALSE(ring.complete);
    EXPECT_EQ(ids_of(ring), (std::vector<std::uint64_t>{8, 7, 6, 5, 4, 3, 2}));
    EXPECT_TRUE(ring.covers_above(1));
    EXPECT_FALSE(ring.covers_above(0));
}

TEST(AuthorRing, TakesIdsOutOfOrderAndEachOnce) {
    AuthorRing ring{.complete = true};
    for (const std::uint64_t id : {5, 9, 5, 7}) {
        ring.insert(id);
    }
    EXPECT_EQ(ids_of(ring), (std::vector<std::uint64_t>{9, 7, 5}));
}

TEST(AuthorRing, RefusesAnIdBelowAGap) {
    AuthorRing ring{.ids = {9, 8}, .count = 2, .complete = false};
    ring.insert(3);
    EXPECT_EQ(ids_of(ring), (std::vector<std::uint64_t>{9, 8}));
}

TEST(AuthorRings, FindsManyInTheOrderAskedFor) {
    kit::MemoryStore store;
    AuthorRings rings(store, 10'000);
    std::vector<AccountId> authors;
    for (std::uint64_t author = 300; author > 0; --author) {  // more than are loaded at once
        put_post(store, AccountId(author), 1000 + author);
        authors.emplace_back(author);
    }
    authors.emplace_back(1000);  // has no posts
    ASSERT_TRUE(kit::run(rings.find(AccountId(7))));
    for (int time = 0; time < 2; ++time) {
        const auto found = *kit::run(rings.find_many(authors));
        ASSERT_EQ(found.size(), authors.size());
        for (std::size_t i = 0; i + 1 < found.size(); ++i) {
            EXPECT_EQ(ids_of(found[i]), (std::vector<std::uint64_t>{1000 + authors[i].value}));
        }
        EXPECT_EQ(found.back().count, 0);
        EXPECT_EQ(rings.size(), authors.size());
        if (time == 0) {
            store.fail_reads(1);  // the second time all are in memory
        }
    }
    EXPECT_FALSE(kit::run(rings.find_many({AccountId(2000)})));
}

TEST(AuthorRings, LoadsFromTheStoreAndFollowsEveryCommit) {
    kit::MemoryStore store;
    AuthorRings rings(store, 1000);
    const AccountId author(1);
    for (std::uint64_t id = 10; id < 20; ++id) {
        put_post(store, author, id);
    }
    EXPECT_EQ(kit::run(rings.find(author))->ids.front(), 19U);
    EXPECT_FALSE(kit::run(rings.find(author))->complete);
    rings.on_post(author, PostId(20));
    rings.on_delete(author, PostId(18));
    EXPECT_EQ(ids_of(*rings.peek(author)), (std::vector<std::uint64_t>{20, 19, 17, 16, 15, 14}));
}

TEST(AuthorRings, DropsARingThatDeletionsEmptiedThoughOlderPostsExist) {
    kit::MemoryStore store;
    AuthorRings rings(store, 1000);
    const AccountId author(1);
    for (std::uint64_t id = 1; id <= 8; ++id) {
        put_post(store, author, id);
    }
    ASSERT_TRUE(kit::run(rings.find(author)));
    for (std::uint64_t id = 2; id <= 8; ++id) {
        rings.on_delete(author, PostId(id));
    }
    EXPECT_FALSE(rings.peek(author).has_value());
}

TEST(AuthorRings, StaysBelowItsLimit) {
    kit::MemoryStore store;
    AuthorRings rings(store, 64);
    for (std::uint64_t author = 1; author <= 1000; ++author) {
        ASSERT_TRUE(kit::run(rings.find(AccountId(author))));
    }
    EXPECT_LE(rings.size(), 64U);
}

}  // namespace
}  // namespace rookery::feed
