#include "social/post_cleanup.h"

#include "kit/posts_fixture.h"

namespace rookery::social {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class PostCleanupTest : public PostsFixture {
protected:
    SocialEvent remove(PostId id) {
        EXPECT_TRUE(kit::run(posts_.remove(alice_, id)));
        return events(EventType::kPostDeleted).back();
    }
    Result<void> clean(SocialEvent event) {
        auto last = kit::run(cleanup_.clean(event));
        if (!last) {
            return last.error();
        }
        auto done = kit::run(store_.commit(std::move(*last)));
        if (!done) {
            return done.error();
        }
        return {};
    }
};

TEST_F(PostCleanupTest, TakesAwayWhatOthersDidToADeletedPost) {
    const PostPtr kept = post(alice_, "kept");
    const PostPtr made = post(alice_, "gone");
    std::vector<AccountId> fans;
    for (int i = 0; i < 7; ++i) {  // several steps of two
        fans.push_back(person("fan" + std::to_string(i)));
        for (const PostPtr& liked : {kept, made}) {
            ASSERT_TRUE(kit::run(reactions_.favourite(fans.back(), liked)));
            ASSERT_TRUE(kit::run(reactions_.bookmark(fans.back(), liked)));
            boost(fans.back(), liked->id);
        }
        ASSERT_TRUE(kit::run(posts_.edit(alice_, made->id, {.text = std::to_string(i)})));
    }
    for (int i = 0; i < 3; ++i) {  // do nothing else to it
        ASSERT_TRUE(kit::run(reactions_.bookmark(person("reader" + std::to_string(i)), made)));
    }
    ASSERT_TRUE(kit::run(reactions_.pin(alice_, made)));
    const SocialEvent deletion = remove(made->id);
    ASSERT_TRUE(clean(deletion));

    expect_consistent();
    EXPECT_THAT(rows(tables::kPosts), SizeIs(8));
    EXPECT_THAT(rows(tables::kFavourites), SizeIs(7));
    EXPECT_THAT(rows(tables::kFavouritedBy), SizeIs(7));
    EXPECT_THAT(rows(tables::kBookmarks), SizeIs(7));
    EXPECT_THAT(rows(tables::kBookmarkedBy), SizeIs(7));
    EXPECT_THAT(rows(tables::kMarks), SizeIs(7));
    EXPECT_THAT(rows(tables::kPostEdits), IsEmpty());
    EXPECT_THAT(*kit::run(reactions_.pins(alice_)), IsEmpty());
    EXPECT_EQ(post_count(fans[0]), 1);
    const auto deleted = events(EventType::kPostDeleted);
    ASSERT_THAT(deleted, SizeIs(8));
    EXPECT_EQ(deleted.back().subject, made->id);
    EXPECT_EQ(deleted.back().target, alice_);

    const auto before = store_.rows();
    for (const SocialEvent& event : deleted) {
        ASSERT_TRUE(clean(event)) << "repeating changes nothing";
    }
    EXPECT_EQ(store_.rows(), before);
}

TEST_F(PostCleanupTest, RepliesOfADeletedPostNameItNoMoreButStayReplies) {
    follow(carol_, bob_);
    const PostPtr root = post(alice_, "root");
    const PostPtr made = post(alice_, "gone", root->id);
    std::vector<PostPtr> replies;
    for (int i = 0; i < 50; ++i) {  // several steps, most of them about others' replies
        post(carol_, "aside", root->id);
        if (i % 10 == 0) {
            replies.push_back(post(bob_, "reply", Visibility::kPrivate, made->id));
            replies.push_back(post(bob_, "public reply", made->id));
        }
    }
    const PostPtr below = post(carol_, "below", replies.front()->id);
    const PostPtr removed = post(bob_, "deleted, too", made->id);
    ASSERT_TRUE(kit::run(posts_.remove(bob_, removed->id)));
    find(replies.front()->id);  // into the cache

    ASSERT_TRUE(clean(remove(made->id)));

    expect_consistent();
    ASSERT_THAT(replies, SizeIs(10));
    for (const PostPtr& reply : replies) {
        Post expected = *reply;
        expected.in_reply_to = PostId();
        EXPECT_EQ(*find(reply->id), expected);
        EXPECT_TRUE(find(reply->id)->is_reply_to_other());
    }
    EXPECT_EQ(find(below->id)->in_reply_to, replies.front()->id);
    EXPECT_EQ(counts(replies.front()->id).replies, 1) << "what is below it stays";
    EXPECT_THAT(events(EventType::kReplyDetached), SizeIs(10));
    const auto context =
        *kit::run(threads_.context(find(below->id), *kit::run(viewers_.find(bob_))));
    ASSERT_THAT(context.ancestors, SizeIs(1)) << "the thread begins where it was cut";
    EXPECT_EQ(context.ancestors[0]->id, replies.front()->id);

    ASSERT_TRUE(kit::run(posts_.remove(bob_, replies.front()->id)));
    expect_consistent();
}

TEST_F(PostCleanupTest, KeepsWhatAnAuthorChangesWhileTheirReplyIsDetached) {
    const PostPtr made = post(alice_, "gone");
    const PostPtr reply = post(bob_, "before", made->id);
    const SocialEvent deletion = remove(made->id);
    auto batch = kit::run(cleanup_.clean(deletion));
    ASSERT_TRUE(batch);
    ASSERT_TRUE(kit::run(posts_.edit(bob_, reply->id, {.text = "after"})));
    const auto raced = kit::run(store_.commit(std::move(*batch)));
    ASSERT_FALSE(raced);
    EXPECT_EQ(raced.error().code, ErrorCode::kConflict);
    ASSERT_TRUE(clean(deletion));
    EXPECT_EQ(find(reply->id)->text, "after");
    EXPECT_FALSE(find(reply->id)->in_reply_to);
}

TEST_F(PostCleanupTest, GoesOnAfterAnInterruption) {
    const PostPtr made = post(alice_, "gone");
    for (int i = 0; i < 5; ++i) {
        boost(person("fan" + std::to_string(i)), made->id);
    }
    const SocialEvent deletion = remove(made->id);
    int attempts = 0;
    for (bool done = false; !done; ++attempts) {
        store_.fail_commits(1, ErrorCode::kUnavailable, kit::MemoryStore::Applied::kNo, 1);
        done = static_cast<bool>(clean(deletion));
        store_.fail_commits(0);
    }
    EXPECT_GT(attempts, 1);
    EXPECT_THAT(rows(tables::kPosts), IsEmpty());
    expect_consistent();
}

TEST_F(PostCleanupTest, LeavesOtherEventsAlone) {
    const PostPtr made = post(alice_, "hi");
    boost(bob_, made->id);
    for (SocialEvent event : events(EventType::kPostCreated)) {
        EXPECT_TRUE(kit::run(cleanup_.clean(event))->empty());
    }
}

}  // namespace
}  // namespace rookery::social
