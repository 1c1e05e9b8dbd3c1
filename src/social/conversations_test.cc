#include "social/conversations.h"

#include "base/encoding.h"
#include "kit/posts_fixture.h"

namespace rookery::social {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ConversationsTest : public PostsFixture {
protected:
    /// Hands over the events since the last call, in groups of `group`.
    void drain(std::size_t group = 100) {
        for (; drained_ < events_.size(); drained_ = std::min(drained_ + group, events_.size())) {
            const auto begin = events_.begin() + static_cast<std::ptrdiff_t>(drained_);
            const auto end =
                events_.begin() +
                static_cast<std::ptrdiff_t>(std::min(drained_ + group, events_.size()));
            handle({begin, end});
        }
    }
    void handle(std::vector<SocialEvent> events) {
        auto batch = kit::run(conversations_.handle(std::move(events)));
        ASSERT_TRUE(batch) << batch.error().message;
        const auto done = kit::run(store_.commit(std::move(*batch)));
        ASSERT_TRUE(done) << done.error().message;
    }
    std::vector<Conversation> list(AccountId owner, PageRequest page = {}) {
        return *kit::run(conversations_.list(owner, page));
    }
    PostPtr direct(AccountId author, std::string text, PostId parent = {}) {
        return post(author, std::move(text), Visibility::kDirect, parent);
    }

    Conversations conversations_{environment_, posts_, viewers_};
    std::size_t drained_ = 0;
};

TEST_F(ConversationsTest, BelongToTheAuthorAndTheMentioned) {
    const PostPtr first = direct(alice_, "@bob hi");
    const PostPtr second = direct(bob_, "@alice @carol hello", first->id);
    post(alice_, "@bob in public");
    drain();
    EXPECT_THAT(
        list(alice_), ElementsAre(Conversation{first->id, second->id, true, {bob_, carol_}})
    );
    EXPECT_THAT(
        list(bob_), ElementsAre(Conversation{first->id, second->id, false, {alice_, carol_}})
    );
    EXPECT_THAT(
        list(carol_), ElementsAre(Conversation{first->id, second->id, true, {alice_, bob_}})
    );
    EXPECT_THAT(rows(tables::kConversationOrder), SizeIs(3));
}

TEST_F(ConversationsTest, AreTheSameInWhateverGroupsAndHoweverOftenEventsCome) {
    const PostPtr first = direct(alice_, "@bob 1");
    const PostPtr second = direct(bob_, "@alice 2", first->id);
    const PostPtr gone = direct(alice_, "@bob 3", first->id);
    ASSERT_TRUE(kit::run(posts_.remove(alice_, gone->id)));
    direct(carol_, "@alice other");
    drain(1);
    const auto one_by_one = store_.rows();
    const std::vector<SocialEvent> all = events_;
    handle(all);
    handle({all.rbegin(), all.rend()});
    EXPECT_EQ(store_.rows(), one_by_one);
    EXPECT_THAT(
        list(alice_, {.max_id = second->id.value + 1}),
        ElementsAre(Conversation{first->id, second->id, true, {bob_}})
    );
}

TEST_F(ConversationsTest, PageByTheLastPost) {
    const PostPtr old = direct(alice_, "@bob a");
    const PostPtr middle = direct(alice_, "@carol b");
    const PostPtr newest = direct(bob_, "@alice c", old->id);
    drain();
    const auto page = list(alice_, {.limit = 1});
    ASSERT_THAT(page, SizeIs(1));
    EXPECT_EQ(page[0].last_post, newest->id);
    const auto next = list(alice_, {.max_id = newest->id.value, .limit = 5});
    ASSERT_THAT(next, SizeIs(1));
    EXPECT_EQ(next[0].last_post, middle->id);
}

TEST_F(ConversationsTest, FallBackToTheNewestPostLeft) {
    const PostPtr first = direct(alice_, "@bob 1");
    const PostPtr second = direct(bob_, "@alice 2", first->id);
    direct(bob_, "@carol not for alice", first->id);
    drain();
    ASSERT_TRUE(kit::run(posts_.remove(bob_, second->id)));
    drain();
    EXPECT_EQ(list(alice_).front().last_post, first->id);
    ASSERT_TRUE(kit::run(posts_.remove(alice_, first->id)));
    drain();
    EXPECT_THAT(list(alice_), IsEmpty());
    EXPECT_THAT(list(bob_), SizeIs(1)) << "the post to carol is left";
    EXPECT_THAT(rows(tables::kConversationOrder), SizeIs(2));
}

TEST_F(ConversationsTest, AreReadAndRemovedForOneAlone) {
    const PostPtr first = direct(alice_, "@bob hi");
    drain();
    EXPECT_FALSE(kit::run(conversations_.mark_read(bob_, first->id))->unread);
    EXPECT_FALSE(list(bob_).front().unread);
    EXPECT_EQ(
        kit::run(conversations_.mark_read(carol_, first->id)).error().code, ErrorCode::kNotFound
    );
    ASSERT_TRUE(kit::run(conversations_.remove(bob_, first->id)));
    EXPECT_THAT(list(bob_), IsEmpty());
    EXPECT_THAT(list(alice_), SizeIs(1));
    EXPECT_FALSE(kit::run(conversations_.remove(bob_, first->id)));
    ASSERT_TRUE(kit::run(posts_.edit(alice_, first->id, {.text = "@bob edited"})));
    drain();
    EXPECT_THAT(list(bob_), IsEmpty()) << "an edit is no new post";
    direct(alice_, "@bob again", first->id);
    drain();
    EXPECT_TRUE(list(bob_).front().unread);
}

TEST_F(ConversationsTest, SpareThoseWhoBlockTheAuthor) {
    ASSERT_TRUE(kit::run(follows_.block(bob_, alice_)));
    direct(alice_, "@bob hi");
    drain();
    EXPECT_THAT(list(bob_), IsEmpty());
    EXPECT_THAT(list(alice_), SizeIs(1));
}

// docs/formats/tables.md
TEST(ConversationFormat, IsAsDescribed) {
    const Conversation conversation{PostId(299), PostId(300), true, {AccountId(3), AccountId(4)}};
    EXPECT_EQ(hex_encode(encode(conversation)), "01000000000000012b000000000000012c01020304");
}

TEST(ConversationFormat, RefusesGarbage) {
    const Conversation conversation{PostId(1), PostId(2), true, {AccountId(3), AccountId(400)}};
    const std::string bytes = encode(conversation);
    EXPECT_EQ(*decode_conversation(bytes), conversation);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_conversation(bytes.substr(0, size)));
    }
    EXPECT_FALSE(decode_conversation(bytes + "x"));
}

}  // namespace
}  // namespace rookery::social
