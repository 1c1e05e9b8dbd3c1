#include "load/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace rookery::load {

namespace {

TEST(MadeUpGraph, IsTheSameForTheSameSeedAndInAnyOrder) {
    const MadeUpGraph a({.accounts = 500, .seed = 3});
    const MadeUpGraph b({.accounts = 500, .seed = 3});
    const MadeUpGraph other({.accounts = 500, .seed = 4});
    EXPECT_EQ(a.followees(17), b.followees(17));
    const auto first = a.followees(400);
    static_cast<void>(a.followees(2));
    EXPECT_EQ(a.followees(400), first);
    std::size_t different = 0;
    for (std::uint64_t account = 1; account <= 100; ++account) {
        different += a.followees(account) != other.followees(account) ? 1 : 0;
    }
    EXPECT_GT(different, 95U);
}

TEST(MadeUpGraph, HasNoSelfLoopsNoDoublesAndNobodyAlone) {
    for (const std::uint64_t accounts : {2, 3, 50, 3000}) {
        const MadeUpGraph graph({.accounts = accounts, .seed = 9});
        for (std::uint64_t account = 1; account <= accounts; ++account) {
            const auto list = graph.followees(account);
            ASSERT_FALSE(list.empty());
            ASSERT_TRUE(std::ranges::is_sorted(list));
            ASSERT_EQ(std::ranges::adjacent_find(list), list.end());
            ASSERT_EQ(std::ranges::find(list, account), list.end());
            ASSERT_GE(list.front(), 1U);
            ASSERT_LE(list.back(), accounts);
        }
    }
}

TEST(MadeUpGraph, HasTheWantedShape) {
    constexpr std::uint64_t kAccounts = 100'000;
    const MadeUpGraph graph({.accounts = kAccounts, .seed = 1});
    std::vector<std::uint64_t> followers(kAccounts + 1);
    std::vector<double> out;
    double sum = 0;
    for (std::uint64_t account = 1; account <= kAccounts; ++account) {
        const auto list = graph.followees(account);
        out.push_back(static_cast<double>(list.size()));
        sum += out.back();
        for (const std::uint64_t followee : list) {
            ++followers[followee];
        }
    }
    EXPECT_NEAR(sum / kAccounts, 40, 1.5);
    EXPECT_LE(*std::ranges::max_element(out), 5001);
    std::ranges::sort(out);
    // The median of the lognormal law: 40 * exp(-1.2^2 / 2) = 19.5.
    EXPECT_NEAR(out[kAccounts / 2], 19.5, 1);
    // At least the fifth who follow account 1 in any case, and nobody has more followers.
    EXPECT_GE(followers[1], kAccounts / 5 - 1000);
    EXPECT_EQ(std::ranges::max_element(followers) - followers.begin(), 1);

    // The share of accounts with at least k followers falls as k^-(2.2 - 1).
    const auto at_least = [&](std::uint64_t k) {
        return static_cast<double>(std::ranges::count_if(followers, [k](auto f) { return f >= k; })
        );
    };
    const double slope = std::log(at_least(1000) / at_least(50)) / std::log(1000.0 / 50.0);
    EXPECT_NEAR(slope, -1.2, 0.12);
}

TEST(MadeUpGraph, HasAsManyFollowersOfTheFirstAsAreAskedFor) {
    constexpr std::uint64_t kAccounts = 20'000;
    const auto followers_of_first = [](double share) {
        const MadeUpGraph graph({.accounts = kAccounts, .seed = 1, .celebrity_share = share});
        std::uint64_t followers = 0;
        for (std::uint64_t account = 2; account <= kAccounts; ++account) {
            followers += graph.followees(account).front() == 1 ? 1 : 0;
        }
        return static_cast<double>(followers) / (kAccounts - 1);
    };
    EXPECT_EQ(followers_of_first(1), 1);
    // The few who would follow it in any case come on top.
    EXPECT_NEAR(followers_of_first(0.9), 0.9, 0.02);
    EXPECT_LT(followers_of_first(0), 0.05);
}

TEST(MadeUpToken, IsForOneAccountAlone) {
    std::set<std::string> tokens;
    for (std::uint64_t account = 1; account <= 10'000; ++account) {
        tokens.insert(made_up_token(1, account));
        tokens.insert(made_up_token(2, account));
    }
    EXPECT_EQ(tokens.size(), 20'000U);
    EXPECT_EQ(tokens.begin()->size(), 43U);
    EXPECT_EQ(made_up_token(1, 5), made_up_token(1, 5));
    for (const std::string& token : tokens) {
        ASSERT_EQ(
            token.find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            ),
            std::string::npos
        );
    }
}

}  // namespace

}  // namespace rookery::load
