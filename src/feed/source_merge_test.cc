#include "feed/source_merge.h"

#include "base/random.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/tables.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace rookery::feed {
namespace {

namespace tables = social::tables;

std::vector<std::uint64_t> take(IdStream& stream, std::size_t total, std::size_t step) {
    std::vector<std::uint64_t> all;
    while (all.size() < total) {
        const auto ids = kit::run(stream.next(step));
        if (!ids || ids->empty()) {
            break;
        }
        all.insert(all.end(), ids->begin(), ids->end());
    }
    return all;
}

/// Every span, direction and step over random authors and hashtags equals sorting everything.
TEST(SourceMerge, EqualsSortingAllPostsOfAllSources) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        kit::MemoryStore store;
        AuthorRings rings(store, 1000);
        Sources sources{.tags = {"birds", "bees", "unused"}};
        std::vector<AccountId>& authors = sources.authors;
        std::vector<std::uint64_t> all;
        std::uint64_t next_id = 1;
        ports::Batch batch;
        const std::uint64_t author_count = 1 + random.below(8);
        for (std::uint64_t a = 1; a <= author_count; ++a) {
            authors.emplace_back(a);
        }
        const std::uint64_t post_count = random.below(200);
        for (std::uint64_t i = 0; i < post_count; ++i) {
            next_id += 1 + random.below(5);
            // A square makes some authors loud and some silent.
            const double unit = random.unit();
            all.push_back(next_id);
            // A post may have hashtags and, of an author in the merge or of a stranger, come twice.
            bool is_tagged = false;
            for (const char* tag : {"birds", "bees"}) {
                if (random.chance(0.3)) {
                    batch.put({tables::kTagPosts, tag, tables::newest_first(next_id)}, "");
                    is_tagged = true;
                }
            }
            if (is_tagged && random.chance(0.5)) {
                continue;  // of somebody else
            }
            const auto author =
                static_cast<std::size_t>(unit * unit * static_cast<double>(author_count));
            batch.put(
                {tables::kAuthorPosts,
                 tables::id_bytes(authors[author]),
                 tables::newest_first(next_id)},
                ""
            );
        }
        if (!batch.empty()) {
            ASSERT_TRUE(kit::run(store.commit(std::move(batch))));
        }
        for (int round = 0; round < 8; ++round) {
            Span span{
                .above = random.below(next_id + 2),
                .below = random.below(next_id + 2) + 1,
                .upwards = random.chance(0.5),
            };
            std::vector<std::uint64_t> expected;
            std::copy_if(all.begin(), all.end(), std::back_inserter(expected), [&](auto id) {
                return id > span.above && id < span.below;
            });
            if (!span.upwards) {
                std::reverse(expected.begin(), expected.end());
            }
            SourceMerge merge(store, rings, sources, span);
            EXPECT_EQ(take(merge, 1000, 1 + random.below(30)), expected);
        }
    }
}

TEST(SourceMerge, TakesAnIdOfTwoSourcesOnce) {
    kit::MemoryStore store;
    AuthorRings rings(store, 1000);
    ports::Batch batch;
    for (const std::uint64_t id : {3, 5}) {
        batch.put(
            {tables::kAuthorPosts, tables::id_bytes(AccountId(1)), tables::newest_first(id)}, ""
        );
    }
    ASSERT_TRUE(kit::run(store.commit(std::move(batch))));
    SourceMerge merge(store, rings, {.authors = {AccountId(1)}}, Span{}, {7, 5, 4});
    EXPECT_EQ(take(merge, 10, 10), (std::vector<std::uint64_t>{7, 5, 4, 3}));
}

}  // namespace
}  // namespace rookery::feed
