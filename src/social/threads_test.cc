#include "social/threads.h"

#include "kit/posts_fixture.h"
#include "social/thread_tree.h"

namespace rookery::social {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ThreadsTest : public PostsFixture {
protected:
    struct Texts {
        std::vector<std::string> ancestors, descendants;
    };
    static std::vector<std::string> texts_of(const std::vector<PostPtr>& posts) {
        std::vector<std::string> texts;
        for (const PostPtr& post : posts) {
            texts.push_back(post->text);
        }
        return texts;
    }
    ViewerPtr viewer(AccountId account) { return *kit::run(viewers_.find(account)); }
    Texts context(PostPtr post, ViewerPtr viewer) {
        const auto found = kit::run(threads_.context(std::move(post), std::move(viewer)));
        EXPECT_TRUE(found) << found.error().message;
        return {texts_of(found->ancestors), texts_of(found->descendants)};
    }
    /// root - 1 - 2 - … - `depth`, loaded at once.
    std::vector<PostPtr> chain(std::size_t depth) {
        std::vector<PostPtr> chain;
        ports::Batch batch;
        PostPtr parent;
        for (std::size_t i = 0; i <= depth; ++i) {
            auto ticket = sequence_.take();
            parent = *kit::run(posts_.plan_import(
                &batch, draft(i % 2 == 0 ? alice_ : bob_, std::to_string(i)), ticket.id(), parent
            ));
            chain.push_back(parent);
        }
        EXPECT_TRUE(kit::run(store_.load(std::move(batch))));
        return chain;
    }
};

TEST_F(ThreadsTest, IsDepthFirstWithSelfRepliesFirst) {
    const PostPtr root = post(alice_, "root");
    const PostPtr b = post(bob_, "b", root->id);
    const PostPtr c = post(carol_, "c", root->id);
    const PostPtr a = post(alice_, "a", root->id);
    post(bob_, "a1", a->id);
    post(alice_, "a2", a->id);
    post(carol_, "b1", b->id);
    post(alice_, "b2", b->id);
    const PostPtr c1 = post(bob_, "c1", c->id);
    post(bob_, "elsewhere");
    EXPECT_THAT(
        context(root, viewer(bob_)).descendants,
        ElementsAre("a", "a2", "a1", "b", "b1", "b2", "c", "c1")
    );
    EXPECT_THAT(context(root, nullptr).descendants, SizeIs(8));
    const Texts middle = context(c, nullptr);
    EXPECT_THAT(middle.ancestors, ElementsAre("root"));
    EXPECT_THAT(middle.descendants, ElementsAre("c1"));
    const Texts leaf = context(c1, viewer(alice_));
    EXPECT_THAT(leaf.ancestors, ElementsAre("root", "c"));
    EXPECT_THAT(leaf.descendants, IsEmpty());
}

TEST_F(ThreadsTest, DropsWhatTheViewerMayNotSeeOrWant) {
    const PostPtr root = post(alice_, "root");
    const PostPtr hidden = post(bob_, "hidden", Visibility::kPrivate, root->id);
    follow(carol_, bob_);
    post(carol_, "under hidden", hidden->id);
    post(bob_, "@carol direct", Visibility::kDirect, root->id);
    const PostPtr dave = post(person("dave"), "dave", root->id);
    EXPECT_THAT(context(root, nullptr).descendants, ElementsAre("under hidden", "dave"));
    EXPECT_THAT(
        context(root, viewer(carol_)).descendants,
        ElementsAre("hidden", "under hidden", "@carol direct", "dave")
    );
    ASSERT_TRUE(kit::run(follows_.mute(carol_, dave->author, true, 0)));
    EXPECT_THAT(
        context(root, viewer(carol_)).descendants,
        ElementsAre("hidden", "under hidden", "@carol direct")
    );
    ASSERT_TRUE(kit::run(follows_.block(alice_, carol_)));
    EXPECT_THAT(context(hidden, viewer(carol_)).ancestors, IsEmpty()) << "blocked by its author";
}

TEST_F(ThreadsTest, LosesDeletedPosts) {
    const PostPtr root = post(alice_, "root");
    const PostPtr b = post(bob_, "b", root->id);
    const PostPtr below = post(carol_, "below", b->id);
    ASSERT_TRUE(kit::run(posts_.remove(bob_, b->id)));
    EXPECT_THAT(context(root, nullptr).descendants, IsEmpty());
    EXPECT_THAT(context(below, nullptr).ancestors, IsEmpty());
    EXPECT_THAT(context(boost(bob_, root->id), nullptr).descendants, IsEmpty());
}

TEST_F(ThreadsTest, BearsThreadsOfAnyDepth) {
    const auto posts = chain(10'000);
    const Texts from_root = context(posts.front(), viewer(alice_));
    ASSERT_THAT(from_root.descendants, SizeIs(4096));
    EXPECT_EQ(from_root.descendants.back(), "4096");
    const Texts from_end = context(posts.back(), viewer(alice_));
    ASSERT_THAT(from_end.ancestors, SizeIs(4096)) << "the nearest";
    EXPECT_EQ(from_end.ancestors.back(), "9999");
    EXPECT_EQ(from_end.ancestors.front(), "5904");
    const Texts signed_out = context(posts[5000], nullptr);
    EXPECT_THAT(signed_out.ancestors, SizeIs(40));
    EXPECT_THAT(signed_out.descendants, SizeIs(20)) << "by depth";
}

TEST_F(ThreadsTest, BearsThreadsOfAnyWidth) {
    const PostPtr root = post(alice_, "root");
    ports::Batch batch;
    PostPtr last;
    for (int i = 0; i < 5000; ++i) {
        auto ticket = sequence_.take();
        last = *kit::run(posts_.plan_import(&batch, draft(bob_, "r"), ticket.id(), root));
    }
    ASSERT_TRUE(kit::run(store_.load(std::move(batch))));
    EXPECT_THAT(context(root, viewer(bob_)).descendants, SizeIs(4096));
    EXPECT_THAT(context(root, nullptr).descendants, SizeIs(60));
    const std::size_t reads = store_.reads();
    EXPECT_THAT(context(last, viewer(bob_)).ancestors, ElementsAre("root"));
    EXPECT_LE(store_.reads() - reads, 3U) << "does not wade through the siblings";
}

TEST_F(ThreadsTest, MutesAndUnmutesThreads) {
    const PostPtr root = post(alice_, "root");
    ASSERT_TRUE(kit::run(threads_.mute(bob_, root->thread)));
    ASSERT_TRUE(kit::run(threads_.mute(bob_, root->thread)));
    EXPECT_TRUE(viewer(bob_)->mutes_thread(root->thread));
    ASSERT_TRUE(kit::run(threads_.unmute(bob_, root->thread)));
    EXPECT_FALSE(viewer(bob_)->mutes_thread(root->thread));
    EXPECT_THAT(events(EventType::kThreadMuted), SizeIs(1));
    EXPECT_THAT(events(EventType::kThreadUnmuted), SizeIs(1));
}

TEST(ThreadTree, TakesOnlyWhatStandsBelowItsTop) {
    ThreadTree tree(PostId(10), AccountId(1), 2);
    tree.add(PostId(11), {PostId(10), AccountId(2)});
    tree.add(PostId(11), {PostId(10), AccountId(2)});
    tree.add(PostId(12), {PostId(5), AccountId(2)});
    tree.add(PostId(13), {PostId(11), AccountId(2)});
    tree.add(PostId(14), {PostId(13), AccountId(2)});
    EXPECT_EQ(tree.size(), 2U) << "the third level is too deep";
    EXPECT_THAT(tree.depth_first(AccountId(1)), ElementsAre(PostId(11), PostId(13)));
}

}  // namespace
}  // namespace rookery::social
