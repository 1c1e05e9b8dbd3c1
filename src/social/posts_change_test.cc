#include "kit/posts_fixture.h"
#include "social/posts.h"

namespace rookery::social {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ChangingPosts : public PostsFixture {
protected:
    Result<PostPtr> edit(PostId id, PostChanges changes) {
        return kit::run(posts_.edit(alice_, id, std::move(changes)));
    }
};

TEST_F(ChangingPosts, BoostsOncePerAccount) {
    const PostPtr made = post(alice_, "hi");
    const PostPtr first = boost(bob_, made->id);
    EXPECT_EQ(first->boost_of, made->id);
    EXPECT_EQ(first->boost_of_author, alice_);
    EXPECT_EQ(boost(bob_, made->id)->id, first->id);
    EXPECT_EQ(boost(carol_, first->id)->boost_of, made->id) << "a boost of a boost";
    EXPECT_EQ(counts(made->id).boosts, 2);
    EXPECT_EQ(post_count(bob_), 1);
    const auto created = events(EventType::kPostCreated);
    EXPECT_EQ(
        created[1], (SocialEvent{EventType::kPostCreated, bob_, alice_, first->id, made->id})
    );
    expect_consistent();
}

TEST_F(ChangingPosts, UnboostTakesEverythingBack) {
    const PostPtr made = post(alice_, "hi");
    ASSERT_TRUE(kit::run(reactions_.bookmark(bob_, made)));
    const PostPtr first = boost(bob_, made->id);
    EXPECT_EQ((*kit::run(posts_.unboost(bob_, made->id)))->id, made->id);
    EXPECT_EQ(find(first->id), nullptr);
    EXPECT_EQ(kit::run(reactions_.marks(bob_, {made->id}))->front().boost, PostId());
    EXPECT_TRUE(kit::run(reactions_.marks(bob_, {made->id}))->front().bookmark);
    EXPECT_TRUE(kit::run(posts_.unboost(bob_, made->id))) << "repeating is no error";
    expect_consistent();
    const auto deleted = events(EventType::kPostDeleted);
    EXPECT_THAT(
        deleted,
        ElementsAre(SocialEvent{EventType::kPostDeleted, bob_, alice_, first->id, made->id})
    );
    EXPECT_NE(boost(bob_, made->id)->id, first->id);
    ASSERT_TRUE(kit::run(posts_.remove(bob_, boost(bob_, made->id)->id))) << "as a post";
    EXPECT_EQ(counts(made->id).boosts, 0);
    expect_consistent();
}

TEST_F(ChangingPosts, BoostsOnlyWhatMayBeBoosted) {
    const PostPtr hidden = post(alice_, "for followers", Visibility::kPrivate);
    const PostPtr direct = post(alice_, "@bob psst", Visibility::kDirect);
    const PostPtr open = post(alice_, "open");
    const auto error = [&](AccountId actor, PostId id, Visibility visibility) {
        const auto made = kit::run(posts_.boost(actor, id, visibility));
        return made ? ErrorCode::kInternal : made.error().code;
    };
    EXPECT_EQ(error(bob_, hidden->id, Visibility::kPublic), ErrorCode::kNotFound);
    follow(bob_, alice_);
    EXPECT_EQ(error(bob_, hidden->id, Visibility::kPublic), ErrorCode::kForbidden);
    EXPECT_EQ(error(bob_, direct->id, Visibility::kPublic), ErrorCode::kForbidden);
    EXPECT_EQ(error(bob_, open->id, Visibility::kDirect), ErrorCode::kInvalid);
    EXPECT_EQ(error(bob_, PostId(9), Visibility::kPublic), ErrorCode::kNotFound);
    EXPECT_EQ(boost(alice_, hidden->id)->visibility, Visibility::kPrivate);
    EXPECT_EQ(counts(hidden->id).boosts, 1) << "as on Mastodon, unlike replies for followers";
    expect_consistent();
}

TEST_F(ChangingPosts, EditKeepsFormerVersions) {
    const PostPtr made = post(alice_, "one @bob #a");
    const PostPtr second = *edit(made->id, {.text = "two @carol #b"});
    const PostPtr third = *edit(made->id, {.spoiler_text = "careful"});
    EXPECT_GT(second->edited_at_ms, made->created_at_ms());
    EXPECT_GT(third->edited_at_ms, second->edited_at_ms) << "within the same millisecond, too";
    EXPECT_EQ(*find(made->id), *third);
    EXPECT_THAT(third->mentions, ElementsAre(Mention{carol_, "carol"}, Mention{bob_, "Bob"}));
    EXPECT_THAT(third->tags, ElementsAre("b"));
    EXPECT_TRUE(third->sensitive);
    const auto history = *kit::run(posts_.history(made->id));
    ASSERT_THAT(history, SizeIs(3));
    EXPECT_EQ(history[0].text, "one @bob #a");
    EXPECT_EQ(history[0].at_ms, made->created_at_ms());
    EXPECT_EQ(history[1].text, "two @carol #b");
    EXPECT_EQ(history[1].spoiler_text, "");
    EXPECT_EQ(history[2].spoiler_text, "careful");
    EXPECT_EQ(history[2].at_ms, third->edited_at_ms);
    EXPECT_THAT(events(EventType::kPostEdited), SizeIs(2));
    expect_consistent();
}

TEST_F(ChangingPosts, EditWithoutAChangeDoesNothing) {
    const PostPtr made = post(alice_, "same");
    const std::size_t commits = store_.commits();
    EXPECT_EQ(**edit(made->id, {.text = "same", .sensitive = false}), *made);
    EXPECT_EQ(store_.commits(), commits);
    EXPECT_EQ((*edit(made->id, {.language = "de"}))->edited_at_ms, 0) << "no new version";
    EXPECT_THAT(*kit::run(posts_.history(made->id)), SizeIs(1));
}

TEST_F(ChangingPosts, EditChecksTheTextAndTheAuthor) {
    const PostPtr made = post(alice_, "one");
    const PostPtr boosted = boost(alice_, made->id);
    EXPECT_EQ(
        edit(made->id, {.text = " "}).error().message, "Validation failed: Text can't be blank"
    );
    EXPECT_EQ(edit(boosted->id, {.text = "x"}).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(
        kit::run(posts_.edit(bob_, made->id, {.text = "mine"})).error().code, ErrorCode::kNotFound
    );
    EXPECT_EQ(find(made->id)->text, "one");
}

TEST_F(ChangingPosts, VisibilityOnlyBecomesNarrower) {
    const PostPtr root = post(bob_, "root");
    const PostPtr made = post(alice_, "#a reply", root->id);
    post(alice_, "#a self-reply", made->id);
    for (const Visibility visibility :
         {Visibility::kUnlisted, Visibility::kPrivate, Visibility::kDirect}) {
        ASSERT_TRUE(edit(made->id, {.visibility = visibility}));
        EXPECT_EQ(find(made->id)->visibility, visibility);
        expect_consistent();
    }
    EXPECT_THAT(events(EventType::kPostUnpublished), SizeIs(1));
    EXPECT_EQ(counts(root->id).replies, 0);
    EXPECT_EQ(post_count(alice_), 1);
    const auto flags = decode_author_post_flags(rows(tables::kAuthorPosts
    )[tables::id_bytes(alice_) + "|" + tables::newest_first(made->id)]);
    EXPECT_EQ(flags->visibility, Visibility::kDirect);
    EXPECT_EQ(
        edit(made->id, {.visibility = Visibility::kPublic}).error().message,
        "Validation failed: Visibility can't become wider than it was"
    );
}

TEST_F(ChangingPosts, RemoveErasesThePostFromEverything) {
    const PostPtr root = post(alice_, "#a root");
    const PostPtr reply = post(alice_, "#a reply", root->id);
    EXPECT_EQ(kit::run(posts_.remove(bob_, reply->id)).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(**kit::run(posts_.remove(alice_, reply->id)), *reply);
    EXPECT_EQ(find(reply->id), nullptr);
    EXPECT_EQ(counts(root->id).replies, 0);
    EXPECT_EQ(kit::run(posts_.remove(alice_, reply->id)).error().code, ErrorCode::kNotFound);
    expect_consistent();
    ASSERT_TRUE(kit::run(posts_.remove(alice_, root->id)));
    expect_consistent();
    EXPECT_THAT(rows(tables::kPosts), IsEmpty());
    EXPECT_EQ(post_count(alice_), 0);
}

TEST_F(ChangingPosts, RepliesSurviveTheirParent) {
    const PostPtr root = post(alice_, "root");
    const PostPtr reply = post(bob_, "reply", root->id);
    ASSERT_TRUE(kit::run(posts_.remove(alice_, root->id)));
    EXPECT_EQ(*find(reply->id), *reply);
    const PostPtr next = post(carol_, "next", reply->id);
    EXPECT_EQ(next->thread, root->id);
    expect_consistent();
    ASSERT_TRUE(kit::run(posts_.edit(bob_, reply->id, {.visibility = Visibility::kPrivate})));
    ASSERT_TRUE(kit::run(posts_.remove(bob_, reply->id)));
    expect_consistent();
}

}  // namespace
}  // namespace rookery::social
