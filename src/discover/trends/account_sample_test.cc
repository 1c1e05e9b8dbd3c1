#include "discover/trends/account_sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <vector>

namespace rookery::discover::trends {
namespace {

constexpr std::size_t kMax = 64;

Use use(std::uint64_t account, std::uint64_t source = 1, UnixMs at_ms = 1) {
    return {AccountId(account), source, at_ms};
}

AccountSample sample_of(std::uint64_t salt, std::uint64_t accounts, std::size_t max = kMax) {
    AccountSample sample(salt);
    for (std::uint64_t account = 1; account <= accounts; ++account) {
        sample.add(use(account), max);
    }
    return sample;
}

TEST(AccountSample, IsExactWhileAccountsAreFew) {
    const AccountSample sample = sample_of(7, kMax);
    EXPECT_TRUE(sample.is_exact());
    EXPECT_EQ(sample.scale(), 1.0);
    EXPECT_EQ(sample.accounts(), double{kMax});
    EXPECT_FALSE(sample_of(7, kMax + 1).is_exact());
}

TEST(AccountSample, CountsAnAccountOnceByItsFirstUseAndItsNewestSource) {
    AccountSample sample(1);
    EXPECT_TRUE(sample.add(use(5, 20, 200), kMax));
    EXPECT_FALSE(sample.add(use(5, 30, 300), kMax));
    EXPECT_FALSE(sample.add(use(5, 10, 100), kMax));
    EXPECT_THAT(sample.uses(), testing::ElementsAre(use(5, 30, 100)));
}

TEST(AccountSample, DoesNotDependOnTheOrderNorOnRepetition) {
    std::mt19937_64 random(1);
    std::vector<std::uint64_t> accounts;
    for (std::uint64_t account = 1; account <= 500; ++account) {
        accounts.insert(accounts.end(), 1 + account % 3, account);
    }
    const AccountSample expected = sample_of(3, 500);
    for (int trial = 0; trial < 20; ++trial) {
        std::ranges::shuffle(accounts, random);
        AccountSample sample(3);
        for (const std::uint64_t account : accounts) {
            sample.add(use(account), kMax);
        }
        EXPECT_EQ(sample, expected);
    }
}

TEST(AccountSample, IsWhenShrunkWhatASmallerOneWouldHaveBeen) {
    for (const std::uint64_t accounts : {10, 16, 17, 64, 1000}) {
        AccountSample sample = sample_of(9, accounts);
        sample.shrink(16);
        EXPECT_EQ(sample, sample_of(9, accounts, 16)) << accounts;
    }
}

TEST(AccountSample, EstimatesTheNumberWithinItsStandardError) {
    constexpr double kAccounts = 5'000;
    constexpr int kTrials = 400;
    double sum = 0;
    double squares = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
        const AccountSample sample =
            sample_of(0x9E3779B9ULL * static_cast<std::uint64_t>(trial + 1), 5'000);
        EXPECT_EQ(sample.uses().size(), kMax);
        const double error = sample.accounts() / kAccounts - 1;
        sum += error;
        squares += error * error;
    }
    const double standard_error = 1 / std::sqrt(double{kMax} - 1);
    EXPECT_LT(std::abs(sum / kTrials), 3 * standard_error / std::sqrt(kTrials)) << "it is unbiased";
    EXPECT_LT(std::sqrt(squares / kTrials), 1.15 * standard_error);
    EXPECT_GT(std::sqrt(squares / kTrials), 0.85 * standard_error);
}

TEST(AccountSample, SaysHowManyOfAnyKindThereAre) {
    // A fifth is of a kind that only the reader can tell.
    double sum = 0;
    constexpr int kTrials = 400;
    for (int trial = 0; trial < kTrials; ++trial) {
        const AccountSample sample =
            sample_of(0xABCDEF12345ULL * static_cast<std::uint64_t>(trial + 1), 5'000);
        const auto of_kind = std::ranges::count_if(sample.uses(), [](const Use& kept) {
            return kept.account.value % 5 == 0;
        });
        sum += static_cast<double>(of_kind) * sample.scale();
    }
    EXPECT_NEAR(sum / kTrials, 1'000, 60);
}

TEST(AccountSample, KeepsOthersOfEveryThing) {
    const AccountSample one = sample_of(1, 5'000);
    const AccountSample other = sample_of(2, 5'000);
    std::set<std::uint64_t> both;
    for (const Use& kept : one.uses()) {
        both.insert(kept.account.value);
    }
    for (const Use& kept : other.uses()) {
        both.insert(kept.account.value);
    }
    EXPECT_GT(both.size(), kMax * 3 / 2);
}

}  // namespace
}  // namespace rookery::discover::trends
