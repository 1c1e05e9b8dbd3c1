#include "social/lists.h"

#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/accounts.h"
#include "social/follows.h"
#include "social/markers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::social {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ListsTest : public testing::Test {
protected:
    ListsTest() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = decode(stored.event);
                accounts_.on_committed(*event);
                viewers_.on_committed(*event);
            }
        });
        alice_ = person("alice");
        bob_ = person("bob");
        carol_ = person("carol");
        EXPECT_TRUE(kit::run(follows_.follow(alice_, bob_, {})));
    }
    AccountId person(const std::string& username) {
        return (*kit::run(accounts_.create({.username = username})))->id;
    }
    static ListChanges titled(std::string title) {
        ListChanges changes;
        changes.title = std::move(title);
        return changes;
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator ids_{clock_, 1, 7};
    BlockingPool pool_{1};
    Environment environment_{store_, clock_, ids_, pool_};
    Accounts accounts_{environment_, {}};
    Viewers viewers_{environment_};
    Follows follows_{environment_, accounts_};
    Lists lists_{environment_, {.lists_max = 3, .members_max = 10}, viewers_};
    Markers markers_{environment_};
    AccountId alice_;
    AccountId bob_;
    AccountId carol_;
};

TEST_F(ListsTest, KeepsOnlyThoseWhoAreFollowed) {
    const List list = *kit::run(lists_.create(alice_, titled("friends")));
    EXPECT_FALSE(kit::run(lists_.add_members(alice_, list.id, {bob_, carol_})));
    EXPECT_THAT(*kit::run(lists_.members(alice_, list.id)), IsEmpty()) << "all or none";
    EXPECT_TRUE(kit::run(lists_.add_members(alice_, list.id, {bob_})));
    EXPECT_FALSE(kit::run(lists_.add_members(alice_, list.id, {bob_})));
    EXPECT_THAT(*kit::run(lists_.members(alice_, list.id)), ElementsAre(bob_));
    EXPECT_THAT(*kit::run(lists_.containing(alice_, bob_)), ElementsAre(list));
    EXPECT_TRUE(kit::run(follows_.unfollow(alice_, bob_)));
    EXPECT_THAT(*kit::run(lists_.members(alice_, list.id)), IsEmpty());
}

TEST_F(ListsTest, AMembershipEndsWithItsFollow) {
    const List list = *kit::run(lists_.create(alice_, titled("friends")));
    const auto rows = store_.rows().size();
    const auto refollowed = [&] {
        EXPECT_TRUE(kit::run(follows_.follow(alice_, bob_, {})));
        return kit::run(lists_.members(alice_, list.id))->size() +
               kit::run(lists_.containing(alice_, bob_))->size() +
               kit::run(viewers_.find(alice_)).value()->set_apart.size();
    };
    ListChanges exclusive;
    exclusive.exclusive = true;
    EXPECT_TRUE(kit::run(lists_.update(alice_, list.id, exclusive)));
    EXPECT_TRUE(kit::run(lists_.add_members(alice_, list.id, {bob_})));
    EXPECT_EQ(refollowed(), 3U) << "a follow that is there already changes nothing";
    EXPECT_TRUE(kit::run(follows_.unfollow(alice_, bob_)));
    EXPECT_EQ(refollowed(), 0U) << "a new follow does not bring it back";
    EXPECT_TRUE(kit::run(lists_.add_members(alice_, list.id, {bob_})));
    EXPECT_TRUE(kit::run(follows_.remove_follower(bob_, alice_)));
    EXPECT_EQ(refollowed(), 0U) << "removed as a follower";
    EXPECT_TRUE(kit::run(lists_.add_members(alice_, list.id, {bob_})));
    EXPECT_TRUE(kit::run(follows_.block(bob_, alice_)));
    EXPECT_TRUE(kit::run(follows_.unblock(bob_, alice_)));
    EXPECT_EQ(refollowed(), 0U) << "blocked";
    EXPECT_TRUE(kit::run(lists_.add_members(alice_, list.id, {alice_})));
    EXPECT_EQ(store_.rows().size(), rows + 1) << "rows of ended memberships are gone by now";
}

TEST_F(ListsTest, AnExclusiveListSetsItsMembersApart) {
    const auto set_apart = [&] { return kit::run(viewers_.find(alice_)).value()->set_apart; };
    ListChanges changes = titled("loud");
    changes.exclusive = true;
    const List list = *kit::run(lists_.create(alice_, changes));
    EXPECT_TRUE(kit::run(lists_.find(alice_, list.id))->exclusive);
    EXPECT_THAT(set_apart(), IsEmpty());
    EXPECT_TRUE(kit::run(lists_.add_members(alice_, list.id, {bob_})));
    EXPECT_THAT(set_apart(), ElementsAre(bob_));
    changes.exclusive = false;
    EXPECT_TRUE(kit::run(lists_.update(alice_, list.id, changes)));
    EXPECT_THAT(set_apart(), IsEmpty());
    changes.exclusive = true;
    EXPECT_TRUE(kit::run(lists_.update(alice_, list.id, changes)));
    EXPECT_THAT(set_apart(), ElementsAre(bob_));
    EXPECT_TRUE(kit::run(lists_.remove(alice_, list.id)));
    EXPECT_THAT(set_apart(), IsEmpty());
}

TEST(ListMembership, OfOlderRowsCountsWithAnyFollow) {
    Viewer owner;
    owner.id = AccountId(1);
    owner.following = {{.account = AccountId(2), .id = RelationId(9)}};
    EXPECT_TRUE(is_member(owner, AccountId(2), ""));
    EXPECT_TRUE(is_member(owner, AccountId(2), std::string("\0\0\0\0\0\0\0\x09", 8)));
    EXPECT_FALSE(is_member(owner, AccountId(2), std::string("\0\0\0\0\0\0\0\x08", 8)));
    EXPECT_FALSE(is_member(owner, AccountId(3), ""));
    EXPECT_TRUE(is_member(owner, AccountId(1), "")) << "oneself";
}

TEST_F(ListsTest, BelongToTheirOwner) {
    const List list = *kit::run(lists_.create(alice_, titled("friends")));
    EXPECT_FALSE(kit::run(lists_.find(bob_, list.id)));
    EXPECT_FALSE(kit::run(lists_.members(bob_, list.id)));
    EXPECT_FALSE(kit::run(lists_.update(bob_, list.id, titled("mine"))));
    EXPECT_FALSE(kit::run(lists_.remove(bob_, list.id)));
    EXPECT_EQ(*kit::run(lists_.find(alice_, list.id)), list);
}

TEST_F(ListsTest, RefusesBlankTitlesAndTooManyLists) {
    EXPECT_FALSE(kit::run(lists_.create(alice_, titled(" "))));
    EXPECT_FALSE(kit::run(lists_.create(alice_, {})));
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(kit::run(lists_.create(alice_, titled("list"))));
    }
    const auto refused = kit::run(lists_.create(alice_, titled("one more")));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
}

TEST_F(ListsTest, LeaveNothingBehind) {
    const auto rows = store_.rows().size();
    const List list = *kit::run(lists_.create(alice_, titled("friends")));
    EXPECT_TRUE(kit::run(lists_.add_members(alice_, list.id, {bob_})));
    EXPECT_TRUE(kit::run(lists_.remove(alice_, list.id)));
    EXPECT_EQ(store_.rows().size(), rows);
}

TEST_F(ListsTest, MarkersCountTheirChanges) {
    EXPECT_EQ(kit::run(markers_.find(alice_, {"home"}))->front().version, 0U);
    EXPECT_TRUE(kit::run(markers_.set(alice_, "home", 300)));
    EXPECT_TRUE(kit::run(markers_.set(alice_, "home", 400)));
    const auto found = *kit::run(markers_.find(alice_, {"notifications", "home"}));
    EXPECT_EQ(found[0], Marker());
    EXPECT_EQ(found[1].last_read_id, 400U);
    EXPECT_EQ(found[1].version, 2U);
    EXPECT_EQ(found[1].updated_at_ms, clock_.now_ms());
}

TEST(ListFormat, IsAsDocumented) {
    List list{ListId(9), "friends", RepliesPolicy::kList};
    const std::string bytes(
        "\x01\x07"
        "friends\x01",
        10
    );
    EXPECT_EQ(encode(list), bytes);
    EXPECT_EQ(*decode_list(ListId(9), bytes), list);
    EXPECT_FALSE(decode_list(ListId(9), bytes + "x"));
    list.exclusive = true;
    EXPECT_EQ(encode(list), bytes + "\x01");
    EXPECT_EQ(*decode_list(ListId(9), bytes + "\x01"), list);
    EXPECT_FALSE(decode_list(ListId(9), bytes + "\x01\x01"));
    EXPECT_FALSE(decode_list(ListId(9), std::string("\x01\x00\x03", 3)));
    EXPECT_FALSE(decode_list(ListId(9), ""));
}

TEST(MarkerFormat, IsAsDocumented) {
    const Marker marker{300, 2, 64};
    EXPECT_EQ(encode(marker), std::string("\x01\xac\x02\x02\x80\x01", 6));
    EXPECT_EQ(*decode_marker(encode(marker)), marker);
    EXPECT_FALSE(decode_marker(encode(marker) + "x"));
}

}  // namespace
}  // namespace rookery::social
