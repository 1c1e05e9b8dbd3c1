#include "social/reactions.h"

#include "base/random.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/tables.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rookery::social {
namespace {

constexpr AccountId kAnn{11};
constexpr AccountId kBob{12};

class ReactionsTest : public testing::Test {
protected:
    ReactionsTest() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                reactions_.on_committed(decode(stored.event).value());
            }
        });
    }

    PostPtr write_post(AccountId author, Visibility visibility = Visibility::kPublic) {
        Post post;
        post.id = PostId(generator_.next());
        post.author = author;
        post.thread = post.id;
        post.visibility = visibility;
        ports::Batch batch;
        batch.put({tables::kPosts, tables::id_bytes(post.id), {}}, encode(post));
        EXPECT_TRUE(kit::run(store_.commit(std::move(batch))));
        return std::make_shared<const Post>(std::move(post));
    }
    void erase_post(PostId id) {
        ports::Batch batch;
        batch.erase({tables::kPosts, tables::id_bytes(id), {}});
        batch.erase({tables::kPostCounters, tables::id_bytes(id), {}});
        ASSERT_TRUE(kit::run(store_.commit(std::move(batch))));
    }
    std::int64_t favourites_of(PostId id) {
        const auto row =
            kit::run(store_.get({tables::kPostCounters, tables::id_bytes(id), {}})).value();
        return row ? ports::decode_counters(*row).value()[2] : 0;
    }
    Marks marks(AccountId viewer, PostId post) {
        return kit::run(reactions_.marks(viewer, {post})).value().at(0);
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator generator_{clock_, 1, 42};
    BlockingPool pool_{1};
    Environment environment_{store_, clock_, generator_, pool_};
    Accounts accounts_{environment_, {}};
    Viewers viewers_{environment_};
    PostSequence sequence_{generator_};
    Posts posts_{environment_, {}, accounts_, viewers_, sequence_};
    Reactions reactions_{environment_, posts_};
};

TEST_F(ReactionsTest, CountAFavouriteOnce) {
    const PostPtr post = write_post(kBob);
    ASSERT_TRUE(kit::run(reactions_.favourite(kAnn, post)));
    ASSERT_TRUE(kit::run(reactions_.favourite(kAnn, post)));
    ASSERT_TRUE(kit::run(reactions_.favourite(kBob, post)));
    EXPECT_EQ(favourites_of(post->id), 2);
    EXPECT_TRUE(marks(kAnn, post->id).favourite);
    const auto by = kit::run(reactions_.favourited_by(post->id, {})).value();
    ASSERT_EQ(by.size(), 2U);
    EXPECT_EQ(by[0].account, kBob);
    EXPECT_EQ(by[1].account, kAnn);
    EXPECT_EQ(kit::run(reactions_.favourites(kAnn, {})).value().at(0).post, post->id);
    ASSERT_TRUE(kit::run(reactions_.unfavourite(kAnn, post)));
    ASSERT_TRUE(kit::run(reactions_.unfavourite(kAnn, post)));
    EXPECT_EQ(favourites_of(post->id), 1);
    EXPECT_FALSE(marks(kAnn, post->id).any());
    EXPECT_TRUE(kit::run(reactions_.favourites(kAnn, {})).value().empty());
}

TEST_F(ReactionsTest, LeaveNothingOfABookmarkThatIsTakenBack) {
    const PostPtr post = write_post(kBob);
    const auto before = store_.rows();
    ASSERT_TRUE(kit::run(reactions_.bookmark(kAnn, post)));
    EXPECT_EQ(store_.rows().size(), before.size() + 3);
    ASSERT_TRUE(kit::run(reactions_.unbookmark(kAnn, post)));
    EXPECT_EQ(store_.rows(), before);
}

TEST_F(ReactionsTest, KeepTheMarksOfOnePairApart) {
    const PostPtr post = write_post(kAnn);
    ASSERT_TRUE(kit::run(reactions_.favourite(kAnn, post)));
    ASSERT_TRUE(kit::run(reactions_.bookmark(kAnn, post)));
    ASSERT_TRUE(kit::run(reactions_.pin(kAnn, post)));
    ASSERT_TRUE(kit::run(reactions_.unbookmark(kAnn, post)));
    EXPECT_TRUE(marks(kAnn, post->id).favourite);
    EXPECT_FALSE(marks(kAnn, post->id).bookmark);
    EXPECT_TRUE(marks(kAnn, post->id).pin);
    EXPECT_TRUE(kit::run(reactions_.bookmarks(kAnn, {})).value().empty());
    EXPECT_EQ(kit::run(reactions_.pins(kAnn)).value().size(), 1U);
}

TEST_F(ReactionsTest, NeverOverwriteABoostThatIsMadeMeanwhile) {
    const PostPtr post = write_post(kBob);
    const PostId boost(generator_.next());
    store_.yield_on_calls(true);
    boost::asio::io_context context(1);
    bool favourited = false;
    boost::asio::co_spawn(
        context,
        reactions_.favourite(kAnn, post),
        [&](std::exception_ptr, Result<void> result) { favourited = result.has_value(); }
    );
    context.poll_one();
    store_.yield_on_calls(false);
    ports::Batch batch;
    batch.put(
        {tables::kMarks, tables::id_bytes(kAnn), tables::newest_first(post->id)},
        encode(Marks{.boost = boost})
    );
    ASSERT_TRUE(kit::run(store_.commit(std::move(batch))));
    context.run();
    EXPECT_TRUE(favourited);
    EXPECT_EQ(marks(kAnn, post->id).boost, boost);
    EXPECT_TRUE(marks(kAnn, post->id).favourite);
}

TEST_F(ReactionsTest, RefuseAPostThatIsGone) {
    const PostPtr post = write_post(kBob);
    ASSERT_TRUE(kit::run(reactions_.favourite(kAnn, post)));
    erase_post(post->id);
    EXPECT_EQ(kit::run(reactions_.favourite(kBob, post)).error().code, ErrorCode::kNotFound);
    ASSERT_TRUE(kit::run(reactions_.unfavourite(kAnn, post)));
    EXPECT_EQ(favourites_of(post->id), 0) << "no count comes to be below zero";
    EXPECT_TRUE(kit::run(reactions_.favourites(kAnn, {})).value().empty());
}

TEST_F(ReactionsTest, PinAtMostFiveOfOnesOwnPosts) {
    EXPECT_EQ(kit::run(reactions_.pin(kAnn, write_post(kBob))).error().code, ErrorCode::kInvalid);
    const PostPtr direct = write_post(kAnn, Visibility::kDirect);
    EXPECT_EQ(kit::run(reactions_.pin(kAnn, direct)).error().code, ErrorCode::kInvalid);
    std::vector<PostPtr> own;
    for (int i = 0; i < 6; ++i) {
        own.push_back(write_post(kAnn));
    }
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(kit::run(reactions_.pin(kAnn, own[i])));
    }
    EXPECT_EQ(kit::run(reactions_.pin(kAnn, own[5])).error().code, ErrorCode::kInvalid);
    ASSERT_TRUE(kit::run(reactions_.pin(kAnn, own[0]))) << "a repeat is no error";
    erase_post(own[2]->id);
    ASSERT_TRUE(kit::run(reactions_.pin(kAnn, own[5]))) << "a deleted post leaves its place";
    const auto pins = kit::run(reactions_.pins(kAnn)).value();
    ASSERT_EQ(pins.size(), 5U);
    EXPECT_EQ(pins[0].post, own[5]->id);
}

TEST_F(ReactionsTest, LetOneOfTwoThatRaceForTheLastPinWin) {
    for (int i = 0; i < 4; ++i) {
        ASSERT_TRUE(kit::run(reactions_.pin(kAnn, write_post(kAnn))));
    }
    store_.yield_on_calls(true);
    boost::asio::io_context context(1);
    int pinned = 0;
    for (int i = 0; i < 3; ++i) {
        boost::asio::co_spawn(
            context,
            reactions_.pin(kAnn, write_post(kAnn)),
            [&](std::exception_ptr, Result<void> result) { pinned += result ? 1 : 0; }
        );
    }
    context.run();
    EXPECT_EQ(pinned, 1);
    EXPECT_EQ(kit::run(reactions_.pins(kAnn)).value().size(), 5U);
}

TEST_F(ReactionsTest, ServeMarksOfRecentPostsFromMemory) {
    std::vector<PostId> ids;
    for (int i = 0; i < 600; ++i) {
        const PostPtr post = write_post(kBob);
        ids.push_back(post->id);
        ASSERT_TRUE(kit::run(reactions_.bookmark(kAnn, post)));
    }
    const PostPtr unmarked = write_post(kBob);
    const auto recent = std::vector<PostId>{unmarked->id, ids[599], ids[300]};
    EXPECT_FALSE(kit::run(reactions_.marks(kAnn, recent)).value().at(0).any());
    const std::size_t reads = store_.reads();
    const auto again = kit::run(reactions_.marks(kAnn, recent)).value();
    EXPECT_EQ(store_.reads(), reads);
    EXPECT_TRUE(again[1].bookmark);
    EXPECT_TRUE(again[2].bookmark);
    EXPECT_TRUE(marks(kAnn, ids[0]).bookmark) << "below the window";
    EXPECT_FALSE(marks(kAnn, PostId(5)).any());
    const auto page = kit::run(reactions_.bookmarks(kAnn, {.limit = 20})).value();
    EXPECT_EQ(page.front().post, ids[599]);
    const auto next =
        kit::run(reactions_.bookmarks(kAnn, {.max_id = page.back().id.value, .limit = 1})).value();
    EXPECT_EQ(next.at(0).post, ids[579]);
}

TEST_F(ReactionsTest, AgreeWithAModelUnderRandomRaces) {
    store_.yield_on_calls(true);
    const std::vector<PostPtr> written{write_post(kAnn), write_post(kBob)};
    Random random(7);
    for (int round = 0; round < 100; ++round) {
        boost::asio::io_context context(1);
        for (int i = 0; i < 4; ++i) {
            const AccountId actor = random.chance(0.5) ? kAnn : kBob;
            const PostPtr post = written[random.below(2)];
            Task<Result<void>> task = random.chance(0.5) ? reactions_.favourite(actor, post)
                                                         : reactions_.unfavourite(actor, post);
            boost::asio::co_spawn(
                context,
                std::move(task),
                [](std::exception_ptr, const Result<void>& result) { EXPECT_TRUE(result); }
            );
        }
        context.run();
        for (const PostPtr& post : written) {
            std::set<AccountId> marked;
            for (const AccountId account : {kAnn, kBob}) {
                if (marks(account, post->id).favourite) {
                    marked.insert(account);
                }
            }
            std::set<AccountId> listed;
            for (const auto& entry : kit::run(reactions_.favourited_by(post->id, {})).value()) {
                EXPECT_TRUE(listed.insert(entry.account).second);
            }
            EXPECT_EQ(listed, marked);
            EXPECT_EQ(favourites_of(post->id), static_cast<std::int64_t>(marked.size()));
        }
    }
}

TEST(MarksCodec, KeepsWhatItIsGivenAndRefusesTheRest) {
    const Marks marks{
        .favourite = RelationId(1),
        .boost = PostId(UINT64_MAX),
        .bookmark = RelationId(),
        .pin = RelationId(300),
    };
    const std::string whole = encode(marks);
    EXPECT_EQ(decode_marks(whole).value(), marks);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(decode_marks(whole.substr(0, size)));
    }
    EXPECT_FALSE(decode_marks(whole + "x"));
}

}  // namespace
}  // namespace rookery::social
