#include "social/privacy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace rookery::social {
namespace {

constexpr UnixMs kNow = 1'800'000'000'000;
constexpr AccountId kReader{1};
constexpr AccountId kAuthor{2};
constexpr AccountId kOther{3};
constexpr std::array kVisibilities =
    {Visibility::kPublic, Visibility::kUnlisted, Visibility::kPrivate, Visibility::kDirect};

Viewer reader() {
    Viewer viewer;
    viewer.id = kReader;
    return viewer;
}

FollowEdge following(AccountId account) {
    return {account};
}

Post post_by(AccountId author, Visibility visibility = Visibility::kPublic) {
    Post post;
    post.id = PostId(100);
    post.author = author;
    post.visibility = visibility;
    return post;
}

Post reply_by(AccountId author, AccountId to) {
    Post post = post_by(author);
    post.in_reply_to = PostId(50);
    post.in_reply_to_account = to;
    return post;
}

Post boost_by(AccountId author, const Post& boosted) {
    Post post = post_by(author);
    post.boost_of = boosted.id;
    post.boost_of_author = boosted.author;
    return post;
}

Account author_account(bool suspended) {
    Account account;
    account.id = kAuthor;
    account.suspended = suspended;
    return account;
}

TEST(CanBrowse, IsRefusedByABlockAndBySuspension) {
    Viewer viewer = reader();
    EXPECT_TRUE(can_browse(nullptr, author_account(false)));
    EXPECT_TRUE(can_browse(&viewer, author_account(false)));
    EXPECT_FALSE(can_browse(nullptr, author_account(true)));
    EXPECT_FALSE(can_browse(&viewer, author_account(true)));
    viewer.blocked_by = {kAuthor};
    EXPECT_FALSE(can_browse(&viewer, author_account(false)));
}

TEST(CanSeeCollections, HidesThemFromAllButTheOwner) {
    const Viewer viewer = reader();
    Viewer owner = reader();
    owner.id = kAuthor;
    Account account = author_account(false);
    EXPECT_TRUE(can_see_collections(nullptr, account));
    EXPECT_TRUE(can_see_collections(&viewer, account));
    account.hide_collections = true;
    EXPECT_FALSE(can_see_collections(nullptr, account));
    EXPECT_FALSE(can_see_collections(&viewer, account));
    EXPECT_TRUE(can_see_collections(&owner, account));
    account.suspended = true;
    EXPECT_FALSE(can_see_collections(&owner, account));
}

TEST(CanSee, AgreesWithTheRulesInEveryCombination) {
    struct Row {
        Visibility visibility;
        const char* seen_by;  ///< letters of those who may: see below
    };
    // o: signed out, s: a stranger, f: a follower, m: someone mentioned, a: the author,
    // b: someone whom the author blocks, x: the same who is mentioned
    const std::vector<Row> rows = {
        {Visibility::kPublic, "osfma"},
        {Visibility::kUnlisted, "osfma"},
        {Visibility::kPrivate, "fmax"},
        {Visibility::kDirect, "max"},
    };
    for (const Row& row : rows) {
        for (const char who : std::string("osfmabx")) {
            Post post = post_by(kAuthor, row.visibility);
            Viewer viewer = reader();
            if (who == 'a') {
                viewer.id = kAuthor;
            }
            if (who == 'f') {
                viewer.following = {following(kAuthor)};
            }
            if (who == 'm' || who == 'x') {
                post.mentions = {{kOther, "other"}, {kReader, "reader"}};
            }
            if (who == 'b' || who == 'x') {
                viewer.blocked_by = {kAuthor};
            }
            const bool expected = std::string_view(row.seen_by).find(who) != std::string::npos;
            const Viewer* asking = who == 'o' ? nullptr : &viewer;
            EXPECT_EQ(can_see(asking, post, author_account(false)), expected)
                << to_string(row.visibility) << " by " << who;
            EXPECT_FALSE(can_see(asking, post, author_account(true)))
                << to_string(row.visibility) << " of a suspended author by " << who;
        }
    }
}

TEST(CanSee, IsNotGrantedByFollowingOrMentioningSomebodyElse) {
    Viewer viewer = reader();
    viewer.following = {following(kOther)};
    Post post = post_by(kAuthor, Visibility::kPrivate);
    post.mentions = {{kOther, "other"}};
    EXPECT_FALSE(can_see(&viewer, post, author_account(false)));
    post.visibility = Visibility::kDirect;
    viewer.following = {following(kAuthor), following(kOther)};
    EXPECT_FALSE(can_see(&viewer, post, author_account(false)));
}

TEST(CanSee, IsUnmovedByWhomTheReaderBlocksOrMutes) {
    Viewer viewer = reader();
    viewer.blocking = {kAuthor};
    viewer.muting = {{.account = kAuthor}};
    EXPECT_TRUE(can_see(&viewer, post_by(kAuthor), author_account(false)));
}

TEST(WantsInLists, RefusesAuthorsAndMentionedPeopleWhoAreShutOut) {
    enum Edge { kNone, kBlocks, kBlockedBy, kMutes, kMuteExpired };
    struct Row {
        Edge to_author;
        Edge to_mentioned;
        bool wanted;
    };
    std::vector<Row> rows;
    for (const Edge author : {kNone, kBlocks, kBlockedBy, kMutes, kMuteExpired}) {
        for (const Edge mentioned : {kNone, kBlocks, kBlockedBy, kMutes, kMuteExpired}) {
            const bool author_ok = author == kNone || author == kMuteExpired;
            const bool mentioned_ok = mentioned != kBlocks && mentioned != kMutes;
            rows.push_back({author, mentioned, author_ok && mentioned_ok});
        }
    }
    for (const Row& row : rows) {
        Viewer viewer = reader();
        const auto connect = [&](AccountId account, Edge edge) {
            if (edge == kBlocks) {
                viewer.blocking.push_back(account);
            } else if (edge == kBlockedBy) {
                viewer.blocked_by.push_back(account);
            } else if (edge == kMutes) {
                viewer.muting.push_back({.account = account, .expires_at_ms = kNow + 1});
            } else if (edge == kMuteExpired) {
                viewer.muting.push_back({.account = account, .expires_at_ms = kNow});
            }
        };
        connect(kAuthor, row.to_author);
        connect(kOther, row.to_mentioned);
        Post post = post_by(kAuthor);
        post.mentions = {{kReader, "reader"}, {kOther, "other"}};
        EXPECT_EQ(wants_in_lists(&viewer, post, kNow), row.wanted)
            << "author " << row.to_author << ", mentioned " << row.to_mentioned;
        EXPECT_TRUE(wants_in_lists(nullptr, post, kNow));
        post.author = kReader;
        EXPECT_TRUE(wants_in_lists(&viewer, post, kNow)) << "one's own post";
    }
}

TEST(WantsInLists, KeepsAMuteWithoutAnEndForEver) {
    Viewer viewer = reader();
    viewer.muting = {{.account = kAuthor, .expires_at_ms = 0}};
    EXPECT_FALSE(wants_in_lists(&viewer, post_by(kAuthor), kNow));
}

TEST(BelongsInHome, ShowsRepliesOnlyAmongPeopleOneReads) {
    Viewer viewer = reader();
    viewer.following = {following(kAuthor)};
    EXPECT_TRUE(belongs_in_home(viewer, post_by(kAuthor), nullptr));
    EXPECT_FALSE(belongs_in_home(viewer, reply_by(kAuthor, kOther), nullptr));
    EXPECT_TRUE(belongs_in_home(viewer, reply_by(kAuthor, kAuthor), nullptr));
    EXPECT_TRUE(belongs_in_home(viewer, reply_by(kAuthor, kReader), nullptr));
    EXPECT_TRUE(belongs_in_home(viewer, reply_by(kReader, kOther), nullptr));
    viewer.following.push_back(following(kOther));
    EXPECT_TRUE(belongs_in_home(viewer, reply_by(kAuthor, kOther), nullptr));
}

TEST(BelongsInHome, ShowsABoostUnlessHiddenOrOfSomeoneBlockedEitherWay) {
    for (int bits = 0; bits < 16; ++bits) {
        const bool hidden = (bits & 1) != 0;
        const bool blocks = (bits & 2) != 0;
        const bool blocked_by = (bits & 4) != 0;
        const bool gone = (bits & 8) != 0;
        Viewer viewer = reader();
        viewer.following = {following(kAuthor)};
        viewer.choices = {{kAuthor, !hidden, {"fr"}}};
        if (blocks) {
            viewer.blocking = {kOther};
        }
        if (blocked_by) {
            viewer.blocked_by = {kOther};
        }
        Post boosted = reply_by(kOther, AccountId(77));
        boosted.language = "de";
        const Post* shown = gone ? nullptr : &boosted;
        EXPECT_EQ(belongs_in_home(viewer, boost_by(kAuthor, boosted), shown), bits == 0) << bits;
        EXPECT_TRUE(belongs_in_home(viewer, boost_by(kReader, boosted), shown)) << bits;
    }
}

TEST(BelongsInHome, AsksForTheLanguagesOfTheFollow) {
    Viewer viewer = reader();
    viewer.following = {following(kAuthor)};
    viewer.choices = {{kAuthor, true, {"de", "fr"}}};
    Post post = post_by(kAuthor);
    EXPECT_TRUE(belongs_in_home(viewer, post, nullptr)) << "of no known language";
    post.language = "fr";
    EXPECT_TRUE(belongs_in_home(viewer, post, nullptr));
    post.language = "en";
    EXPECT_FALSE(belongs_in_home(viewer, post, nullptr));
    viewer.choices.clear();
    EXPECT_TRUE(belongs_in_home(viewer, post, nullptr));
}

TEST(BelongsInHome, TakesPublicPostsWithAFollowedHashtagFromAnybody) {
    Viewer viewer = reader();
    viewer.tags = {"bees", "birds"};
    for (const Visibility visibility : kVisibilities) {
        Post post = post_by(kOther, visibility);
        EXPECT_FALSE(belongs_in_home(viewer, post, nullptr)) << "without a hashtag";
        post.tags = {"trees"};
        EXPECT_FALSE(belongs_in_home(viewer, post, nullptr)) << "with another one";
        post.tags = {"trees", "birds"};
        EXPECT_EQ(belongs_in_home(viewer, post, nullptr), visibility == Visibility::kPublic)
            << to_string(visibility);
    }
    Post reply = reply_by(kOther, AccountId(77));
    reply.tags = {"birds"};
    EXPECT_TRUE(belongs_in_home(viewer, reply, nullptr)) << "replies to others, too";
    Post boost = boost_by(kAuthor, reply);
    boost.tags = {"birds"};
    EXPECT_FALSE(belongs_in_home(viewer, boost, &reply)) << "boosts do not come by hashtag";
}

TEST(BelongsInHome, LeavesOutWhomAnExclusiveListSetsApart) {
    Viewer viewer = reader();
    viewer.following = {following(kAuthor), following(kOther)};
    viewer.set_apart = {kReader, kAuthor};
    const Post post = post_by(kAuthor);
    EXPECT_FALSE(belongs_in_home(viewer, post, nullptr));
    EXPECT_FALSE(belongs_in_home(viewer, boost_by(kAuthor, post_by(kOther)), &post));
    EXPECT_TRUE(belongs_in_home(viewer, boost_by(kOther, post), &post)) << "boosted by another";
    EXPECT_TRUE(belongs_in_home(viewer, post_by(kReader), nullptr)) << "one's own";
    Post tagged = post_by(kAuthor);
    tagged.tags = {"birds"};
    viewer.tags = {"birds"};
    EXPECT_TRUE(belongs_in_home(viewer, tagged, nullptr)) << "it comes by the hashtag";
}

TEST(BelongsInList, ShowsRepliesByTheListsPolicy) {
    constexpr AccountId kMember{4};
    constexpr AccountId kFollowed{5};
    constexpr AccountId kStranger{6};
    struct Row {
        AccountId replies_to;
        const char* shown_by;  ///< f: followed, l: list, n: none
    };
    const std::vector<Row> rows = {
        {kReader, "fln"},
        {kAuthor, "fln"},
        {kMember, "fl"},
        {kFollowed, "f"},
        {kStranger, ""},
    };
    Viewer viewer = reader();
    viewer.following = {following(kAuthor), following(kMember), following(kFollowed)};
    viewer.set_apart = {kAuthor, kMember};  // the list is exclusive, which is home's business
    for (const RepliesPolicy policy :
         {RepliesPolicy::kFollowed, RepliesPolicy::kList, RepliesPolicy::kNone}) {
        const ListFeed list{.replies = policy, .members = {kReader, kAuthor, kMember}};
        EXPECT_TRUE(belongs_in_list(viewer, list, post_by(kAuthor), nullptr));
        EXPECT_FALSE(belongs_in_list(viewer, list, post_by(kFollowed), nullptr)) << "no member";
        for (const Row& row : rows) {
            const bool shown = std::string_view(row.shown_by).find(to_string(policy).front()) !=
                               std::string_view::npos;
            EXPECT_EQ(
                belongs_in_list(viewer, list, reply_by(kAuthor, row.replies_to), nullptr), shown
            ) << to_string(policy)
              << " to " << row.replies_to.value;
        }
        EXPECT_EQ(
            belongs_in_list(viewer, list, reply_by(kReader, kStranger), nullptr),
            policy == RepliesPolicy::kFollowed
        ) << "one's own reply, by "
          << to_string(policy);
    }
}

TEST(BelongsInList, TakesFromAMemberWhatTheFollowBrings) {
    Viewer viewer = reader();
    const ListFeed list{.members = {kAuthor}};
    const Post boosted = post_by(kOther);
    EXPECT_FALSE(belongs_in_list(viewer, list, post_by(kAuthor), nullptr)) << "not followed";
    viewer.following = {following(kAuthor)};
    EXPECT_TRUE(belongs_in_list(viewer, list, boost_by(kAuthor, boosted), &boosted));
    EXPECT_FALSE(belongs_in_list(viewer, list, boost_by(kAuthor, boosted), nullptr)) << "gone";
    viewer.choices = {{.account = kAuthor, .show_boosts = false, .languages = {"de"}}};
    EXPECT_FALSE(belongs_in_list(viewer, list, boost_by(kAuthor, boosted), &boosted));
    Post post = post_by(kAuthor);
    post.language = "en";
    EXPECT_FALSE(belongs_in_list(viewer, list, post, nullptr));
}

TEST(CanBoost, ExceptDirectPostsAndPrivatePostsOfOthers) {
    for (const Visibility visibility : kVisibilities) {
        const bool open = visibility == Visibility::kPublic || visibility == Visibility::kUnlisted;
        const Post post = post_by(kAuthor, visibility);
        EXPECT_EQ(can_boost(kReader, post), open) << to_string(visibility);
        EXPECT_EQ(can_boost(kAuthor, post), visibility != Visibility::kDirect)
            << to_string(visibility);
    }
}

}  // namespace
}  // namespace rookery::social
