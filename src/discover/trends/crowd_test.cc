#include "discover/trends/crowd.h"

#include "discover/trends/account_sample.h"
#include "discover/trends/trends_town_for_test.h"

#include <gtest/gtest.h>

#include <vector>

namespace rookery::discover::trends {
namespace {

constexpr UnixMs kNow = 20'000 * kDayMs;
constexpr CrowdLimits kLimits{.account_age_full_ms = 3 * kDayMs, .followers_half = 3};

double worth_of(double listeners, UnixMs age_ms, bool counts = true) {
    return worth({counts, kNow - age_ms, listeners}, kNow, kLimits);
}

TEST(Worth, GrowsWithAgeAndListeners) {
    EXPECT_DOUBLE_EQ(worth_of(3, 3 * kDayMs), 0.5);
    EXPECT_DOUBLE_EQ(worth_of(27, 30 * kDayMs), 0.9);
    EXPECT_DOUBLE_EQ(worth_of(3, kDayMs), 0.5 / 3);
    EXPECT_EQ(worth_of(1'000, 0), 0);
    EXPECT_EQ(worth_of(0, 30 * kDayMs), 0);
    EXPECT_EQ(worth_of(27, 30 * kDayMs, false), 0) << "there is nobody";
    EXPECT_LT(worth_of(1e9, 30 * kDayMs), 1.0000001) << "one account is one voice at most";
}

TEST(Worth, OfWhatWasBroughtHereIsThatOfOldAccounts) {
    EXPECT_DOUBLE_EQ(worth_of(3, -kDayMs), 0.5);
}

/// How large a part of a sample of the crowd is heard by anybody outside.
double part_heard(Town& town, const std::vector<AccountId>& crowd, std::size_t known) {
    std::size_t heard = 0;
    std::size_t all = 0;
    for (std::uint64_t salt = 1; salt <= 40; ++salt) {
        AccountSample sample(salt);
        for (const AccountId one : crowd) {
            sample.add({one, 1, 1}, known);
        }
        Participants participants;
        std::vector<AccountId> ids;
        for (const Use& use : sample.uses()) {
            participants.emplace(use.account, sample.scale());
            ids.push_back(use.account);
        }
        CrowdLimits limits = kLimits;
        limits.followers_read_max = 30;
        Crowd judged(limits, town.store_, town.accounts_);
        for (const Voice& voice : must(kit::run(judged.voices(std::move(ids), &participants)))) {
            heard += voice.listeners > 0 ? 1 : 0;
            ++all;
        }
    }
    return static_cast<double>(heard) / static_cast<double>(all);
}

TEST(Crowd, IsNotFooledByARingOfWhichItKnowsAPart) {
    Town town;
    const auto ring = town.people("ring", 90);
    for (const AccountId one : ring) {
        for (const AccountId other : ring) {
            if (one != other) {
                town.follow(one, other);
            }
        }
    }
    EXPECT_EQ(part_heard(town, ring, 90), 0) << "known as a whole";
    EXPECT_LT(part_heard(town, ring, 64), 0.01);
    EXPECT_LT(part_heard(town, ring, 24), 0.03);
}

TEST(Crowd, HearsThoseWhomOthersFollow) {
    Town town;
    const auto crowd = town.citizens("citizen", 60);
    for (std::size_t i = 0; i < crowd.size(); ++i) {
        town.follow(crowd[i], crowd[(i + 1) % crowd.size()]);
    }
    EXPECT_EQ(part_heard(town, crowd, 60), 1);
    EXPECT_EQ(part_heard(town, crowd, 16), 1);
}

}  // namespace
}  // namespace rookery::discover::trends
