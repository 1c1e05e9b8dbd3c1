#include "discover/graph/account_places.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace rookery::discover {
namespace {

/// Each id, and what stands right beside it, must be found exactly where it is.
void expect_all_found(std::vector<std::uint64_t> values) {
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<AccountId> ids;
    for (const std::uint64_t value : values) {
        ids.emplace_back(value);
    }
    const auto expect = [&](std::uint64_t value) {
        const auto at = std::ranges::lower_bound(values, value);
        const bool is_there = at != values.end() && *at == value;
        const auto found = place_of(ids, AccountId(value));
        ASSERT_EQ(found.has_value(), is_there) << value;
        if (is_there) {
            ASSERT_EQ(*found, static_cast<Node>(at - values.begin())) << value;
        }
    };
    for (const std::uint64_t value : values) {
        expect(value);
        expect(value - 1);
        expect(value + 1);
    }
    expect(0);
    expect(UINT64_MAX);
}

TEST(AccountPlaces, AreFoundHoweverTheIdsLie) {
    Random random(11);
    expect_all_found({});
    expect_all_found({7});
    expect_all_found({1, UINT64_MAX - 1});
    for (std::size_t count : {2, 3, 10, 1000, 5000}) {
        std::vector<std::uint64_t> dense;
        std::vector<std::uint64_t> anywhere;
        std::vector<std::uint64_t> crowded;  // and a few far away, which spoils every guess
        std::vector<std::uint64_t> doubling;
        for (std::uint64_t i = 1; i <= count; ++i) {
            dense.push_back(i);
            anywhere.push_back(random.next() | 1U);
            crowded.push_back(i % 100 == 0 ? random.next() : (std::uint64_t{1} << 60) + (3 * i));
            doubling.push_back((std::uint64_t{1} << (i % 60)) + i);
        }
        expect_all_found(dense);
        expect_all_found(anywhere);
        expect_all_found(crowded);
        expect_all_found(doubling);
    }
}

}  // namespace
}  // namespace rookery::discover
