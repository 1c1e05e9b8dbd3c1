#include "discover/trends/trends.h"

#include "discover/trends/trends_fixture_for_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::discover::trends {
namespace {

using social::PostPtr;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

TEST_F(TrendsTest, ListTagsLinksAndPostsThatManyTakeUp) {
    everybody_says("#birds and https://Example.org/birds?utm_source=app#top", 10);
    everybody_says("#rare #birds https://example.org/birds", 4);
    const PostPtr post = liked_post(0, "hello");
    judge();
    EXPECT_THAT(tags(), ElementsAre("birds"));
    EXPECT_THAT(links(), ElementsAre("https://example.org/birds"));
    EXPECT_THAT(posts(), ElementsAre(post->id));
    const Trend trend = trends_->list(Kind::kTag, Audience::kEverybody, {}).front();
    EXPECT_EQ(trend.history[0].uses, 14);
    EXPECT_EQ(trend.history[0].accounts, 10);
    const Trend link = trends_->list(Kind::kLink, Audience::kEverybody, {}).front();
    EXPECT_EQ(link.history[0].uses, 14);
    EXPECT_EQ(link.history[0].accounts, 10);
}

TEST_F(TrendsTest, AreOrderedByScoreAndCoolDown) {
    everybody_says("#less", 8);
    everybody_says("#more", 12);
    judge();
    EXPECT_THAT(tags(), ElementsAre("more", "less"));
    clock_.advance_ms(20 * kHourMs);
    judge();
    EXPECT_THAT(tags(), IsEmpty());
}

TEST_F(TrendsTest, AreTheSameAfterARestart) {
    everybody_says("#birds https://example.org/a", 9);
    everybody_says("#other", 7);
    const PostPtr boosted = post(people_[0], "https://example.org/b");
    for (std::size_t i = 1; i < 12; ++i) {
        boost(people_[i], boosted);
    }
    liked_post(1, "liked");
    judge();
    const auto before = std::tuple(tags(), links(), posts());
    EXPECT_THAT(std::get<0>(before), SizeIs(2));
    EXPECT_THAT(std::get<1>(before), ElementsAre("https://example.org/b", "https://example.org/a"));
    EXPECT_THAT(std::get<2>(before), SizeIs(2));
    restart();
    EXPECT_EQ(std::tuple(tags(), links(), posts()), before);
}

TEST_F(TrendsTest, ForgetWhatIsTakenBack) {
    const auto made = everybody_says("#gone https://example.org/gone", 8);
    const auto edited = everybody_says("#edited https://example.org/edited", 8);
    const auto hidden = everybody_says("#hidden", 8);
    const PostPtr disliked = post(people_[13], "liked for a while");
    const PostPtr unboosted = post(people_[13], "boosted for a while");
    for (std::size_t i = 0; i < 8; ++i) {
        favourite(people_[i], disliked);
        boost(people_[i], unboosted);
    }
    judge();
    EXPECT_THAT(tags(), UnorderedElementsAre("gone", "edited", "hidden"));
    EXPECT_THAT(links(), SizeIs(2));
    EXPECT_THAT(posts(), SizeIs(2));
    for (std::size_t i = 0; i < 4; ++i) {
        remove(made[i]);
        edit(edited[i], {.text = "nothing"});
        edit(hidden[i], {.visibility = social::Visibility::kPrivate});
        must(kit::run(reactions_.unfavourite(people_[i], disliked)));
        must(kit::run(posts_.unboost(people_[i], unboosted->id)));
    }
    judge();
    EXPECT_THAT(tags(), IsEmpty()) << "four are too few";
    EXPECT_THAT(links(), IsEmpty());
    EXPECT_THAT(posts(), IsEmpty());
}

TEST_F(TrendsTest, CountATagThatIsEditedIn) {
    for (const PostPtr& post : everybody_says("birds", 10)) {
        edit(post, {.text = "#birds"});
    }
    judge();
    EXPECT_THAT(tags(), ElementsAre("birds"));
}

TEST_F(TrendsTest, DoNotCountTheSuspended) {
    everybody_says("#birds https://example.org", 10);
    const PostPtr post = liked_post(13, "liked");
    judge();
    EXPECT_THAT(tags(), SizeIs(1));
    for (std::size_t i = 0; i < 6; ++i) {
        suspend(people_[i]);
    }
    judge();
    EXPECT_THAT(tags(), IsEmpty());
    EXPECT_THAT(links(), IsEmpty());
    EXPECT_THAT(posts(), IsEmpty());
}

TEST_F(TrendsTest, CountOnlyWhatIsSaidToEverybody) {
    const PostPtr parent = post(people_[13], "what is it?");
    for (std::size_t i = 0; i < 10; ++i) {
        social::NewPost unlisted = draft(people_[i], "#unlisted https://example.org/u");
        unlisted.visibility = social::Visibility::kUnlisted;
        post(std::move(unlisted));
        social::NewPost reply = draft(people_[i], "#reply https://example.org/r");
        reply.in_reply_to = parent->id;
        post(std::move(reply));
        social::NewPost warned = draft(people_[i], "#warned https://example.org/w");
        warned.spoiler_text = "careful";
        post(std::move(warned));
    }
    judge();
    EXPECT_THAT(tags(), ElementsAre("warned")) << "tags stand outside of what is hidden";
    EXPECT_THAT(links(), IsEmpty());
}

TEST_F(TrendsTest, HaveOnlyPostsThatMayTrend) {
    std::vector<social::NewPost> drafts(5, draft(people_[0], "one"));
    drafts[0].sensitive = true;
    drafts[1].spoiler_text = "careful";
    drafts[2].visibility = social::Visibility::kUnlisted;
    drafts[3].in_reply_to = post(people_[0], "thread")->id;
    for (const social::NewPost& made : drafts) {
        liked(post(made));
    }
    const PostPtr reluctant = liked_post(1, "two");
    change(people_[1], {.discoverable = false});
    judge();
    ASSERT_THAT(posts(), SizeIs(1));
    EXPECT_NE(posts().front(), reluctant->id);
}

TEST_F(TrendsTest, ShowPostsAsOneMaySeeThemAtThatMoment) {
    const PostPtr one = liked_post(0, "one");
    const PostPtr two = liked_post(1, "two");
    const PostPtr three = liked_post(2, "three");
    const PostPtr four = liked_post(3, "four");
    const PostPtr five = liked_post(4, "five");
    const PostPtr six = liked_post(5, "six");
    judge();
    const AccountId reader = people_[12];
    EXPECT_THAT(posts(reader), SizeIs(6));
    // No round comes in between.
    must(kit::run(follows_.block(reader, people_[0])));
    must(kit::run(follows_.block(people_[1], reader)));
    must(kit::run(follows_.mute(reader, people_[2], true, 0)));
    EXPECT_THAT(posts(reader), UnorderedElementsAre(four->id, five->id, six->id));
    EXPECT_THAT(posts(), SizeIs(6)) << "that concerns nobody else";
    remove(four);
    suspend(people_[4]);
    change(people_[5], {.discoverable = false});
    EXPECT_THAT(posts(), UnorderedElementsAre(one->id, two->id, three->id));
    edit(one, {.spoiler_text = "careful"});
    edit(two, {.visibility = social::Visibility::kUnlisted});
    EXPECT_THAT(posts(), ElementsAre(three->id));
}

TEST_F(TrendsTest, HaveFewPostsOfOneAuthor) {
    for (int i = 0; i < 4; ++i) {
        liked_post(0, "mine " + std::to_string(i));
    }
    const PostPtr other = liked(post(people_[1], "another's"), 7);
    judge();
    EXPECT_THAT(posts(), SizeIs(3));
    EXPECT_EQ(posts().back(), other->id);
}

TEST_F(TrendsTest, PutTheReadersLanguagesFirst) {
    const auto in = [this](const std::string& language, const std::string& text) {
        social::NewPost made = draft(people_[0], text);
        made.language = language;
        return made;
    };
    const PostPtr english = liked(post(in("en", "morning")), 10);
    social::NewPost german_draft = in("de", "moin");
    german_draft.author = people_[1];
    const PostPtr german = liked(post(german_draft), 8);
    for (std::size_t i = 0; i < 10; ++i) {
        social::NewPost made = in("en", "https://example.org/en");
        made.author = people_[i];
        post(made);
        if (i < 8) {
            made.language = "de";
            made.text = "https://example.org/de";
            post(made);
        }
    }
    judge();
    EXPECT_THAT(posts({}, {}), ElementsAre(english->id, german->id));
    EXPECT_THAT(posts({}, {"de"}), ElementsAre(german->id, english->id));
    EXPECT_THAT(
        names(Kind::kLink, {"de"}), ElementsAre("https://example.org/de", "https://example.org/en")
    );
    EXPECT_THAT(names(Kind::kLink).front(), "https://example.org/en");
}

TEST_F(TrendsTest, ShowThePostsThatShareALink) {
    const auto made = everybody_says("https://example.org/birds", 9);
    const PostPtr boosted = post(people_[10], "see https://example.org/birds?utm_medium=x");
    boost(people_[11], boosted);
    judge();
    const auto found = [&](AccountId reader, const std::string& url) {
        return must(kit::run(trends_->link_posts(viewer(reader), url))).size();
    };
    EXPECT_EQ(found({}, "https://example.org/birds#x"), 10U);
    EXPECT_EQ(found({}, "https://example.org/other"), 0U);
    must(kit::run(follows_.block(people_[0], people_[12])));
    EXPECT_EQ(found(people_[12], "https://example.org/birds"), 9U);
}

TEST_F(TrendsTest, AreFilledAgainAfterAnImport) {
    everybody_says("#birds");
    handled_ = store_.horizon();  // as an import, they come without events
    social::SocialEvent imported;
    imported.type = social::EventType::kPostsImported;
    ports::Batch batch;
    batch.emit(social::encode(imported));
    must(kit::run(store_.commit(std::move(batch))));
    judge();
    EXPECT_THAT(tags(), ElementsAre("birds"));
}

TEST_F(TrendsTest, AreNoneWhereTheHouseWantsNone) {
    limits_.enabled = false;
    restart();
    everybody_says("#birds");
    judge();
    EXPECT_THAT(tags(), IsEmpty());
}

}  // namespace
}  // namespace rookery::discover::trends
