#include "discover/suggestions.h"

#include "discover/people_for_test.h"

#include <algorithm>

namespace rookery::discover {
namespace {

/// The viewer follows a friend, and the friend follows ten others.
class SuggestionsTest : public PeopleFixture {
protected:
    SuggestionsTest() {
        featured_ = person();
        viewer_ = person();
        friend_ = person();
        follow(viewer_, friend_);
        for (int i = 0; i < 10; ++i) {
            others_.push_back(person());
            follow(friend_, others_.back());
        }
        keep_up();
    }

    std::vector<AccountId> suggested(AccountId account) {
        const auto suggestions = kit::run(suggestions_.of(viewer(account)));
        EXPECT_TRUE(suggestions);
        std::vector<AccountId> ids;
        for (const Suggestion& suggestion : *suggestions) {
            ids.push_back(suggestion.account->id);
        }
        return ids;
    }
    std::uint8_t sources(AccountId account, AccountId suggested) {
        const auto suggestions = kit::run(suggestions_.of(viewer(account)));
        for (const Suggestion& suggestion : *suggestions) {
            if (suggestion.account->id == suggested) {
                return suggestion.sources;
            }
        }
        return 0;
    }

    AccountId featured_;
    AccountId viewer_;
    AccountId friend_;
    std::vector<AccountId> others_;
};

TEST_F(SuggestionsTest, FeaturedComeFirstAndFriendsOfFriendsFollow) {
    const auto ids = suggested(viewer_);
    ASSERT_EQ(ids.size(), 11U);
    EXPECT_EQ(ids.front(), featured_);
    EXPECT_THAT(ids, testing::IsSupersetOf(others_));
    EXPECT_EQ(sources(viewer_, featured_), kFeatured);
    EXPECT_EQ(sources(viewer_, others_[0]), kFriendsOfFriends | kMostFollowed);
}

TEST_F(SuggestionsTest, ANewcomerIsShownTheMostFollowed) {
    const AccountId newcomer = person();
    const AccountId star = others_[3];
    follow(others_[1], star);
    keep_up();
    const auto ids = suggested(newcomer);
    ASSERT_GT(ids.size(), 2U);
    EXPECT_EQ(ids[0], featured_);
    EXPECT_EQ(ids[1], star);
    EXPECT_EQ(sources(newcomer, star), kMostFollowed);
}

TEST_F(SuggestionsTest, WhoIsFollowedByThoseWhoFollowTheSameIsFound) {
    const AccountId like_minded = person();
    const AccountId their_find = person();
    follow(like_minded, friend_);
    follow(like_minded, their_find);
    keep_up();
    EXPECT_NE(sources(viewer_, their_find) & kSimilarToRecentlyFollowed, 0);
    EXPECT_EQ(sources(viewer_, their_find) & kFriendsOfFriends, 0);
}

TEST_F(SuggestionsTest, WhoMayNotBeSuggestedIsGoneFromTheNextAnswer) {
    const auto is_suggested = [this](std::size_t index) {
        const auto ids = suggested(viewer_);
        return std::ranges::find(ids, others_[index]) != ids.end();
    };
    for (std::size_t i = 0; i < others_.size(); ++i) {
        ASSERT_TRUE(is_suggested(i));
    }
    // No upkeep from here on: what was acknowledged counts at once.
    update(others_[0], {.suspended = true});
    update(others_[1], {.discoverable = false});
    EXPECT_TRUE(kit::run(follows_.block(viewer_, others_[2])));
    EXPECT_TRUE(kit::run(follows_.block(others_[3], viewer_)));
    EXPECT_TRUE(kit::run(follows_.mute(viewer_, others_[4], true, 0)));
    follow(viewer_, others_[5]);
    update(others_[6], {.locked = true});
    follow(viewer_, others_[6]);  // asks
    EXPECT_TRUE(kit::run(dismissed_.add(viewer_, others_[7])));
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_FALSE(is_suggested(i)) << i;
    }
    EXPECT_TRUE(is_suggested(8));
    const auto ids = suggested(viewer_);
    EXPECT_THAT(ids, testing::Not(testing::Contains(viewer_)));
    EXPECT_THAT(ids, testing::Not(testing::Contains(friend_)));

    EXPECT_TRUE(kit::run(follows_.unfollow(viewer_, others_[5])));
    EXPECT_TRUE(kit::run(follows_.unblock(viewer_, others_[2])));
    EXPECT_TRUE(is_suggested(5));
    EXPECT_TRUE(is_suggested(2));
}

TEST_F(SuggestionsTest, WhoHidesTheirListsTellsNobodyWhomTheyFollow) {
    update(friend_, {.hide_collections = true});
    keep_up();
    clock_.advance_ms(60'000);
    for (const AccountId other : others_) {
        EXPECT_EQ(sources(viewer_, other), kMostFollowed) << "as anybody is told";
    }
}

TEST_F(SuggestionsTest, TheOrderIsTheSameAllDay) {
    const auto first = suggested(viewer_);
    clock_.advance_ms(60'000);
    EXPECT_EQ(suggested(viewer_), first);
}

TEST_F(SuggestionsTest, AFollowOfAFriendCountsAfterAMoment) {
    const AccountId fresh = person();
    keep_up();
    EXPECT_EQ(sources(viewer_, fresh), 0);
    follow(friend_, fresh);
    keep_up();
    clock_.advance_ms(11'000);
    EXPECT_NE(sources(viewer_, fresh) & kFriendsOfFriends, 0);
}

TEST_F(SuggestionsTest, PeopleLikeTheseAreFollowedByTheSame) {
    const auto similar = [this](AccountId of, social::ViewerPtr viewer) {
        std::vector<AccountId> ids;
        const auto found = kit::run(suggestions_.similar_to(account(of), std::move(viewer)));
        for (const social::AccountPtr& one : *found) {
            ids.push_back(one->id);
        }
        return ids;
    };
    EXPECT_THAT(
        similar(others_[0], nullptr),
        testing::UnorderedElementsAreArray(others_.begin() + 1, others_.end())
    );
    follow(viewer_, others_[1]);
    EXPECT_THAT(similar(others_[0], viewer(viewer_)), testing::Not(testing::Contains(others_[1])));
    update(others_[0], {.hide_collections = true});
    EXPECT_TRUE(similar(others_[0], viewer(viewer_)).empty()) << "followers are nobody's business";
    update(others_[0], {.hide_collections = false});
    update(friend_, {.hide_collections = true});
    keep_up();
    EXPECT_TRUE(similar(others_[0], nullptr).empty()) << "whom the follower follows is not, either";
}

}  // namespace
}  // namespace rookery::discover
