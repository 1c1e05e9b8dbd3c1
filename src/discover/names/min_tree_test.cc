#include "discover/names/min_tree.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace rookery::discover::names {
namespace {

TEST(LowestFirst, HasNothingOfAnEmptySlice) {
    LowestFirst lowest;
    lowest.add(MinTree(), 0, 0);
    lowest.add(MinTree({5, 4}), 1, 1);
    EXPECT_EQ(lowest.next(), std::nullopt);
}

TEST(LowestFirst, GivesWhatASortGives) {
    Random random(7);
    for (int round = 0; round < 300; ++round) {
        std::vector<std::uint32_t> numbers(1 + random.below(round % 3 == 0 ? 9000 : 40));
        for (std::uint32_t& number : numbers) {
            number = static_cast<std::uint32_t>(random.below(5000));
        }
        const MinTree tree(numbers);
        std::vector<std::uint32_t> expected;
        LowestFirst lowest;
        for (int slice = 0; slice < 3; ++slice) {
            const std::size_t from = random.below(numbers.size() + 1);
            const std::size_t until = from + random.below(numbers.size() - from + 1);
            lowest.add(tree, from, until);
            for (std::size_t i = from; i < until; ++i) {
                expected.push_back(numbers[i]);
            }
        }
        std::ranges::sort(expected);
        for (const std::uint32_t number : expected) {
            ASSERT_EQ(lowest.next(), number);
        }
        ASSERT_EQ(lowest.next(), std::nullopt);
    }
}

}  // namespace
}  // namespace rookery::discover::names
