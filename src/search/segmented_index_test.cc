#include "search/segmented_index.h"

#include "base/random.h"
#include "kit/memory_search_index.h"
#include "kit/task_driver.h"
#include "kit/temporary_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace rookery::search {

namespace {

using ports::SearchChange;
using ports::SearchDocument;
using ports::SearchNode;
using ports::SearchQuery;
using Kind = SearchNode::Kind;

/// Words of which the first are in nearly every document and the last in hardly any.
std::string word(Random& random) {
    return "w" + std::to_string(random.below(1 + random.below(1 + random.below(400))));
}

SearchDocument made_up(Random& random, std::uint64_t id) {
    SearchDocument document;
    document.id = id;
    std::map<std::string, std::vector<std::uint32_t>> words;
    document.length = 1 + static_cast<std::uint32_t>(random.below(30));
    for (std::uint32_t i = 0; i < document.length; ++i) {
        words[word(random)].push_back(i);
    }
    for (auto& [text, positions] : words) {
        document.terms.push_back({"s" + text, static_cast<std::uint32_t>(positions.size()), {}});
        document.terms.push_back(
            {text, static_cast<std::uint32_t>(positions.size()), std::move(positions)}
        );
    }
    return document;
}

SearchNode made_up_node(Random& random, int depth) {
    switch (random.below(depth == 0 ? 4 : 8)) {
        case 0:
            return {Kind::kPrefix, {word(random).substr(0, 2 + random.below(2))}, {}, {}};
        case 1: {
            SearchNode phrase{Kind::kPhrase, {}, {}, {}};
            for (std::uint64_t i = 0; i < 1 + random.below(3); ++i) {
                phrase.terms.push_back(word(random));
            }
            return phrase;
        }
        case 2: {
            SearchNode ids{Kind::kIds, {}, {}, {}};
            for (int i = 0; i < 200; ++i) {
                ids.ids.push_back(random.below(3'000));
            }
            std::ranges::sort(ids.ids, std::greater{});
            return ids;
        }
        case 4:
            return {Kind::kNot, {}, {made_up_node(random, depth - 1)}, {}};
        case 5:
        case 6: {
            SearchNode node{random.below(2) == 0 ? Kind::kAnd : Kind::kOr, {}, {}, {}};
            for (std::uint64_t i = 0; i < random.below(4); ++i) {
                node.children.push_back(made_up_node(random, depth - 1));
            }
            return node;
        }
        default:
            return {Kind::kTerm, {word(random)}, {}, {}};
    }
}

SearchQuery made_up_query(Random& random) {
    SearchQuery query;
    query.matches = made_up_node(random, 3);
    query.limit = 1 + random.below(50);
    if (random.below(3) == 0) {
        query.below = random.below(3'000);
    }
    if (random.below(3) == 0) {
        query.above = random.below(2'000);
    }
    return query;
}

class SegmentedIndexTest : public testing::Test {
protected:
    SegmentedIndexTest() { reopen(); }

    void reopen() {
        index_.reset();
        SegmentedIndexConfig config;
        config.directory = directory_.path();
        config.merge_width = 4;
        config.memory_segment_bytes_max = 100'000;
        index_ = SegmentedIndex::open(config, pool_).value();
    }
    std::vector<ports::SearchHit> search(SearchQuery query) {
        return kit::run(index_->search(std::move(query))).value();
    }

    kit::TemporaryDirectory directory_;
    BlockingPool pool_{2};
    std::unique_ptr<SegmentedIndex> index_;
};

class SegmentedIndexHistory : public SegmentedIndexTest, public testing::WithParamInterface<int> {};

TEST_P(SegmentedIndexHistory, AnswersLikeTheModelWhateverHappens) {
    Random random(static_cast<std::uint64_t>(GetParam()));
    kit::MemorySearchIndex model;
    std::vector<SearchChange> since_flush;
    for (int step = 0; step < 200; ++step) {
        std::vector<SearchChange> changes;
        for (std::uint64_t i = random.below(step % 20 == 0 ? 300 : 8); i > 0; --i) {
            const std::uint64_t id = 1 + random.below(3'000);
            changes.push_back({made_up(random, id), random.below(5) == 0});
        }
        since_flush.insert(since_flush.end(), changes.begin(), changes.end());
        ASSERT_TRUE(kit::run(model.apply(changes, 0)));
        ASSERT_TRUE(kit::run(index_->apply(std::move(changes), 0)));
        if (random.below(10) == 0) {
            ASSERT_TRUE(kit::run(index_->flush()));
            since_flush.clear();
        }
        if (random.below(20) == 0) {
            reopen();  // what was not flushed comes again, as it does from the outbox
            ASSERT_TRUE(kit::run(index_->apply(since_flush, 0)));
        }
        for (int i = 0; i < 10; ++i) {
            const SearchQuery query = made_up_query(random);
            ASSERT_EQ(search(query), *kit::run(model.search(query))) << "step " << step;
        }
        ASSERT_EQ(index_->size().documents, model.size().documents);
    }
    EXPECT_TRUE(index_->verify());
}

INSTANTIATE_TEST_SUITE_P(Seeds, SegmentedIndexHistory, testing::Range(1, 6));

TEST_F(SegmentedIndexTest, ScoresLikeTheModel) {
    Random random(7);
    kit::MemorySearchIndex model;
    for (std::uint64_t id = 1; id <= 2'000; ++id) {
        std::vector<SearchChange> change{{made_up(random, id), false}};
        ASSERT_TRUE(kit::run(model.apply(change, 0)));
        ASSERT_TRUE(kit::run(index_->apply(std::move(change), 0)));
    }
    for (int i = 0; i < 200; ++i) {
        SearchQuery query = made_up_query(random);
        query.order = ports::SearchOrder::kRelevance;
        for (int k = 0; k < 3; ++k) {
            query.scored.push_back("s" + word(random));
        }
        const auto wanted = *kit::run(model.search(query));
        const auto found = search(query);
        ASSERT_EQ(found.size(), wanted.size());
        for (std::size_t k = 0; k < found.size(); ++k) {
            ASSERT_EQ(found[k].id, wanted[k].id) << "query " << i << ", place " << k;
            ASSERT_DOUBLE_EQ(found[k].score, wanted[k].score);
        }
    }
}

TEST_F(SegmentedIndexTest, KeepsTheNumberOfSegmentsSmall) {
    Random random(1);
    for (std::uint64_t id = 1; id <= 20'000; ++id) {
        ASSERT_TRUE(kit::run(index_->apply({{made_up(random, id), false}}, 0)));
    }
    index_->settle();
    EXPECT_LT(index_->segment_count(), 40U);
    EXPECT_EQ(index_->size().documents, 20'000U);
}

TEST_F(SegmentedIndexTest, GivesUpTheSpaceOfWhatIsErased) {
    Random random(1);
    std::vector<SearchChange> all;
    for (std::uint64_t id = 1; id <= 10'000; ++id) {
        all.push_back({made_up(random, id), false});
    }
    ASSERT_TRUE(kit::run(index_->apply(all, 0)));
    ASSERT_TRUE(kit::run(index_->flush()));
    const auto before = index_->size().bytes;
    for (SearchChange& change : all) {
        change.erased = change.document.id % 4 != 0;
    }
    ASSERT_TRUE(kit::run(index_->apply(all, 0)));
    index_->settle();
    ASSERT_TRUE(kit::run(index_->flush()));
    EXPECT_LT(index_->size().bytes, before / 2);
    EXPECT_EQ(index_->size().documents, 2'500U);
}

TEST_F(SegmentedIndexTest, WritesNothingWhereNothingIsNew) {
    Random random(1);
    std::vector<SearchChange> changes;
    for (std::uint64_t id = 1; id <= 10; ++id) {
        changes.push_back({made_up(random, id), false});
    }
    ASSERT_TRUE(kit::run(index_->apply(std::move(changes), 5)));
    ASSERT_TRUE(kit::run(index_->flush()));
    ASSERT_TRUE(kit::run(index_->apply({{made_up(random, 1), true}}, 6)));
    ASSERT_TRUE(kit::run(index_->flush()));
    std::filesystem::remove(directory_.path() / "MANIFEST");
    ASSERT_TRUE(kit::run(index_->flush()));
    EXPECT_FALSE(std::filesystem::exists(directory_.path() / "MANIFEST"));
    ASSERT_TRUE(kit::run(index_->apply({}, 7)));
    ASSERT_TRUE(kit::run(index_->flush()));
    EXPECT_TRUE(std::filesystem::exists(directory_.path() / "MANIFEST"));
    reopen();
    EXPECT_EQ(index_->checkpoint(), 7U);
    EXPECT_EQ(index_->size().documents, 9U);
}

TEST_F(SegmentedIndexTest, PutsTogetherWhatIsOfOneTimeAndNothingElse) {
    Random random(9);
    const auto add = [&](std::uint64_t count, std::uint64_t first, std::uint64_t step) {
        std::vector<SearchChange> changes;
        for (std::uint64_t i = 0; i < count; ++i) {
            changes.push_back({made_up(random, first + i * step), false});
        }
        ASSERT_TRUE(kit::run(index_->apply(std::move(changes), first)));
        ASSERT_TRUE(kit::run(index_->flush()));
        index_->settle();
    };
    add(100, 1'000, 1);
    add(100, 2'000, 1);
    add(300, 3'000, 1);
    EXPECT_EQ(index_->segment_count(), 3U) << "one after another, as posts come";
    add(300, 3'300, 1);
    EXPECT_EQ(index_->segment_count(), 4U);
    add(300, 10'000, 2);
    EXPECT_EQ(index_->segment_count(), 5U);
    add(200, 10'001, 2);
    EXPECT_EQ(index_->segment_count(), 5U) << "these two are one now";
    ASSERT_TRUE(kit::run(index_->flush()));
    reopen();
    index_->settle();
    EXPECT_EQ(index_->segment_count(), 5U);
    EXPECT_EQ(index_->size().documents, 1'300U);
    EXPECT_TRUE(index_->verify());
}

TEST_F(SegmentedIndexTest, ReadersSeeWholeChangesWhileOthersWriteMergeAndFlush) {
    std::atomic<bool> ended{false};
    std::atomic<std::uint64_t> newest{0};
    std::thread writer([&] {
        Random random(3);
        for (std::uint64_t id = 1; id <= 3'000; ++id) {
            // Each document is rewritten at once; one of its two versions is always found.
            for (int version = 0; version < 2; ++version) {
                ASSERT_TRUE(kit::run(index_->apply({{made_up(random, id), false}}, id)));
            }
            newest = id;
            if (id % 500 == 0) {
                ASSERT_TRUE(kit::run(index_->flush()));
            }
        }
        ended = true;
    });
    while (!ended) {
        const std::uint64_t known = newest;
        SearchQuery everything;
        everything.limit = 100;
        const auto hits = search(everything);
        ASSERT_GE(hits.size(), std::min<std::uint64_t>(known, 100));
        if (known > 0) {
            ASSERT_GE(hits.front().id, known);
        }
        for (std::size_t i = 1; i < hits.size(); ++i) {
            ASSERT_EQ(hits[i].id + 1, hits[i - 1].id);
        }
    }
    writer.join();
    EXPECT_EQ(index_->size().documents, 3'000U);
    EXPECT_TRUE(index_->verify());
}

}  // namespace

}  // namespace rookery::search
