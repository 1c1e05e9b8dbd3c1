// What those do who want to trend without being talked of, beside an honest trend.
#include "discover/trends/trends_town_for_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::discover::trends {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Gt;
using testing::IsEmpty;

class TrendsAbuse : public testing::Test {
protected:
    /// A dozen people, on whose lips one tag, one link and one post are.
    void organic_trend() {
        honest_ = town_.citizens("honest", 12);
        const auto talk = town_.post(honest_[0], "what a day");
        honest_post_ = talk->id;
        for (const AccountId one : honest_) {
            town_.post(one, "#honest https://example.org/honest");
            if (one != honest_[0]) {
                town_.favourite(one, talk);
            }
        }
    }
    void expect_only_the_organic_trend() {
        town_.judge();
        EXPECT_THAT(town_.tags(), ElementsAre("honest"));
        EXPECT_THAT(town_.links(), ElementsAre("https://example.org/honest"));
        EXPECT_THAT(town_.posts(), ElementsAre(honest_post_));
        town_.restart();
        EXPECT_THAT(town_.tags(), ElementsAre("honest")) << "the same from rows";
        EXPECT_THAT(town_.posts(), ElementsAre(honest_post_));
    }
    /// Each of them follows each other.
    void follow_each_other(const std::vector<AccountId>& ring) {
        for (const AccountId one : ring) {
            for (const AccountId other : ring) {
                if (one != other) {
                    town_.follow(one, other);
                }
            }
        }
    }
    void push(const std::vector<AccountId>& pushers) {
        const auto theirs = town_.post(pushers[0], "buy this");
        for (const AccountId one : pushers) {
            town_.post(one, "#pushed https://example.com/pushed");
            if (one != pushers[0]) {
                town_.boost(one, theirs);
                town_.favourite(one, theirs);
            }
        }
    }

    Town town_;
    std::vector<AccountId> honest_;
    PostId honest_post_;
};

TEST_F(TrendsAbuse, OneAccountWithAThousandPostsIsOneVoice) {
    const AccountId loud = town_.citizens("loud", 1).front();
    organic_trend();
    for (int i = 0; i < 1'000; ++i) {
        town_.post(loud, "#loud https://example.com/loud #a" + std::to_string(i));
    }
    expect_only_the_organic_trend();
}

TEST_F(TrendsAbuse, FiftyFreshAccountsSayNothing) {
    organic_trend();
    auto fresh = town_.people("fresh", 50);
    for (const AccountId one : fresh) {
        for (const AccountId listener : town_.listeners_) {
            town_.follow(listener, one);  // bought, too
        }
    }
    push(fresh);
    expect_only_the_organic_trend();
}

TEST_F(TrendsAbuse, AgedAccountsThatNobodyFollowsSayNothing) {
    const auto lonely = town_.people("lonely", 50);
    town_.age();
    organic_trend();
    push(lonely);
    expect_only_the_organic_trend();
}

TEST_F(TrendsAbuse, ARingOfAccountsThatKnowEachOtherAloneSaysNothing) {
    const auto ring = town_.people("ring", 30);
    follow_each_other(ring);
    town_.age();
    organic_trend();
    push(ring);
    expect_only_the_organic_trend();
}

TEST_F(TrendsAbuse, ARingLargerThanWhatIsKnownOfItSaysNothingEither) {
    TrendLimits limits;
    limits.sample_accounts_max = 16;
    town_.restart(limits);
    const auto ring = town_.people("ring", 60);
    follow_each_other(ring);
    town_.age();
    organic_trend();
    push(ring);
    town_.judge();
    EXPECT_THAT(town_.tags(), ElementsAre("honest"));
    EXPECT_THAT(town_.posts(), ElementsAre(honest_post_));
}

TEST_F(TrendsAbuse, FriendsWhoAlsoHaveOtherFollowersAreHeard) {
    const auto friends = town_.citizens("friend", 12);
    follow_each_other(friends);
    push(friends);
    town_.judge();
    EXPECT_THAT(town_.tags(), ElementsAre("pushed"));
    EXPECT_EQ(town_.posts().size(), 1U);
}

TEST_F(TrendsAbuse, NobodyPushesTheirOwnPost) {
    TrendLimits limits;
    limits.voices_min = 0.5;
    limits.score_min = 0;
    town_.restart(limits);
    const AccountId vain = town_.citizens("vain", 1).front();
    const auto theirs = town_.post(vain, "me");
    town_.boost(vain, theirs);
    town_.favourite(vain, theirs);
    town_.judge();
    EXPECT_THAT(town_.posts(), IsEmpty());
}

TEST_F(TrendsAbuse, WhatIsSaidEveryDayIsNoNews) {
    organic_trend();
    const auto habit = town_.citizens("habit", 20);
    for (int day = 0; day < 6; ++day) {
        for (const AccountId one : habit) {
            town_.post(one, "#habit");
        }
        town_.drain();
        town_.clock_.advance_ms(kDayMs - 20 * 10);
        town_.judge();
    }
    for (const AccountId one : habit) {
        town_.post(one, "#habit");
    }
    for (const AccountId one : honest_) {
        town_.post(one, "#news");
    }
    town_.judge();
    EXPECT_THAT(town_.tags(), ElementsAre("news")) << "though fewer say so";
}

TEST_F(TrendsAbuse, FloodsOfTagsPushNothingOut) {
    TrendLimits limits;
    limits.items_max = 200;
    town_.restart(limits);
    const AccountId flooder = town_.citizens("flooder", 1).front();
    const auto honest = town_.citizens("honest", 8);
    for (const AccountId one : honest) {
        town_.post(one, "#honest");
        for (int i = 0; i < 100; ++i) {
            std::string text;
            for (int tag = 0; tag < 30; ++tag) {
                text += " #f" + std::to_string(one.value % 1000) + "x" + std::to_string(i) + "x" +
                        std::to_string(tag);
            }
            town_.post(flooder, text);
        }
        town_.drain();
    }
    town_.judge();
    EXPECT_THAT(town_.tags(), ElementsAre("honest"));
}

}  // namespace
}  // namespace rookery::discover::trends
