#include "social/follows.h"

#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/tables.h"
#include "social/viewers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rookery::social {
namespace {

constexpr AccountId kAnn{11};
constexpr AccountId kBob{12};
constexpr AccountId kCay{13};
constexpr AccountId kLocked{14};
constexpr AccountId kSuspended{15};

class FollowsTest : public testing::Test {
protected:
    FollowsTest() {
        store.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const SocialEvent event = decode(stored.event).value();
                accounts.on_committed(event);
                viewers.on_committed(event);
            }
        });
        create("ann", kAnn);
        create("bob", kBob);
        create("cay", kCay);
        create("locked", kLocked);
        create("suspended", kSuspended);
        EXPECT_TRUE(kit::run(accounts.update(kLocked, {.locked = true})));
        EXPECT_TRUE(kit::run(accounts.update(kSuspended, {.suspended = true})));
    }

    void create(std::string name, AccountId id) {
        ASSERT_TRUE(kit::run(accounts.create({.username = std::move(name), .id = id})));
    }
    ErrorCode follow_error(AccountId actor, AccountId target, FollowOptions options = {}) {
        const auto result = kit::run(follows.follow(actor, target, std::move(options)));
        return result ? ErrorCode::kInternal : result.error().code;
    }
    void follow(AccountId actor, AccountId target, FollowOptions options = {}) {
        const auto result = kit::run(follows.follow(actor, target, std::move(options)));
        ASSERT_TRUE(result) << result.error().message;
    }
    Relationship relationship(AccountId viewer, AccountId other) {
        return kit::run(follows.relationships(viewer, {other})).value().at(0);
    }
    AccountCounts counts(AccountId account) {
        return kit::run(accounts.counts({account})).value().at(0);
    }
    ViewerPtr viewer(AccountId account) { return kit::run(viewers.find(account)).value(); }
    std::vector<AccountId> ids(const Result<std::vector<RelationEntry>>& entries) {
        std::vector<AccountId> out;
        for (const RelationEntry& entry : entries.value()) {
            out.push_back(entry.account);
        }
        return out;
    }

    kit::ManualClock clock;
    kit::MemoryStore store{clock};
    IdGenerator generator{clock, 1, 42};
    BlockingPool pool{1};
    Environment environment{store, clock, generator, pool};
    Accounts accounts{environment, {}};
    Viewers viewers{environment};
    Follows follows{environment, accounts};
};

using Ids = std::vector<AccountId>;

TEST_F(FollowsTest, CountsAndListsAFollowOnce) {
    follow(kAnn, kBob);
    follow(kAnn, kBob);
    EXPECT_EQ(counts(kAnn).following, 1);
    EXPECT_EQ(counts(kBob).followers, 1);
    EXPECT_EQ(ids(kit::run(follows.following(kAnn, {}))), Ids{kBob});
    EXPECT_EQ(ids(kit::run(follows.followers(kBob, {}))), Ids{kAnn});
    EXPECT_TRUE(relationship(kAnn, kBob).following);
    EXPECT_TRUE(relationship(kBob, kAnn).followed_by);
    EXPECT_FALSE(relationship(kBob, kAnn).following);
    ASSERT_TRUE(kit::run(follows.unfollow(kAnn, kBob)));
    ASSERT_TRUE(kit::run(follows.unfollow(kAnn, kBob)));
    EXPECT_EQ(counts(kAnn).following, 0);
    EXPECT_EQ(counts(kBob).followers, 0);
    EXPECT_EQ(ids(kit::run(follows.followers(kBob, {}))), Ids{});
}

TEST_F(FollowsTest, SetsTheOptionsOfAnExistingFollow) {
    follow(kAnn, kBob, {.notify = true});
    const auto followers = [&] { return kit::run(follows.followers(kBob, {})).value(); };
    const RelationId id = followers().at(0).id;
    EXPECT_EQ(viewer(kAnn)->choice_of(kBob), nullptr) << "she wants everything";
    follow(kAnn, kBob, {.show_boosts = false, .languages = {{"de", "pt-BR"}}});
    const Relationship found = relationship(kAnn, kBob);
    EXPECT_FALSE(found.showing_boosts);
    EXPECT_TRUE(found.notifying);
    EXPECT_EQ(found.languages, (std::vector<std::string>{"de", "pt-BR"}));
    EXPECT_EQ(counts(kBob).followers, 1);
    EXPECT_EQ(followers().at(0).id, id) << "it is still the same follow";
    const ViewerPtr ann = viewer(kAnn);
    ASSERT_NE(ann->choice_of(kBob), nullptr);
    EXPECT_FALSE(ann->choice_of(kBob)->show_boosts);
    EXPECT_EQ(ann->choice_of(kBob)->languages, found.languages);
}

TEST_F(FollowsTest, RefusesWhatMakesNoSense) {
    EXPECT_EQ(follow_error(kAnn, kAnn), ErrorCode::kInvalid);
    EXPECT_EQ(follow_error(kAnn, AccountId(999)), ErrorCode::kNotFound);
    EXPECT_EQ(follow_error(kAnn, kSuspended), ErrorCode::kNotFound);
    EXPECT_EQ(follow_error(kAnn, kBob, {.languages = {{"<b>"}}}), ErrorCode::kInvalid);
    EXPECT_EQ(kit::run(follows.block(kAnn, kAnn)).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(kit::run(follows.mute(kAnn, kAnn, true, 0)).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(kit::run(follows.authorize(kBob, kAnn)).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(kit::run(follows.reject(kBob, kAnn)).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(
        kit::run(follows.set_note(kAnn, kBob, std::string(2001, 'x'))).error().code,
        ErrorCode::kInvalid
    );
    EXPECT_FALSE(relationship(kAnn, kBob).following);
}

TEST_F(FollowsTest, AsksALockedAccountAndFollowsOnceAuthorized) {
    follow(kAnn, kLocked, {.show_boosts = false});
    EXPECT_TRUE(relationship(kAnn, kLocked).requested);
    EXPECT_TRUE(relationship(kLocked, kAnn).requested_by);
    EXPECT_EQ(counts(kLocked).followers, 0);
    EXPECT_EQ(ids(kit::run(follows.requests(kLocked, {}))), Ids{kAnn});
    follow(kAnn, kLocked, {.notify = true});
    ASSERT_TRUE(kit::run(follows.authorize(kLocked, kAnn)));
    const Relationship found = relationship(kAnn, kLocked);
    EXPECT_TRUE(found.following);
    EXPECT_FALSE(found.requested);
    EXPECT_FALSE(found.showing_boosts);
    EXPECT_TRUE(found.notifying);
    EXPECT_EQ(counts(kLocked).followers, 1);
    EXPECT_EQ(ids(kit::run(follows.requests(kLocked, {}))), Ids{});
}

TEST_F(FollowsTest, LosesARequestThatIsRejectedOrWithdrawn) {
    follow(kAnn, kLocked);
    follow(kBob, kLocked);
    EXPECT_EQ(ids(kit::run(follows.requests(kLocked, {}))), (Ids{kBob, kAnn}));
    ASSERT_TRUE(kit::run(follows.reject(kLocked, kAnn)));
    ASSERT_TRUE(kit::run(follows.unfollow(kBob, kLocked)));
    EXPECT_EQ(ids(kit::run(follows.requests(kLocked, {}))), Ids{});
    EXPECT_FALSE(relationship(kAnn, kLocked).requested);
}

TEST_F(FollowsTest, EndsEverythingBetweenTwoPeopleWhenOneBlocks) {
    follow(kAnn, kBob);
    follow(kBob, kAnn);
    ASSERT_TRUE(kit::run(follows.block(kAnn, kBob)));
    EXPECT_EQ(counts(kAnn), (AccountCounts{}));
    EXPECT_EQ(counts(kBob), (AccountCounts{}));
    EXPECT_EQ(follow_error(kBob, kAnn), ErrorCode::kForbidden);
    EXPECT_EQ(follow_error(kAnn, kBob), ErrorCode::kForbidden);
    EXPECT_TRUE(relationship(kAnn, kBob).blocking);
    EXPECT_TRUE(relationship(kBob, kAnn).blocked_by);
    EXPECT_EQ(ids(kit::run(follows.blocks(kAnn, {}))), Ids{kBob});
    EXPECT_TRUE(viewer(kAnn)->blocks(kBob));
    EXPECT_TRUE(viewer(kBob)->is_blocked_by(kAnn));
    EXPECT_FALSE(viewer(kBob)->follows(kAnn));
    ASSERT_TRUE(kit::run(follows.unblock(kAnn, kBob)));
    EXPECT_FALSE(viewer(kBob)->is_blocked_by(kAnn));
    follow(kBob, kAnn);
    EXPECT_EQ(counts(kAnn).followers, 1);
}

TEST_F(FollowsTest, TellsOfEveryEdgeThatABlockRemoves) {
    follow(kAnn, kBob);
    follow(kBob, kAnn);
    const ports::EventId before = store.horizon();
    ASSERT_TRUE(kit::run(follows.block(kAnn, kBob)));
    int unfollowed = 0;
    int blocked = 0;
    for (const ports::StoredEvent& stored : kit::run(store.read_events(before, 100)).value()) {
        const SocialEvent event = decode(stored.event).value();
        unfollowed += event.type == EventType::kUnfollowed ? 1 : 0;
        blocked += event.type == EventType::kBlocked ? 1 : 0;
    }
    EXPECT_EQ(unfollowed, 2);
    EXPECT_EQ(blocked, 1);
}

TEST_F(FollowsTest, RemovesAFollower) {
    follow(kAnn, kBob);
    ASSERT_TRUE(kit::run(follows.remove_follower(kBob, kAnn)));
    EXPECT_FALSE(relationship(kAnn, kBob).following);
    EXPECT_EQ(counts(kAnn).following, 0);
}

TEST_F(FollowsTest, ForgetsAMuteWhenItExpires) {
    ASSERT_TRUE(kit::run(follows.mute(kAnn, kBob, false, clock.now_ms() + 1000)));
    ASSERT_TRUE(kit::run(follows.mute(kAnn, kCay, true, 0)));
    EXPECT_TRUE(relationship(kAnn, kBob).muting);
    EXPECT_FALSE(relationship(kAnn, kBob).muting_notifications);
    EXPECT_EQ(ids(kit::run(follows.mutes(kAnn, {}))), (Ids{kCay, kBob}));
    EXPECT_TRUE(viewer(kAnn)->mutes(kBob, clock.now_ms()));
    clock.advance_ms(1000);
    EXPECT_FALSE(relationship(kAnn, kBob).muting);
    EXPECT_FALSE(viewer(kAnn)->mutes(kBob, clock.now_ms()));
    EXPECT_EQ(ids(kit::run(follows.mutes(kAnn, {}))), Ids{kCay});
    EXPECT_EQ(ids(kit::run(follows.mutes(kAnn, {.limit = 1}))), Ids{kCay});
    ASSERT_TRUE(kit::run(follows.mute(kAnn, kBob, true, 0)));
    EXPECT_EQ(ids(kit::run(follows.mutes(kAnn, {}))), (Ids{kBob, kCay}));
    ASSERT_TRUE(kit::run(follows.unmute(kAnn, kBob)));
    ASSERT_TRUE(kit::run(follows.unmute(kAnn, kBob)));
    EXPECT_EQ(ids(kit::run(follows.mutes(kAnn, {}))), Ids{kCay});
    EXPECT_FALSE(viewer(kAnn)->mutes(kBob, clock.now_ms()));
}

TEST_F(FollowsTest, FillsAPageOfMutesPastExpiredOnesBothWays) {
    std::vector<AccountId> lasting;
    for (std::uint64_t i = 0; i < 20; ++i) {
        const AccountId muted(100 + i);
        create("muted" + std::to_string(i), muted);
        const bool expires = i % 2 == 0;
        const UnixMs until_ms = expires ? clock.now_ms() + 10 : 0;
        ASSERT_TRUE(kit::run(follows.mute(kAnn, muted, true, until_ms)));
        if (!expires) {
            lasting.insert(lasting.begin(), muted);
        }
    }
    clock.advance_ms(10);
    const auto first = kit::run(follows.mutes(kAnn, {.limit = 4}));
    EXPECT_EQ(ids(first), Ids(lasting.begin(), lasting.begin() + 4));
    const std::uint64_t below = first->back().id.value;
    const auto second = kit::run(follows.mutes(kAnn, {.max_id = below, .limit = 4}));
    EXPECT_EQ(ids(second), Ids(lasting.begin() + 4, lasting.begin() + 8));
    const std::uint64_t above = second->back().id.value;
    const auto upwards = kit::run(follows.mutes(kAnn, {.min_id = above, .limit = 4}));
    EXPECT_EQ(ids(upwards), Ids(lasting.begin() + 3, lasting.begin() + 7));
}

TEST_F(FollowsTest, PagesByTheIdOfTheRelation) {
    for (std::uint64_t i = 0; i < 10; ++i) {
        create("fan" + std::to_string(i), AccountId(100 + i));
        follow(AccountId(100 + i), kBob);
    }
    const auto all = kit::run(follows.followers(kBob, {.limit = 80})).value();
    ASSERT_EQ(all.size(), 10U);
    EXPECT_EQ(all.front().account, AccountId(109));
    const auto page = [&](PageRequest request) {
        return ids(kit::run(follows.followers(kBob, request)));
    };
    const auto accounts_at = [&](std::size_t from, std::size_t until) {
        Ids out;
        for (std::size_t i = from; i < until; ++i) {
            out.push_back(all[i].account);
        }
        return out;
    };
    EXPECT_EQ(page({.max_id = all[3].id.value, .limit = 3}), accounts_at(4, 7));
    EXPECT_EQ(page({.since_id = all[7].id.value, .limit = 3}), accounts_at(0, 3));
    EXPECT_EQ(page({.min_id = all[7].id.value, .limit = 3}), accounts_at(4, 7));
    EXPECT_EQ(
        page({.max_id = all[1].id.value, .since_id = all[8].id.value, .limit = 40}),
        accounts_at(2, 8)
    );
    EXPECT_EQ(page({.max_id = all[8].id.value, .since_id = all[1].id.value}), Ids{});
    EXPECT_EQ(page({.max_id = 1}), Ids{});
    EXPECT_EQ(page({.limit = 0}), Ids{});
}

TEST_F(FollowsTest, KeepsANoteThatOnlyItsWriterSees) {
    ASSERT_TRUE(kit::run(follows.set_note(kAnn, kBob, "met in Oslo")));
    EXPECT_EQ(relationship(kAnn, kBob).note, "met in Oslo");
    EXPECT_EQ(relationship(kBob, kAnn).note, "");
    ASSERT_TRUE(kit::run(follows.set_note(kAnn, kBob, "")));
    EXPECT_EQ(relationship(kAnn, kBob).note, "");
}

TEST_F(FollowsTest, ChangesNothingWhenTheStoreRefuses) {
    store.fail_commits(1);
    EXPECT_EQ(follow_error(kAnn, kBob), ErrorCode::kUnavailable);
    EXPECT_FALSE(relationship(kAnn, kBob).following);
    EXPECT_EQ(counts(kBob).followers, 0);
}

TEST_F(FollowsTest, LoadsAViewerWithMoreEdgesThanOneScanReturns) {
    ports::Batch batch;
    constexpr std::uint64_t kEdges = 5001;
    for (std::uint64_t i = 1; i <= kEdges; ++i) {
        const Follow edge{.id = RelationId(i)};
        batch.put(
            {tables::kFollows, tables::id_bytes(kAnn), tables::id_bytes(1000 + i)}, encode(edge)
        );
    }
    ASSERT_TRUE(kit::run(store.commit(std::move(batch))));
    const ViewerPtr ann = viewer(kAnn);
    EXPECT_EQ(ann->following.size(), kEdges);
    EXPECT_TRUE(ann->follows(AccountId(1000 + kEdges)));
    EXPECT_FALSE(ann->follows(AccountId(1000)));
    const std::size_t reads = store.reads();
    EXPECT_EQ(viewer(kAnn), ann);
    EXPECT_EQ(store.reads(), reads);
}

TEST(EdgeCodecs, KeepWhatTheyAreGivenAndRefuseTheRest) {
    const Follow follow{
        .id = RelationId(77), .show_boosts = false, .notify = true, .languages = {"en", "de"}
    };
    EXPECT_EQ(decode_follow(encode(follow)).value(), follow);
    EXPECT_EQ(decode_follow(encode(Follow{})).value(), Follow{});
    const Mute mute{
        .id = RelationId(78), .notifications = false, .expires_at_ms = 1'800'000'000'000
    };
    EXPECT_EQ(decode_mute(encode(mute)).value(), mute);
    for (const std::string& whole : {encode(follow), encode(mute)}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_FALSE(decode_follow(whole.substr(0, size)));
            EXPECT_FALSE(decode_mute(whole.substr(0, size)));
        }
        EXPECT_FALSE(decode_follow(whole + "x"));
        EXPECT_FALSE(decode_mute(whole + "x"));
    }
    std::string newer = encode(follow);
    newer[0] = 2;
    EXPECT_FALSE(decode_follow(newer));
}

}  // namespace
}  // namespace rookery::social
