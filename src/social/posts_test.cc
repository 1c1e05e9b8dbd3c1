#include "social/posts.h"

#include "base/codec.h"
#include "base/encoding.h"
#include "kit/posts_fixture.h"

namespace rookery::social {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PostsTest : public PostsFixture {
protected:
    std::string create_error(NewPost draft) {
        const std::size_t commits = store_.commits();
        const auto made = kit::run(posts_.create(std::move(draft)));
        EXPECT_EQ(store_.commits(), commits) << "nothing is half written";
        return made ? "" : made.error().message;
    }
};

TEST_F(PostsTest, KeepsWhatWasTypedAndRendersItOnce) {
    NewPost typed = draft(alice_, "  Hi @bob and @nobody, @BOB@home.example! #Tea #tea\r\n<b>  ");
    typed.language = "EN-gb";
    typed.app_name = "App";
    const PostPtr made = post(typed);
    EXPECT_EQ(made->text, "Hi @bob and @nobody, @BOB@home.example! #Tea #tea\n<b>");
    EXPECT_THAT(made->mentions, ElementsAre(Mention{bob_, "Bob"}));
    EXPECT_THAT(made->tags, ElementsAre("tea"));
    EXPECT_THAT(made->content_html, HasSubstr("&lt;b&gt;"));
    EXPECT_THAT(made->content_html, HasSubstr("u-url mention"));
    EXPECT_EQ(made->language, "en");
    EXPECT_EQ(made->thread, made->id);
    EXPECT_EQ(made->created_at_ms(), clock_.now_ms());
    EXPECT_EQ(*find(made->id), *made);
    EXPECT_LE(made->id, sequence_.horizon());
    EXPECT_EQ(post_count(alice_), 1);
    expect_consistent();
    const SocialEvent expected{EventType::kPostCreated, alice_, {}, made->id, {}, 0};
    EXPECT_THAT(events(EventType::kPostCreated), ElementsAre(expected));
}

TEST_F(PostsTest, RefusesBlankAndLongTextsInMastodonsWords) {
    const std::string blank = "Validation failed: Text can't be blank";
    EXPECT_EQ(create_error(draft(alice_, "")), blank);
    EXPECT_EQ(create_error(draft(alice_, " \n\t ")), blank);
    const std::string too_long = "Validation failed: Text character limit of 500 exceeded";
    EXPECT_EQ(create_error(draft(alice_, std::string(501, 'x'))), too_long);
    NewPost with_warning = draft(alice_, std::string(400, 'x'));
    with_warning.spoiler_text = std::string(101, 'y');
    EXPECT_EQ(create_error(with_warning), too_long);
    with_warning.spoiler_text.pop_back();
    EXPECT_TRUE(post(with_warning)->sensitive);
    std::string one_endless_character = "e";
    for (int i = 0; i < 40'000; ++i) {
        one_endless_character += "\u0301";
    }
    EXPECT_EQ(create_error(draft(alice_, one_endless_character)), too_long);
}

TEST_F(PostsTest, MakesAWarningWithoutTextTheText) {
    NewPost only_warning = draft(alice_, "");
    only_warning.spoiler_text = "look";
    const PostPtr made = post(only_warning);
    EXPECT_EQ(made->text, "look");
    EXPECT_EQ(made->spoiler_text, "");
}

TEST_F(PostsTest, KeepsSuspendedPeopleFromPosting) {
    ASSERT_TRUE(kit::run(accounts_.update(alice_, {.suspended = true})));
    EXPECT_EQ(create_error(draft(alice_, "hi")), "Your login is currently disabled");
}

TEST_F(PostsTest, PutsAReplyIntoItsThread) {
    const PostPtr root = post(alice_, "root");
    const PostPtr reply = post(bob_, "reply", root->id);
    const PostPtr nested = post(alice_, "nested", reply->id);
    EXPECT_EQ(nested->thread, root->id);
    EXPECT_EQ(nested->in_reply_to, reply->id);
    EXPECT_EQ(nested->in_reply_to_account, bob_);
    EXPECT_EQ(counts(root->id), (PostCounts{1, 0, 0}));
    EXPECT_EQ(events(EventType::kPostCreated)[1].ref, root->id.value);
    expect_consistent();
}

TEST_F(PostsTest, RepliesToABoostReachTheOriginal) {
    const PostPtr root = post(alice_, "root");
    const PostPtr boosted = boost(bob_, root->id);
    EXPECT_EQ(post(carol_, "reply", boosted->id)->in_reply_to, root->id);
    expect_consistent();
}

TEST_F(PostsTest, RefusesRepliesToWhatTheAuthorCannotSee) {
    const std::string message = "The status you are trying to reply to does not appear to exist";
    EXPECT_EQ(create_error(draft(bob_, "hi", PostId(99))), message);
    const PostPtr hidden = post(alice_, "for followers", Visibility::kPrivate);
    EXPECT_EQ(create_error(draft(bob_, "hi", hidden->id)), message);
    follow(bob_, alice_);
    EXPECT_TRUE(post(bob_, "hi", hidden->id));
    ASSERT_TRUE(kit::run(posts_.remove(alice_, hidden->id)));
    EXPECT_EQ(create_error(draft(bob_, "again", hidden->id)), message);
}

TEST_F(PostsTest, ListsInPublicOnlyWhatBelongsThere) {
    const PostPtr root = post(alice_, "#a public");
    const PostPtr unlisted = post(alice_, "#a unlisted", Visibility::kUnlisted);
    post(alice_, "#a private", Visibility::kPrivate);
    post(alice_, "#a direct", Visibility::kDirect);
    post(bob_, "#a reply to another", root->id);
    post(alice_, "#a reply to oneself", root->id);
    post(bob_, "hidden reply", Visibility::kPrivate, root->id);
    boost(bob_, unlisted->id);
    expect_consistent();
    EXPECT_THAT(rows(tables::kPublicPosts), SizeIs(2));
    EXPECT_THAT(rows(tables::kTagPosts), SizeIs(3));
    EXPECT_EQ(counts(root->id).replies, 2) << "a reply for followers does not count";
    EXPECT_EQ(post_count(alice_), 4) << "direct posts do not count";
}

TEST_F(PostsTest, AnswersARepeatWithTheFirstPostForAnHour) {
    NewPost typed = draft(alice_, "once");
    typed.idempotency_key = "key";
    const PostPtr first = post(typed);
    typed.text = "twice";
    EXPECT_EQ(post(typed)->id, first->id);
    clock_.advance_ms(3'599'999);
    EXPECT_EQ(post(typed)->id, first->id);
    NewPost by_bob = typed;
    by_bob.author = bob_;
    EXPECT_NE(post(by_bob)->id, first->id) << "keys are per account";
    clock_.advance_ms(1);
    EXPECT_EQ(post(typed)->text, "twice");
    EXPECT_THAT(rows(tables::kIdempotency), SizeIs(2));
}

// docs/formats/tables.md
TEST_F(PostsTest, StoresIdempotencyKeysAsDescribed) {
    NewPost typed = draft(alice_, "once");
    typed.idempotency_key = "key";
    const PostPtr made = post(typed);
    std::string value = "\x01" + tables::id_bytes(made->id);
    ByteWriter(value).signed_varint(clock_.now_ms() + 3'600'000);
    EXPECT_EQ(
        rows(tables::kIdempotency),
        (std::map<std::string, std::string>{{tables::id_bytes(alice_) + "|" + sha256("key"), value}}
        )
    );
}

TEST_F(PostsTest, ForgetsExpiredIdempotencyKeysInPassing) {
    for (int round = 0; round < 40; ++round) {
        for (int i = 0; i < 10; ++i) {
            NewPost typed = draft(alice_, "x");
            typed.idempotency_key = std::to_string(round * 10 + i);
            post(typed);
        }
        clock_.advance_ms(3'600'000);
    }
    EXPECT_LT(rows(tables::kIdempotency).size(), 100U);
}

TEST_F(PostsTest, MakesANewPostWhenTheFirstIsDeleted) {
    NewPost typed = draft(alice_, "once");
    typed.idempotency_key = "key";
    const PostPtr first = post(typed);
    ASSERT_TRUE(kit::run(posts_.remove(alice_, first->id)));
    const PostPtr second = post(typed);
    EXPECT_NE(second->id, first->id);
    EXPECT_EQ(post(typed)->id, second->id);
}

TEST_F(PostsTest, ServesKnownPostsAndCountsFromMemory) {
    const PostPtr made = post(alice_, "hi");
    ASSERT_EQ(counts(made->id), PostCounts{});
    const std::size_t reads = store_.reads();
    EXPECT_EQ(find(made->id), made);
    EXPECT_EQ(counts(made->id), PostCounts{});
    EXPECT_EQ(store_.reads(), reads);
    ASSERT_TRUE(kit::run(reactions_.favourite(bob_, made)));
    EXPECT_EQ(counts(made->id).favourites, 1);
    ASSERT_TRUE(kit::run(reactions_.unfavourite(bob_, made)));
    EXPECT_EQ(counts(made->id).favourites, 0);
    const PostPtr reply = post(bob_, "reply", made->id);
    boost(bob_, made->id);
    EXPECT_EQ(counts(made->id), (PostCounts{1, 1, 0}));
    ASSERT_TRUE(kit::run(posts_.remove(bob_, reply->id)));
    ASSERT_TRUE(kit::run(posts_.unboost(bob_, made->id)));
    EXPECT_EQ(counts(made->id), PostCounts{});
}

TEST_F(PostsTest, FindsManyInTheirOrderWithNullForTheMissing) {
    const PostPtr a = post(alice_, "a");
    const PostPtr b = post(alice_, "b");
    Posts cold(environment_, {}, accounts_, viewers_, sequence_);
    const auto found = *kit::run(cold.find_many({b->id, PostId(5), a->id}));
    ASSERT_THAT(found, SizeIs(3));
    EXPECT_EQ(*found[0], *b);
    EXPECT_EQ(found[1], nullptr);
    EXPECT_EQ(*found[2], *a);
}

TEST_F(PostsTest, AnswersNoOneWhenTheStoreFails) {
    store_.fail_commits(1);
    EXPECT_EQ(kit::run(posts_.create(draft(alice_, "hi"))).error().code, ErrorCode::kUnavailable);
    const PostPtr next = post(alice_, "next");
    EXPECT_EQ(sequence_.horizon(), next->id) << "a failed post does not hold back the horizon";
    expect_consistent();
}

TEST_F(PostsTest, GivesUpWaitingForASlowCommitButKeepsItsPlace) {
    PostLimits impatient;
    impatient.commit_timeout_ms = 1;
    Posts posts(environment_, impatient, accounts_, viewers_, sequence_);
    boost::asio::io_context context(1);
    std::optional<ErrorCode> code;
    store_.hold_commits(1);
    boost::asio::co_spawn(
        context,
        posts.create(draft(alice_, "slow")),
        [&](std::exception_ptr, Result<PostPtr> result) { code = result.error().code; }
    );
    while (!code) {
        context.run_one();
    }
    EXPECT_EQ(*code, ErrorCode::kTimeout);
    const PostId before = sequence_.horizon();
    EXPECT_THAT(rows(tables::kPosts), IsEmpty());
    store_.release();
    context.run();
    ASSERT_THAT(rows(tables::kPosts), SizeIs(1));
    EXPECT_GT(sequence_.horizon(), before);
    expect_consistent();
}

TEST_F(PostsTest, LoadsImportedPostsLikeMadeOnes) {
    ports::Batch batch;
    const PostId root_id(first_id_at(clock_.now_ms() - 1000));
    const PostPtr root =
        *kit::run(posts_.plan_import(&batch, draft(alice_, "#old"), root_id, nullptr));
    const PostPtr reply =
        *kit::run(posts_.plan_import(&batch, draft(bob_, "reply"), PostId(root_id.value + 1), root)
        );
    Posts::plan_import_boost(batch, carol_, PostId(root_id.value + 2), *root);
    ASSERT_TRUE(kit::run(store_.load(std::move(batch))));
    expect_consistent();
    EXPECT_EQ(*find(reply->id), *reply);
    EXPECT_EQ(counts(root->id), (PostCounts{1, 1, 0}));
    EXPECT_EQ(boost(carol_, root->id)->id.value, root_id.value + 2) << "boosted already";
    EXPECT_LT(reply->id, sequence_.horizon());
}

}  // namespace
}  // namespace rookery::social
