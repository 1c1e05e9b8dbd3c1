#include "feed/cards.h"

#include "base/random.h"
#include "kit/posts_fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace rookery::feed {
namespace {

class CardsTest : public social::PostsFixture {
protected:
    CardsTest() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                social::SocialEvent event = *social::decode(stored.event);
                event.id = stored.id;
                accounts_.on_committed(event);
                viewers_.on_committed(event);
                posts_.on_committed(event);
                reactions_.on_committed(event);
                cards_.on_committed(event);
            }
        });
    }

    CardPtr card(PostId id) { return kit::run(cards_.find_many({id}))->front(); }

    /// Compares a card with what the store has, read by services that have cached nothing.
    void expect_true(PostId id) {
        social::AccountLimits few_accounts;
        few_accounts.cached_accounts_max = 8;
        social::PostLimits few_posts;
        few_posts.cached_posts_max = 8;
        social::Accounts accounts(environment_, few_accounts);
        social::Posts posts(environment_, few_posts, accounts, viewers_, sequence_);
        const auto post = kit::run(posts.find_many({id}))->front();
        const CardPtr seen = card(id);
        ASSERT_EQ(seen == nullptr, post == nullptr);
        if (!post) {
            return;
        }
        EXPECT_EQ(*seen->post, *post);
        expect_author(accounts, post->author, *seen->author, seen->author_counts);
        const PostId shown = post->is_boost() ? post->boost_of : id;
        EXPECT_EQ(seen->counts, kit::run(posts.counts({shown}))->front());
        if (!post->is_boost()) {
            EXPECT_EQ(seen->boosted, nullptr);
            return;
        }
        const auto boosted = kit::run(posts.find_many({post->boost_of}))->front();
        ASSERT_EQ(seen->boosted == nullptr, boosted == nullptr);
        if (boosted) {
            EXPECT_EQ(*seen->boosted, *boosted);
            expect_author(
                accounts, boosted->author, *seen->boosted_author, seen->boosted_author_counts
            );
        }
    }

    static void expect_author(
        social::Accounts& accounts,
        AccountId id,
        const social::Account& account,
        const social::AccountCounts& counts
    ) {
        EXPECT_EQ(account, **kit::run(accounts.find(id)));
        EXPECT_EQ(counts, kit::run(accounts.counts({id}))->front());
    }

    /// A suspended author, or one who may not see the post, makes none.
    void keep(const Result<social::PostPtr>& made) {
        if (made) {
            made_.push_back((*made)->id);
        }
    }

    void change_at_random(std::uint64_t& random) {
        const std::vector<AccountId> people{alice_, bob_, carol_};
        const AccountId who = people[split_mix64(random) % people.size()];
        const AccountId other = people[split_mix64(random) % people.size()];
        const auto any_post = [&] { return find(made_[split_mix64(random) % made_.size()]); };
        clock_.advance_ms(10);
        const std::uint64_t what = made_.empty() ? 0 : split_mix64(random) % 12;
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
                static_cast<void>(kit::run(posts_.remove(gone->author, gone->id)));
            }
        } else if (what == 10) {
            social::AccountChanges changes;
            changes.display_name = std::to_string(split_mix64(random) % 1000);
            changes.suspended = split_mix64(random) % 4 == 0;
            ASSERT_TRUE(kit::run(accounts_.update(other, changes)));
        } else if (who != other) {
            const auto done = split_mix64(random) % 2 == 0
                                  ? kit::run(follows_.follow(who, other, {})).has_value()
                                  : kit::run(follows_.unfollow(who, other)).has_value();
            static_cast<void>(done);
        }
    }

    Cards cards_{accounts_, posts_};
    std::vector<PostId> made_;
};

TEST_F(CardsTest, AreNeverOlderThanTheLastChange) {
    std::uint64_t random = 20'261'128;
    for (int step = 0; step < 200; ++step) {
        change_at_random(random);
        for (const PostId id : made_) {
            expect_true(id);
        }
        ASSERT_FALSE(HasFailure()) << "after step " << step;
    }
}

TEST_F(CardsTest, AreSharedWhileNothingChanges) {
    const auto first = post(alice_, "one");
    const auto second = post(bob_, "two");
    const auto shared = boost(carol_, first->id);
    const std::vector<PostId> ids{shared->id, PostId(5), second->id, first->id};
    const auto found = *kit::run(cards_.find_many(ids));
    EXPECT_EQ(found[0]->boosted->id, first->id);
    EXPECT_EQ(found[0]->counts.boosts, 1);
    EXPECT_EQ(found[1], nullptr);
    EXPECT_EQ(found[2]->post->id, second->id);
    EXPECT_EQ(*kit::run(cards_.find_many(ids)), found);
    ASSERT_TRUE(kit::run(reactions_.favourite(bob_, first)));
    const auto after = *kit::run(cards_.find_many(ids));
    EXPECT_NE(after[0], found[0]);
    EXPECT_NE(after[3], found[3]);
    EXPECT_EQ(after[0]->counts.favourites, 1);
}

TEST_F(CardsTest, AreMadeAnewOnceTheirStoreCanBeRead) {
    const auto made = post(alice_, "one");
    store_.fail_reads(1);
    EXPECT_FALSE(kit::run(cards_.find_many({made->id})));
    EXPECT_EQ(card(made->id)->post->id, made->id);
}

// One writes and notes what was acknowledged; others must never see less, nor ever more than was
// asked for.
TEST_F(CardsTest, AreNeverOlderWhileOthersWrite) {
    constexpr std::int64_t kPosts = 300;
    const auto first = post(alice_, "one");
    std::atomic<std::int64_t> asked{1};
    std::atomic<std::int64_t> acknowledged{1};
    std::atomic<int> wrong{0};
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 2; ++reader) {
        readers.emplace_back([&] {
            while (acknowledged < kPosts) {
                const std::int64_t least = acknowledged;
                const auto seen = kit::run(cards_.find_many({first->id}))->front();
                const std::int64_t most = asked;
                const std::int64_t posts = seen->author_counts.posts;
                wrong += posts < least || posts > most ? 1 : 0;
            }
        });
    }
    for (std::int64_t i = 2; i <= kPosts; ++i) {
        asked = i;
        post(alice_, "more");
        acknowledged = i;
    }
    for (std::thread& reader : readers) {
        reader.join();
    }
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(card(first->id)->author_counts.posts, kPosts);
}

TEST(Card, KeepsTheFirstFace) {
    struct Numbered final : Card::Face {
        explicit Numbered(int n) : number(n) {}
        int number;
    };
    const Card card;
    EXPECT_EQ(card.face(), nullptr);
    const auto& first = card.set_face(std::make_unique<Numbered>(1));
    EXPECT_EQ(&card.set_face(std::make_unique<Numbered>(2)), &first);
    EXPECT_EQ(static_cast<const Numbered*>(card.face())->number, 1);
}

TEST(ChangeMarks, HoldUntilTheirThingIsNoted) {
    ChangeMarks marks;
    const auto post = marks.of(PostId(7));
    const auto account = marks.of(AccountId(7));
    marks.note(PostId(8));
    EXPECT_TRUE(marks.holds(post));
    marks.note(PostId(7));
    EXPECT_FALSE(marks.holds(post));
    EXPECT_TRUE(marks.holds(account));
    EXPECT_TRUE(marks.holds(marks.of(PostId(7))));
    marks.note_all();
    EXPECT_FALSE(marks.holds(account));
}

}  // namespace
}  // namespace rookery::feed
