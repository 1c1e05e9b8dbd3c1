#include "search/block_docs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

namespace rookery::search {

namespace {

/// A block of `count` documents, the last of which is `last`, in steps below `step`.
BlockDocs made_up(std::mt19937& random, std::uint32_t count, DocNumber last, std::uint32_t step) {
    BlockDocs block;
    block.fill(kNoDoc);
    for (std::uint32_t i = count; i > 0; --i) {
        block[i - 1] = last;
        last -= 1 + static_cast<std::uint32_t>(random()) % step;
    }
    return block;
}

class BlockDocsTest : public testing::TestWithParam<std::uint32_t> {
protected:
    /// Calls `check` with blocks of all sorts, of which it is told how many documents they have.
    template <class Check>
    void with_blocks(Check check) {
        const std::uint32_t step = GetParam();
        for (const std::uint32_t count : {1U, 2U, 7U, 8U, 9U, 64U, 100U, 127U, 128U}) {
            for (const DocNumber last : {count * step, kSegmentDocsMax - 1}) {
                check(made_up(random_, count, last, step), count);
            }
        }
    }
    DocNumber near(const BlockDocs& block, std::uint32_t count) {
        return std::min(
            block[random_() % count] + static_cast<DocNumber>(random_() % 3), block[count - 1]
        );
    }

    std::mt19937 random_{1};  // NOLINT(cert-msc51-cpp): the same at each run
};

TEST_P(BlockDocsTest, FindsThePlaceOfADocument) {
    with_blocks([&](const BlockDocs& block, std::uint32_t count) {
        for (int i = 0; i < 200; ++i) {
            const DocNumber target = near(block, count);
            const auto expected = std::ranges::lower_bound(block, target) - block.begin();
            ASSERT_EQ(place_in_block(block, target), expected);
        }
        EXPECT_LT(place_in_block(block, kNoDoc), kPackedCount);
    });
}

TEST_P(BlockDocsTest, FindsTheNextPlace) {
    with_blocks([&](const BlockDocs& block, std::uint32_t count) {
        for (int i = 0; i < 200; ++i) {
            const auto from = static_cast<std::uint32_t>(random_() % (count + 1));
            const DocNumber target = i == 0 ? kSegmentDocsMax : near(block, count);
            const auto begin = block.begin() + from;
            const auto expected = std::lower_bound(begin, block.begin() + count, target);
            ASSERT_EQ(next_place(block, from, count, target), expected - block.begin());
        }
    });
}

TEST_P(BlockDocsTest, KeepsWhatIsInTheBlock) {
    with_blocks([&](const BlockDocs& block, std::uint32_t count) {
        for (int i = 0; i < 200; ++i) {
            std::set<DocNumber> asked;
            for (auto left = 1 + random_() % (i % 2 == 0 ? 4 : 100); left > 0; --left) {
                asked.insert(near(block, count));
            }
            if (i % 3 == 0) {
                // Behind all, as only a damaged list has it.
                asked.insert(kSegmentDocsMax - 1);
            }
            std::vector<DocNumber> docs(asked.begin(), asked.end());
            std::vector<DocNumber> expected;
            std::ranges::copy_if(docs, std::back_inserter(expected), [&](DocNumber doc) {
                return std::ranges::binary_search(block, doc);
            });
            docs.resize(keep_in_block(block, docs, docs.data()));
            ASSERT_EQ(docs, expected);
        }
    });
}

INSTANTIATE_TEST_SUITE_P(Steps, BlockDocsTest, testing::Values(1, 2, 30, 70'000, 1'000'000));

}  // namespace

}  // namespace rookery::search
