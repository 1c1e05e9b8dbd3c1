#include "base/random.h"
#include "kit/posts_fixture.h"

#include <atomic>
#include <set>
#include <thread>

namespace rookery::social {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// Every call of the store is a place where another coroutine may go on.
class PostRaces : public PostsFixture {
protected:
    template <class T>
    std::vector<T> together(std::vector<Task<T>> tasks) {
        store_.yield_on_calls(true);
        auto results = kit::run_together(std::move(tasks));
        store_.yield_on_calls(false);
        return results;
    }
    std::set<PostId> ids_of(const std::vector<Result<PostPtr>>& results) {
        std::set<PostId> ids;
        for (const auto& result : results) {
            EXPECT_TRUE(result) << result.error().message;
            ids.insert((*result)->id);
        }
        return ids;
    }
    std::size_t posts_stored() { return rows(tables::kPosts).size(); }
};

TEST_F(PostRaces, RepeatsOfARequestWaitForTheFirst) {
    NewPost typed = draft(alice_, "once");
    typed.idempotency_key = "key";
    std::vector<Task<Result<PostPtr>>> tasks;
    for (int i = 0; i < 8; ++i) {
        tasks.push_back(posts_.create(typed));
    }
    EXPECT_THAT(ids_of(together(std::move(tasks))), SizeIs(1));
    EXPECT_EQ(posts_stored(), 1U);
    expect_consistent();
}

TEST_F(PostRaces, ARepeatTriesAgainWhenTheFirstFails) {
    NewPost typed = draft(alice_, "once");
    typed.idempotency_key = "key";
    store_.fail_commits(1);
    std::vector<Task<Result<PostPtr>>> tasks;
    tasks.push_back(posts_.create(typed));
    tasks.push_back(posts_.create(typed));
    const auto results = together(std::move(tasks));
    EXPECT_FALSE(results[0]);
    EXPECT_TRUE(results[1]);
    EXPECT_EQ(posts_stored(), 1U);
}

TEST_F(PostRaces, OneBoostComesOfManyAtOnce) {
    const PostPtr made = post(alice_, "hi");
    for (int round = 0; round < 3; ++round) {
        std::vector<Task<Result<PostPtr>>> boosts;
        for (int i = 0; i < 6; ++i) {
            boosts.push_back(posts_.boost(bob_, made->id, Visibility::kPublic));
        }
        EXPECT_THAT(ids_of(together(std::move(boosts))), SizeIs(1));
        EXPECT_EQ(counts(made->id).boosts, 1);
        expect_consistent();
        std::vector<Task<Result<PostPtr>>> unboosts;
        for (int i = 0; i < 6; ++i) {
            unboosts.push_back(posts_.unboost(bob_, made->id));
        }
        ids_of(together(std::move(unboosts)));
        EXPECT_EQ(counts(made->id).boosts, 0);
        EXPECT_EQ(post_count(bob_), 0);
        expect_consistent();
    }
}

TEST_F(PostRaces, OneOfManyDeletionsDeletes) {
    const PostPtr root = post(bob_, "root");
    const PostPtr made = post(alice_, "hi", root->id);
    std::vector<Task<Result<PostPtr>>> tasks;
    for (int i = 0; i < 5; ++i) {
        tasks.push_back(posts_.remove(alice_, made->id));
    }
    int deleted = 0;
    for (const auto& result : together(std::move(tasks))) {
        deleted += result ? 1 : 0;
    }
    EXPECT_EQ(deleted, 1);
    EXPECT_EQ(counts(root->id).replies, 0);
    EXPECT_EQ(post_count(alice_), 0);
    EXPECT_THAT(events(EventType::kPostDeleted), SizeIs(1));
    expect_consistent();
}

TEST_F(PostRaces, EditsOfOnePostAllLeaveAVersion) {
    const PostPtr made = post(alice_, "0");
    std::vector<Task<Result<PostPtr>>> tasks;
    for (const char* text : {"1", "2", "3", "4", "5"}) {
        tasks.push_back(posts_.edit(alice_, made->id, {.text = text}));
    }
    ids_of(together(std::move(tasks)));
    const auto history = *kit::run(posts_.history(made->id));
    std::set<std::string> texts;
    for (const PostEdit& version : history) {
        texts.insert(version.text);
    }
    EXPECT_EQ(texts, (std::set<std::string>{"0", "1", "2", "3", "4", "5"}));
    EXPECT_EQ(history.back().text, find(made->id)->text);
}

Task<Result<void>> delete_post(Posts* posts, AccountId actor, PostId id) {
    CO_TRY([[maybe_unused]] const auto gone, co_await posts->remove(actor, id));
    co_return Result<void>();
}

Task<Result<void>> reply_to(Posts* posts, NewPost draft) {
    CO_TRY([[maybe_unused]] const auto made, co_await posts->create(std::move(draft)));
    co_return Result<void>();
}

Task<Result<void>> boost_post(Posts* posts, AccountId actor, PostId id) {
    CO_TRY([[maybe_unused]] const auto made, co_await posts->boost(actor, id, Visibility::kPublic));
    co_return Result<void>();
}

TEST_F(PostRaces, NothingClingsToAPostThatIsDeletedMeanwhile) {
    for (int round = 0; round < 20; ++round) {
        const PostPtr made = post(alice_, "hi");
        std::vector<Task<Result<void>>> tasks;
        for (int i = 0; i < round % 5; ++i) {
            tasks.push_back(reactions_.favourite(i % 2 == 0 ? bob_ : carol_, made));
        }
        tasks.push_back(delete_post(&posts_, alice_, made->id));
        tasks.push_back(reactions_.favourite(bob_, made));
        tasks.push_back(boost_post(&posts_, carol_, made->id));
        tasks.push_back(reply_to(&posts_, draft(bob_, "reply", made->id)));
        together(std::move(tasks));
        const SocialEvent deletion = events(EventType::kPostDeleted).back();
        ASSERT_EQ(deletion.post, made->id);
        auto last = kit::run(cleanup_.clean(deletion));
        ASSERT_TRUE(kit::run(store_.commit(std::move(*last))));
        expect_consistent();
        EXPECT_THAT(rows(tables::kFavouritedBy), IsEmpty());
        EXPECT_THAT(rows(tables::kFavourites), IsEmpty());
        EXPECT_THAT(rows(tables::kMarks), IsEmpty());
    }
}

struct Player {
    Posts* posts;
    Reactions* reactions;
    std::vector<AccountId> people;
    std::vector<PostId> targets;
    std::uint64_t seed;
};

/// Random changes by one person; what they answer does not matter, what stays behind does.
Task<bool> play(Player player) {
    Random random(player.seed);
    const AccountId me = player.people[player.seed % player.people.size()];
    std::vector<PostId> mine;
    for (int step = 0; step < 60; ++step) {
        const PostId target = player.targets[random.below(player.targets.size())];
        const PostId own = mine.empty() ? target : mine[random.below(mine.size())];
        NewPost draft{.author = me, .text = "#t" + std::to_string(random.below(3))};
        draft.visibility = static_cast<Visibility>(random.below(3));
        switch (random.below(8)) {
            case 0:
            case 1: {
                draft.in_reply_to = random.chance(0.5) ? target : own;
                const auto made = co_await player.posts->create(draft);
                if (made) {
                    mine.push_back((*made)->id);
                }
                break;
            }
            case 2:
                (void)co_await player.posts->boost(me, target, Visibility::kPublic);
                break;
            case 3:
                (void)co_await player.posts->unboost(me, target);
                break;
            case 4:
            case 5: {
                PostChanges changes{.text = "#u" + std::to_string(random.below(3))};
                if (random.chance(0.3)) {
                    changes.visibility = static_cast<Visibility>(random.below(4));
                }
                (void)co_await player.posts->edit(me, own, changes);
                break;
            }
            case 6:
                (void)co_await player.posts->remove(me, own);
                break;
            default: {
                const auto post = co_await player.posts->find(target);
                if (post) {
                    (void)co_await player.reactions->favourite(me, *post);
                }
            }
        }
    }
    co_return true;
}

TEST_F(PostRaces, RandomHistoriesOnManyThreadsLeaveEveryCountExact) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        std::vector<PostId> targets;
        for (const AccountId author : {alice_, bob_, carol_}) {
            targets.push_back(post(author, "#t0 root")->id);
        }
        store_.yield_on_calls(true);
        std::vector<std::thread> threads;
        for (std::uint64_t thread = 0; thread < 3; ++thread) {
            threads.emplace_back([&, thread] {
                std::vector<Task<bool>> tasks;
                for (std::uint64_t i = 0; i < 3; ++i) {
                    tasks.push_back(play(
                        {&posts_,
                         &reactions_,
                         {alice_, bob_, carol_},
                         targets,
                         seed * 100 + thread * 3 + i}
                    ));
                }
                kit::run_together(std::move(tasks));
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        store_.yield_on_calls(false);
        for (const SocialEvent& event : events(EventType::kPostDeleted)) {
            auto last = kit::run(cleanup_.clean(event));
            ASSERT_TRUE(kit::run(store_.commit(std::move(*last))));
        }
        expect_consistent();
        // What is cached is what is stored.
        for (const auto& [key, value] : rows(tables::kPosts)) {
            const Post stored = *decode_post(value);
            EXPECT_EQ(*find(stored.id), stored);
            Posts cold(environment_, {}, accounts_, viewers_, sequence_);
            EXPECT_EQ(counts(stored.id), kit::run(cold.counts({stored.id}))->front());
        }
    }
}

}  // namespace
}  // namespace rookery::social
