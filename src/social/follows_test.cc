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
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const SocialEvent event = decode(stored.event).value();
                accounts_.on_committed(event);
                viewers_.on_committed(event);
            }
        });
        create("ann", kAnn);
        create("bob", kBob);
        create("cay", kCay);
        create("locked", kLocked);
        create("suspended", kSuspended);
        EXPECT_TRUE(kit::run(accounts_.update(kLocked, {.locked = true})));
        EXPECT_TRUE(kit::run(accounts_.update(kSuspended, {.suspended = true})));
    }

    void create(std::string name, AccountId id) {
        ASSERT_TRUE(kit::run(accounts_.create({.username = std::move(name), .id = id})));
    }
    ErrorCode follow_error(AccountId actor, AccountId target, FollowOptions options = {}) {
        const auto result = kit::run(follows_.follow(actor, target, std::move(options)));
        return result ? ErrorCode::kInternal : result.error().code;
    }
    void follow(AccountId actor, AccountId target, FollowOptions options = {}) {
        const auto result = kit::run(follows_.follow(actor, target, std::move(options)));
        ASSERT_TRUE(result) << result.error().message;
    }
    Relationship relationship(AccountId viewer, AccountId other) {
        return kit::run(follows_.relationships(viewer, {other})).value().at(0);
    }
    AccountCounts counts(AccountId account) {
        return kit::run(accounts_.counts({account})).value().at(0);
    }
    ViewerPtr viewer(AccountId account) { return kit::run(viewers_.find(account)).value(); }
    std::vector<AccountId> ids(const Result<std::vector<RelationEntry>>& entries) {
        std::vector<AccountId> out;
        for (const RelationEntry& entry : entries.value()) {
            out.push_back(entry.account);
        }
        return out;
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator generator_{clock_, 1, 42};
    BlockingPool pool_{1};
    Environment environment_{store_, clock_, generator_, pool_};
    Accounts accounts_{environment_, {}};
    Viewers viewers_{environment_};
    Follows follows_{environment_, accounts_};
};

using Ids = std::vector<AccountId>;

TEST_F(FollowsTest, CountsAndListsAFollowOnce) {
    follow(kAnn, kBob);
    follow(kAnn, kBob);
    EXPECT_EQ(counts(kAnn).following, 1);
    EXPECT_EQ(counts(kBob).followers, 1);
    EXPECT_EQ(ids(kit::run(follows_.following(kAnn, {}))), Ids{kBob});
    EXPECT_EQ(ids(kit::run(follows_.followers(kBob, {}))), Ids{kAnn});
    EXPECT_TRUE(relationship(kAnn, kBob).following);
    EXPECT_TRUE(relationship(kBob, kAnn).followed_by);
    EXPECT_FALSE(relationship(kBob, kAnn).following);
    ASSERT_TRUE(kit::run(follows_.unfollow(kAnn, kBob)));
    ASSERT_TRUE(kit::run(follows_.unfollow(kAnn, kBob)));
    EXPECT_EQ(counts(kAnn).following, 0);
    EXPECT_EQ(counts(kBob).followers, 0);
    EXPECT_EQ(ids(kit::run(follows_.followers(kBob, {}))), Ids{});
}

TEST_F(FollowsTest, SetsTheOptionsOfAnExistingFollow) {
    follow(kAnn, kBob, {.notify = true});
    const auto followers = [&] { return kit::run(follows_.followers(kBob, {})).value(); };
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
    EXPECT_EQ(kit::run(follows_.block(kAnn, kAnn)).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(kit::run(follows_.mute(kAnn, kAnn, true, 0)).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(kit::run(follows_.authorize(kBob, kAnn)).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(kit::run(follows_.reject(kBob, kAnn)).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(
        kit::run(follows_.set_note(kAnn, kBob, std::string(2001, 'x'))).error().code,
        ErrorCode::kInvalid
    );
    EXPECT_FALSE(relationship(kAnn, kBob).following);
}

TEST_F(FollowsTest, AsksALockedAccountAndFollowsOnceAuthorized) {
    follow(kAnn, kLocked, {.show_boosts = false});
    EXPECT_TRUE(relationship(kAnn, kLocked).requested);
    EXPECT_TRUE(relationship(kLocked, kAnn).requested_by);
    EXPECT_EQ(counts(kLocked).followers, 0);
    EXPECT_EQ(ids(kit::run(follows_.requests(kLocked, {}))), Ids{kAnn});
    follow(kAnn, kLocked, {.notify = true});
    ASSERT_TRUE(kit::run(follows_.authorize(kLocked, kAnn)));
    const Relationship found = relationship(kAnn, kLocked);
    EXPECT_TRUE(found.following);
    EXPECT_FALSE(found.requested);
    EXPECT_FALSE(found.showing_boosts);
    EXPECT_TRUE(found.notifying);
    EXPECT_EQ(counts(kLocked).followers, 1);
    EXPECT_EQ(ids(kit::run(follows_.requests(kLocked, {}))), Ids{});
}

TEST_F(FollowsTest, LosesARequestThatIsRejectedOrWithdrawn) {
    follow(kAnn, kLocked);
    follow(kBob, kLocked);
    EXPECT_EQ(ids(kit::run(follows_.requests(kLocked, {}))), (Ids{kBob, kAnn}));
    ASSERT_TRUE(kit::run(follows_.reject(kLocked, kAnn)));
    ASSERT_TRUE(kit::run(follows_.unfollow(kBob, kLocked)));
    EXPECT_EQ(ids(kit::run(follows_.requests(kLocked, {}))), Ids{});
    EXPECT_FALSE(relationship(kAnn, kLocked).requested);
}

TEST_F(FollowsTest, EndsEverythingBetweenTwoPeopleWhenOneBlocks) {
    follow(kAnn, kBob);
    follow(kBob, kAnn);
    ASSERT_TRUE(kit::run(follows_.block(kAnn, kBob)));
    EXPECT_EQ(counts(kAnn), (AccountCounts{}));
    EXPECT_EQ(counts(kBob), (AccountCounts{}));
    EXPECT_EQ(follow_error(kBob, kAnn), ErrorCode::kForbidden);
    EXPECT_EQ(follow_error(kAnn, kBob), ErrorCode::kForbidden);
    EXPECT_TRUE(relationship(kAnn, kBob).blocking);
    EXPECT_TRUE(relationship(kBob, kAnn).blocked_by);
    EXPECT_EQ(ids(kit::run(follows_.blocks(kAnn, {}))), Ids{kBob});
    EXPECT_TRUE(viewer(kAnn)->blocks(kBob));
    EXPECT_TRUE(viewer(kBob)->is_blocked_by(kAnn));
    EXPECT_FALSE(viewer(kBob)->follows(kAnn));
    ASSERT_TRUE(kit::run(follows_.unblock(kAnn, kBob)));
    EXPECT_FALSE(viewer(kBob)->is_blocked_by(kAnn));
    follow(kBob, kAnn);
    EXPECT_EQ(counts(kAnn).followers, 1);
}

TEST_F(FollowsTest, TellsOfEveryEdgeThatABlockRemoves) {
    follow(kAnn, kBob);
    follow(kBob, kAnn);
    const ports::EventId before = store_.horizon();
    ASSERT_TRUE(kit::run(follows_.block(kAnn, kBob)));
    int unfollowed = 0;
    int blocked = 0;
    for (const ports::StoredEvent& stored : kit::run(store_.read_events(before, 100)).value()) {
        const SocialEvent event = decode(stored.event).value();
        unfollowed += event.type == EventType::kUnfollowed ? 1 : 0;
        blocked += event.type == EventType::kBlocked ? 1 : 0;
    }
    EXPECT_EQ(unfollowed, 2);
    EXPECT_EQ(blocked, 1);
}

TEST_F(FollowsTest, RemovesAFollower) {
    follow(kAnn, kBob);
    ASSERT_TRUE(kit::run(follows_.remove_follower(kBob, kAnn)));
    EXPECT_FALSE(relationship(kAnn, kBob).following);
    EXPECT_EQ(counts(kAnn).following, 0);
}

TEST_F(FollowsTest, ForgetsAMuteWhenItExpires) {
    ASSERT_TRUE(kit::run(follows_.mute(kAnn, kBob, false, clock_.now_ms() + 1000)));
    ASSERT_TRUE(kit::run(follows_.mute(kAnn, kCay, true, 0)));
    EXPECT_TRUE(relationship(kAnn, kBob).muting);
    EXPECT_FALSE(relationship(kAnn, kBob).muting_notifications);
    EXPECT_EQ(ids(kit::run(follows_.mutes(kAnn, {}))), (Ids{kCay, kBob}));
    EXPECT_TRUE(viewer(kAnn)->mutes(kBob, clock_.now_ms()));
    clock_.advance_ms(1000);
    EXPECT_FALSE(relationship(kAnn, kBob).muting);
    EXPECT_FALSE(viewer(kAnn)->mutes(kBob, clock_.now_ms()));
    EXPECT_EQ(ids(kit::run(follows_.mutes(kAnn, {}))), Ids{kCay});
    EXPECT_EQ(ids(kit::run(follows_.mutes(kAnn, {.limit = 1}))), Ids{kCay});
    ASSERT_TRUE(kit::run(follows_.mute(kAnn, kBob, true, 0)));
    EXPECT_EQ(ids(kit::run(follows_.mutes(kAnn, {}))), (Ids{kBob, kCay}));
    ASSERT_TRUE(kit::run(follows_.unmute(kAnn, kBob)));
    ASSERT_TRUE(kit::run(follows_.unmute(kAnn, kBob)));
    EXPECT_EQ(ids(kit::run(follows_.mutes(kAnn, {}))), Ids{kCay});
    EXPECT_FALSE(viewer(kAnn)->mutes(kBob, clock_.now_ms()));
}

TEST_F(FollowsTest, FillsAPageOfMutesPastExpiredOnesBothWays) {
    std::vector<AccountId> lasting;
    for (std::uint64_t i = 0; i < 20; ++i) {
        const AccountId muted(100 + i);
        create("muted" + std::to_string(i), muted);
        const bool expires = i % 2 == 0;
        const UnixMs until_ms = expires ? clock_.now_ms() + 10 : 0;
        ASSERT_TRUE(kit::run(follows_.mute(kAnn, muted, true, until_ms)));
        if (!expires) {
            lasting.insert(lasting.begin(), muted);
        }
    }
    clock_.advance_ms(10);
    const auto first = kit::run(follows_.mutes(kAnn, {.limit = 4}));
    EXPECT_EQ(ids(first), Ids(lasting.begin(), lasting.begin() + 4));
    const std::uint64_t below = first->back().id.value;
    const auto second = kit::run(follows_.mutes(kAnn, {.max_id = below, .limit = 4}));
    EXPECT_EQ(ids(second), Ids(lasting.begin() + 4, lasting.begin() + 8));
    const std::uint64_t above = second->back().id.value;
    const auto upwards = kit::run(follows_.mutes(kAnn, {.min_id = above, .limit = 4}));
    EXPECT_EQ(ids(upwards), Ids(lasting.begin() + 3, lasting.begin() + 7));
}

TEST_F(FollowsTest, PagesByTheIdOfTheRelation) {
    for (std::uint64_t i = 0; i < 10; ++i) {
        create("fan" + std::to_string(i), AccountId(100 + i));
        follow(AccountId(100 + i), kBob);
    }
    const auto all = kit::run(follows_.followers(kBob, {.limit = 80})).value();
    ASSERT_EQ(all.size(), 10U);
    EXPECT_EQ(all.front().account, AccountId(109));
    const auto page = [&](PageRequest request) {
        return ids(kit::run(follows_.followers(kBob, request)));
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
    ASSERT_TRUE(kit::run(follows_.set_note(kAnn, kBob, "met in Oslo")));
    EXPECT_EQ(relationship(kAnn, kBob).note, "met in Oslo");
    EXPECT_EQ(relationship(kBob, kAnn).note, "");
    ASSERT_TRUE(kit::run(follows_.set_note(kAnn, kBob, "")));
    EXPECT_EQ(relationship(kAnn, kBob).note, "");
}

TEST_F(FollowsTest, ChangesNothingWhenTheStoreRefuses) {
    store_.fail_commits(1);
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
    ASSERT_TRUE(kit::run(store_.commit(std::move(batch))));
    const ViewerPtr ann = viewer(kAnn);
    EXPECT_EQ(ann->following.size(), kEdges);
    EXPECT_TRUE(ann->follows(AccountId(1000 + kEdges)));
    EXPECT_FALSE(ann->follows(AccountId(1000)));
    const std::size_t reads = store_.reads();
    EXPECT_EQ(viewer(kAnn), ann);
    EXPECT_EQ(store_.reads(), reads);
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
