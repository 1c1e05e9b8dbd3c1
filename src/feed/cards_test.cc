#include "feed/cards.h"

#include "base/random.h"
#include "feed/timelines.h"
#include "kit/posts_fixture.h"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace rookery::feed {
namespace {

class CardsTest : public social::PostsFixture {
protected:
    CardsTest() {
        cards_.show_with(&view_);
        few_cards_.show_with(&view_);
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const social::SocialEvent event = *social::decode(stored);
                accounts_.on_committed(event);
                few_accounts_.on_committed(event);
                viewers_.on_committed(event);
                posts_.on_committed(event);
                few_posts_.on_committed(event);
                reactions_.on_committed(event);
                cards_.on_committed(event);
                few_cards_.on_committed(event);
            }
        });
    }

    CardPtr card(PostId id) { return kit::run(cards_.find_many({id}))->front(); }

    /// Compares the cards of all that was made with what the store has, read by services that have
    /// cached nothing.
    void expect_all_true() {
        social::Accounts accounts(environment_, few_accounts());
        social::Posts posts(environment_, few_posts(), accounts, viewers_, sequence_);
        const auto facts = *kit::run(facts_of(&accounts, &posts, made_));
        for (Cards* cards : {&cards_, &few_cards_}) {
            const auto seen = *kit::run(cards->find_many(made_));
            for (std::size_t i = 0; i < made_.size(); ++i) {
                ASSERT_EQ(seen[i] == nullptr, facts[i].post == nullptr);
                if (seen[i]) {
                    expect_same(*seen[i], facts[i]);
                }
            }
        }
    }

    struct Facts {
        social::PostPtr post;
        social::AccountPtr author;
        social::PostPtr boosted;
        social::AccountPtr boosted_author;
        social::PostCounts counts;
        social::AccountCounts author_counts;
        social::AccountCounts boosted_author_counts;
    };

    /// One after another, as plainly as can be.
    static Task<Result<std::vector<Facts>>>
    facts_of(social::Accounts* accounts, social::Posts* posts, std::vector<PostId> ids) {
        std::vector<Facts> all;
        for (const PostId id : ids) {
            Facts& facts = all.emplace_back();
            CO_TRY(const auto found, co_await posts->find_many({id}));
            facts.post = found.front();
            if (!facts.post) {
                continue;
            }
            const AccountId author = facts.post->author;
            CO_TRY(facts.author, co_await accounts->find(author));
            CO_TRY(const auto author_counts, co_await accounts->counts({author}));
            facts.author_counts = author_counts.front();
            PostId shown = id;
            if (facts.post->is_boost()) {
                shown = facts.post->boost_of;
                const AccountId other = facts.post->boost_of_author;
                CO_TRY(const auto boosted, co_await posts->find_many({shown}));
                facts.boosted = boosted.front();
                CO_TRY(facts.boosted_author, co_await accounts->find(other));
                CO_TRY(const auto other_counts, co_await accounts->counts({other}));
                facts.boosted_author_counts = other_counts.front();
            }
            CO_TRY(const auto counts, co_await posts->counts({shown}));
            facts.counts = counts.front();
        }
        co_return all;
    }

    static void expect_same(const Card& card, const Facts& facts) {
        EXPECT_EQ(card.post, static_cast<const social::PostFacts&>(*facts.post));
        EXPECT_EQ(*card.author, *facts.author);
        EXPECT_EQ(card.author_standing, facts.author->standing());
        EXPECT_EQ(card.counts, facts.counts);
        EXPECT_EQ(card.author_counts, facts.author_counts);
        ASSERT_EQ(card.boosted == nullptr, facts.boosted == nullptr);
        std::string said = facts.post->text;
        if (facts.boosted) {
            const Card::Boosted& boosted = *card.boosted;
            EXPECT_EQ(boosted.post, static_cast<const social::PostFacts&>(*facts.boosted));
            EXPECT_EQ(*boosted.author, *facts.boosted_author);
            EXPECT_EQ(boosted.author_standing, facts.boosted_author->standing());
            EXPECT_EQ(boosted.author_counts, facts.boosted_author_counts);
            said += facts.boosted->text;
        }
        if (facts.post->is_boost() && !facts.boosted) {
            return;  // nobody sees it
        }
        ASSERT_NE(card.face, nullptr);
        const auto& face = static_cast<const Saying&>(*card.face);
        EXPECT_EQ(face.said, said);
        EXPECT_EQ(face.by, facts.author->display_name);
    }

    /// A view that says what the posts say and what their author is called.
    struct Saying final : Card::Face {
        std::string said;
        std::string by;
        bool is_renewed = false;
    };
    class SayingView final : public CardView {
    public:
        std::unique_ptr<const Card::Face> face_of(const Card& card, const CardPosts& posts)
            override {
            auto face = std::make_unique<Saying>();
            face->said = posts.post->text + (posts.boosted ? posts.boosted->text : "");
            face->by = card.author->display_name;
            return face;
        }
        std::unique_ptr<const Card::Face> face_like(const Card& card, const Card::Face& former)
            override {
            auto face = std::make_unique<Saying>();
            face->said = static_cast<const Saying&>(former).said;
            face->by = card.author->display_name;
            face->is_renewed = true;
            return face;
        }
    };

    /// A suspended author, or one who may not see the post, makes none.
    void keep(const Result<social::PostPtr>& made) {
        if (made) {
            made_.push_back((*made)->id);
        }
    }

    void remove(const social::PostPtr& gone) {
        if (!kit::run(posts_.remove(gone->author, gone->id))) {
            return;
        }
        social::SocialEvent event;
        event.type = social::EventType::kPostDeleted;
        event.actor = gone->author;
        event.post = gone->id;
        event.thread = gone->thread;
        to_clean_.push_back(event);
    }

    /// What the server does some time after a post was deleted.
    void clean_up_one() {
        if (!to_clean_.empty()) {
            auto batch = kit::run(cleanup_.clean(to_clean_.back()));
            ASSERT_TRUE(batch);
            ASSERT_TRUE(kit::run(store_.commit(std::move(*batch))));
            to_clean_.pop_back();
        }
    }

    void change_at_random(std::uint64_t& random) {
        const std::vector<AccountId> people{alice_, bob_, carol_};
        const AccountId who = people[split_mix64(random) % people.size()];
        const AccountId other = people[split_mix64(random) % people.size()];
        const auto any_post = [&] { return find(made_[split_mix64(random) % made_.size()]); };
        clock_.advance_ms(10);
        const std::uint64_t what = made_.empty() ? 0 : split_mix64(random) % 13;
        if (what < 4) {
            social::NewPost made = draft(who, "for @bob");
            made.visibility = what < 3 ? social::Visibility::kPublic : social::Visibility::kDirect;
            keep(kit::run(posts_.create(std::move(made))));
        } else if (what == 4) {
            keep(kit::run(posts_.boost(who, made_[split_mix64(random) % made_.size()], {})));
        } else if (what == 5) {
            if (const auto parent = any_post(); parent && !parent->is_boost()) {
                keep(kit::run(posts_.create(draft(who, "re", parent->id))));
            }
        } else if (what == 6) {
            if (const auto liked = any_post(); liked && !liked->is_boost()) {
                static_cast<void>(kit::run(reactions_.favourite(who, liked)));
            }
        } else if (what == 7) {
            if (const auto liked = any_post(); liked && !liked->is_boost()) {
                static_cast<void>(kit::run(reactions_.unfavourite(who, liked)));
            }
        } else if (what == 8) {
            if (const auto edited = any_post()) {
                social::PostChanges changes;
                changes.text = std::to_string(split_mix64(random));
                static_cast<void>(kit::run(posts_.edit(edited->author, edited->id, changes)));
            }
        } else if (what == 9) {
            if (const auto gone = any_post(); gone && !gone->is_boost()) {
                remove(gone);
            }
        } else if (what == 10) {
            social::AccountChanges changes;
            changes.display_name = std::to_string(split_mix64(random) % 1000);
            changes.suspended = split_mix64(random) % 4 == 0;
            ASSERT_TRUE(kit::run(accounts_.update(other, changes)));
        } else if (what == 11) {
            clean_up_one();
        } else if (who != other) {
            const auto done = split_mix64(random) % 2 == 0
                                  ? kit::run(follows_.follow(who, other, {})).has_value()
                                  : kit::run(follows_.unfollow(who, other)).has_value();
            static_cast<void>(done);
        }
    }

    static social::AccountLimits few_accounts() {
        social::AccountLimits limits;
        limits.cached_accounts_max = 2;
        return limits;
    }
    static social::PostLimits few_posts() {
        social::PostLimits limits;
        limits.cached_posts_max = 2;
        return limits;
    }

    SayingView view_;
    Cards cards_{accounts_, posts_};
    // The same where next to nothing stays in memory.
    social::Accounts few_accounts_{environment_, few_accounts()};
    social::Posts few_posts_{environment_, few_posts(), few_accounts_, viewers_, sequence_};
    Cards few_cards_{few_accounts_, few_posts_, 3};
    std::vector<PostId> made_;
    std::vector<social::SocialEvent> to_clean_;
};

TEST_F(CardsTest, AreNeverOlderThanTheLastChange) {
    std::uint64_t random = 20'261'128;
    for (int step = 0; step < 200; ++step) {
        change_at_random(random);
        expect_all_true();
        ASSERT_FALSE(HasFailure()) << "after step " << step;
    }
}

/// Reads until everybody else has ended.
Task<bool> read_until(Cards* cards, std::vector<PostId> ids, const int* under_way) {
    while (*under_way > 0) {
        const auto found = co_await cards->find_many(ids);
        if (!found) {
            co_return false;
        }
        co_await boost::asio::post(boost::asio::use_awaitable_t<Executor>{});
    }
    co_return true;
}

Task<bool> like_and_unlike(
    social::Reactions* reactions,
    AccountId who,
    social::PostPtr post,
    int times,
    int* under_way
) {
    bool all_done = true;
    for (int i = 0; i < times; ++i) {
        const auto liked = co_await reactions->favourite(who, post);
        all_done = all_done && liked;
        if (i + 1 < times) {
            const auto unliked = co_await reactions->unfavourite(who, post);
            all_done = all_done && unliked;
        }
    }
    --*under_way;
    co_return all_done;
}

Task<bool> publish(social::Posts* posts, social::NewPost draft, int times, int* under_way) {
    bool all_done = true;
    for (int i = 0; i < times; ++i) {
        const auto made = co_await posts->create(draft);
        all_done = all_done && made;
    }
    --*under_way;
    co_return all_done;
}

// Every call of the store is a place where another coroutine goes on: cards are made, dropped for
// want of room and made again while what they are made of changes.
TEST_F(CardsTest, AreTrueAfterChangesOfEveryInterleaving) {
    const auto liked = post(alice_, "one");
    made_ = {liked->id, post(bob_, "two")->id, boost(carol_, liked->id)->id, post(bob_, "3")->id};
    for (int round = 0; round < 12; ++round) {
        int under_way = 5;
        const int times = 1 + round % 4;
        std::vector<Task<bool>> tasks;
        for (Cards* cards : {&cards_, &few_cards_, &few_cards_}) {
            tasks.push_back(read_until(cards, made_, &under_way));
        }
        for (const AccountId who : {alice_, bob_, carol_}) {
            tasks.push_back(like_and_unlike(&reactions_, who, liked, times, &under_way));
        }
        tasks.push_back(publish(&posts_, draft(alice_, "more"), times, &under_way));
        tasks.push_back(publish(&posts_, draft(bob_, "re", liked->id), times, &under_way));
        std::ranges::rotate(tasks, tasks.begin() + round % 8);
        store_.yield_on_calls(true);
        EXPECT_THAT(kit::run_together(std::move(tasks)), testing::Each(true));
        store_.yield_on_calls(false);
        expect_all_true();
        EXPECT_EQ(card(liked->id)->counts.favourites, 3);
        ASSERT_FALSE(HasFailure()) << "after round " << round;
    }
}

// Privacy is asked of every reader anew, and of the post as it is now.
TEST_F(CardsTest, ShowNothingToThoseWhoMayNoLongerSeeTheirPosts) {
    Timelines timelines(environment_, cards_, sequence_);
    const auto original = post(alice_, "one");
    const auto shared = boost(carol_, original->id);
    const auto seen = [&](AccountId reader, bool only_wanted) {
        const auto viewer = *kit::run(viewers_.find(reader));
        return kit::run(timelines.present(viewer, {original->id, shared->id}, only_wanted))->size();
    };
    const auto suspend = [&](AccountId who, bool suspended) {
        social::AccountChanges changes;
        changes.suspended = suspended;
        ASSERT_TRUE(kit::run(accounts_.update(who, changes)));
    };
    ASSERT_EQ(seen(bob_, true), 2U);
    ASSERT_TRUE(kit::run(follows_.block(alice_, bob_)));
    EXPECT_EQ(seen(bob_, false), 0U);
    ASSERT_TRUE(kit::run(follows_.unblock(alice_, bob_)));
    EXPECT_EQ(seen(bob_, true), 2U);
    ASSERT_TRUE(kit::run(follows_.mute(bob_, alice_, true, 0)));
    EXPECT_EQ(seen(bob_, true), 0U);
    ASSERT_TRUE(kit::run(follows_.unmute(bob_, alice_)));
    suspend(carol_, true);
    EXPECT_EQ(seen(bob_, true), 1U);
    suspend(carol_, false);
    EXPECT_EQ(seen(bob_, true), 2U);
    suspend(alice_, true);
    EXPECT_EQ(seen(bob_, true), 0U);
    suspend(alice_, false);
    EXPECT_EQ(seen(bob_, true), 2U);
    social::PostChanges narrower;
    narrower.visibility = social::Visibility::kPrivate;
    ASSERT_TRUE(kit::run(posts_.edit(alice_, original->id, narrower)));
    EXPECT_EQ(seen(bob_, false), 0U);
    EXPECT_EQ(seen(alice_, false), 2U);
    ASSERT_TRUE(kit::run(posts_.remove(alice_, original->id)));
    EXPECT_EQ(seen(alice_, false), 0U);
}

TEST_F(CardsTest, AreSharedWhileNothingChanges) {
    const auto first = post(alice_, "one");
    const auto second = post(bob_, "two");
    const auto shared = boost(carol_, first->id);
    const std::vector<PostId> ids{shared->id, PostId(5), second->id, first->id};
    const auto found = *kit::run(cards_.find_many(ids));
    EXPECT_EQ(found[0]->boosted->post.id, first->id);
    EXPECT_EQ(found[0]->counts.boosts, 1);
    EXPECT_EQ(found[1], nullptr);
    EXPECT_EQ(found[2]->post.id, second->id);
    EXPECT_EQ(*kit::run(cards_.find_many(ids)), found);
    ASSERT_TRUE(kit::run(reactions_.favourite(bob_, first)));
    const auto after = *kit::run(cards_.find_many(ids));
    EXPECT_NE(after[0], found[0]);
    EXPECT_NE(after[3], found[3]);
    EXPECT_EQ(after[0]->counts.favourites, 1);
}

// What an author does elsewhere changes their counts on all that they wrote, and not a word of it.
TEST_F(CardsTest, AreRenewedWithoutTheirPostsWhileThoseAreTheSame) {
    const auto first = post(alice_, "one");
    const auto shared = boost(carol_, first->id);
    made_ = {first->id, shared->id};
    expect_all_true();
    const auto is_renewed = [&](PostId id) {
        return static_cast<const Saying&>(*card(id)->face).is_renewed;
    };
    EXPECT_FALSE(is_renewed(first->id));
    post(alice_, "two");
    EXPECT_TRUE(is_renewed(first->id));
    EXPECT_TRUE(is_renewed(shared->id));
    EXPECT_EQ(card(first->id)->author_counts.posts, 2);
    EXPECT_EQ(card(shared->id)->boosted->author_counts.posts, 2);
    social::PostChanges changes;
    changes.text = "otherwise";
    ASSERT_TRUE(kit::run(posts_.edit(alice_, first->id, changes)));
    EXPECT_FALSE(is_renewed(first->id));
    EXPECT_FALSE(is_renewed(shared->id));
    expect_all_true();
}

TEST_F(CardsTest, ComeWithTheirPostsWholeAsTheyAreNow) {
    Timelines timelines(environment_, cards_, sequence_);
    const auto first = post(alice_, "one");
    const auto shared = boost(carol_, first->id);
    const auto second = post(bob_, "two");
    const auto page =
        *kit::run(timelines.present_whole({}, {second->id, shared->id, first->id}, false));
    ASSERT_EQ(page.size(), 3U);
    EXPECT_EQ(page[0].post->text, "two");
    EXPECT_EQ(page[1].post->id, shared->id);
    EXPECT_EQ(page[1].boosted->text, "one");
    EXPECT_EQ(page[1].boosted_author->id, alice_);
    EXPECT_EQ(page[2].author->id, alice_);

    auto cards = *kit::run(cards_.find_many({second->id, shared->id, first->id}));
    social::PostChanges changes;
    changes.text = "otherwise";
    ASSERT_TRUE(kit::run(posts_.edit(bob_, second->id, changes)));
    ASSERT_TRUE(kit::run(posts_.remove(alice_, first->id)));
    const auto whole = *kit::run(cards_.with_posts(cards));
    ASSERT_EQ(whole.size(), 1U);
    EXPECT_EQ(whole.front().first, cards.front());
    EXPECT_EQ(whole.front().second.post->text, "otherwise");
}

TEST_F(CardsTest, AreMadeAnewOnceTheirStoreCanBeRead) {
    const auto made = post(alice_, "one");
    store_.fail_reads(1);
    EXPECT_FALSE(kit::run(cards_.find_many({made->id})));
    EXPECT_EQ(card(made->id)->post.id, made->id);
}

// Writers note what they ask for and what was acknowledged; others must never see less than the
// one, nor more than the other.
TEST_F(CardsTest, AreNeverOlderWhileOthersWrite) {
    constexpr std::int64_t kPosts = 100;
    const auto first = post(alice_, "one");
    std::atomic<std::int64_t> asked{1};
    std::atomic<std::int64_t> acknowledged{1};
    std::atomic<std::uint64_t> likes{0};  // begun and ended: odd while one is under way
    std::atomic<int> wrong{0};
    std::atomic<bool> done{false};
    const auto check = [&](Cards& cards) {
        const std::uint64_t before = likes;
        const std::int64_t least = acknowledged;
        const auto seen = kit::run(cards.find_many({first->id}))->front();
        const std::int64_t posts = seen->author_counts.posts;
        wrong += posts < least || posts > asked ? 1 : 0;
        if (before % 2 == 0 && likes == before) {
            wrong += seen->counts.favourites != static_cast<std::int64_t>(before / 2 % 2) ? 1 : 0;
        }
    };
    std::vector<std::thread> others;
    for (Cards* cards : {&cards_, &few_cards_}) {
        others.emplace_back([&, cards] {
            while (!done) {
                check(*cards);
                std::this_thread::yield();
            }
        });
    }
    others.emplace_back([&] {
        for (std::int64_t i = 0; i < kPosts; ++i) {
            ++likes;
            const auto changed = i % 2 == 0 ? kit::run(reactions_.favourite(bob_, first))
                                            : kit::run(reactions_.unfavourite(bob_, first));
            wrong += changed ? 0 : 1;
            ++likes;
        }
    });
    for (std::int64_t i = 2; i <= kPosts; ++i) {
        asked = i;
        post(alice_, "more");
        acknowledged = i;
    }
    others.back().join();
    others.pop_back();
    done = true;
    for (std::thread& other : others) {
        other.join();
    }
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(card(first->id)->author_counts.posts, kPosts);
    EXPECT_EQ(card(first->id)->counts.favourites, 0);
}

}  // namespace
}  // namespace rookery::feed
