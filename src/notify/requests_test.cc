#include "notify/requests.h"

#include "notify/held_back.h"
#include "notify/notify_test_fixture.h"
#include "notify/policies.h"
#include "social/tables.h"

namespace rookery::notify {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr UnixMs kDayMs = 24LL * 3'600'000;

class RequestsTest : public NotifyFixture {
protected:
    RequestsTest() { clock_.advance_ms(40 * kDayMs); }

    void set(PolicyChange change) { ASSERT_TRUE(kit::run(policies_.change(alice_, change))); }
    std::vector<Request> requests() { return *kit::run(requests_.page(alice_, {.limit = 40})); }
    /// "bob: 2", newest request first.
    std::vector<std::string> request_lines() {
        std::vector<std::string> out;
        for (const Request& request : requests()) {
            out.push_back(request.from->username + ": " + std::to_string(request.notifications));
        }
        return out;
    }
    /// With what is held back.
    std::size_t all() {
        InboxQuery query;
        query.with_held_back = true;
        return inbox(alice_, query).size();
    }
    /// Rows of all tables of requests: none may stay behind.
    std::size_t rows_left() {
        std::size_t rows = 0;
        for (const AccountId sender : {bob_, carol_}) {
            ports::Range held = held_range(alice_, sender, 1000);
            held.from.clear();
            rows += kit::run(store_.scan(held))->size();
        }
        ports::Range range{
            .table = social::tables::kNotificationRequests,
            .partition = social::tables::id_bytes(alice_),
        };
        return rows + kit::run(store_.scan(range))->size();
    }
    /// A private mention of alice.
    social::PostPtr whisper(AccountId author, PostId parent = {}) {
        clock_.advance_ms(1);
        return post(author, "@alice psst", parent, social::Visibility::kDirect);
    }

    Policies policies_{environment_};
    Requests requests_{environment_, accounts_, posts_, viewers_};
};

TEST_F(RequestsTest, GathersWhatIsHeldBackBySender) {
    set({{&Policy::for_not_following, Verdict::kFilter}});
    const auto first = post(bob_, "@alice one");
    clock_.advance_ms(5);
    const auto second = post(bob_, "@alice two");
    favourite(carol_, post(alice_, "hello"));
    const int told = notified_;
    deliver(1, 2);
    EXPECT_EQ(notified_, told);
    EXPECT_THAT(lines(alice_), IsEmpty());
    EXPECT_EQ(all(), 3U);
    EXPECT_THAT(request_lines(), ElementsAre("carol: 1", "bob: 2"));
    const Request of_bob = requests().back();
    EXPECT_EQ(of_bob.last_post->id, second->id);
    EXPECT_LT(of_bob.created_at_ms(), of_bob.updated_at_ms);
    EXPECT_EQ(requests().front().last_post, nullptr);
    const auto summary = *kit::run(requests_.summary(alice_));
    EXPECT_EQ(summary.requests, 2U);
    EXPECT_EQ(summary.notifications, 3U);
    EXPECT_EQ(kit::run(requests_.find(alice_, of_bob.id))->from->id, bob_);
    EXPECT_FALSE(kit::run(requests_.find(bob_, of_bob.id)));
}

TEST_F(RequestsTest, AcceptingLetsInWhatWasAndWhatComes) {
    set({{&Policy::for_not_following, Verdict::kFilter}});
    post(bob_, "@alice one");
    post(carol_, "@alice me too");
    deliver();
    ASSERT_TRUE(kit::run(requests_.accept(alice_, requests().back().id)));
    EXPECT_THAT(lines(alice_), ElementsAre("mention by bob"));
    EXPECT_THAT(request_lines(), ElementsAre("carol: 1"));
    post(bob_, "@alice two");
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("mention by bob", "mention by bob"));
    EXPECT_FALSE(kit::run(requests_.accept(alice_, NotificationId(5))));
}

TEST_F(RequestsTest, AcceptsMoreThanOneCommitTakes) {
    set({{&Policy::for_not_following, Verdict::kFilter}});
    for (int i = 0; i < 450; ++i) {
        clock_.advance_ms(1);
        post(bob_, "@alice again");
    }
    deliver();
    EXPECT_THAT(request_lines(), ElementsAre("bob: 100"));
    ASSERT_TRUE(kit::run(requests_.accept(alice_, requests().front().id)));
    EXPECT_EQ(inbox(alice_, {.page = {.limit = 1000}}).size(), 450U);
    EXPECT_EQ(rows_left(), 0U);
}

TEST_F(RequestsTest, DismissingForgetsUntilTheNext) {
    set({{&Policy::for_not_following, Verdict::kFilter}});
    post(bob_, "@alice one");
    deliver();
    ASSERT_TRUE(kit::run(requests_.dismiss(alice_, requests().front().id)));
    EXPECT_THAT(request_lines(), IsEmpty());
    EXPECT_EQ(all(), 0U);
    EXPECT_EQ(rows_left(), 0U);
    clock_.advance_ms(1);
    post(bob_, "@alice two");
    deliver();
    EXPECT_THAT(request_lines(), ElementsAre("bob: 1"));
    ASSERT_TRUE(kit::run(requests_.dismiss_all(alice_)));
    EXPECT_EQ(rows_left(), 0U);
}

TEST_F(RequestsTest, WhatIsWithdrawnOrDismissedLeavesItsRequest) {
    set({{&Policy::for_not_following, Verdict::kFilter}});
    const auto first = post(bob_, "@alice one");
    const auto own = post(alice_, "hello");
    favourite(bob_, own);
    deliver();
    EXPECT_THAT(request_lines(), ElementsAre("bob: 2"));
    ASSERT_TRUE(kit::run(posts_.remove(bob_, first->id)));
    deliver();
    EXPECT_THAT(request_lines(), ElementsAre("bob: 1"));
    unfavourite(bob_, own);
    deliver();
    EXPECT_EQ(rows_left(), 0U);
    favourite(carol_, own);
    deliver();
    InboxQuery query;
    query.with_held_back = true;
    const auto held = inbox(alice_, query);
    ASSERT_EQ(held.size(), 1U);
    EXPECT_TRUE(held.front().notification.is_held_back);
    ASSERT_TRUE(kit::run(inbox_.dismiss(alice_, {held.front().notification.id})));
    EXPECT_EQ(rows_left(), 0U);
}

TEST_F(RequestsTest, DroppingMakesNothing) {
    set({{&Policy::for_not_following, Verdict::kDrop}});
    post(bob_, "@alice one");
    follow(carol_, alice_);
    deliver();
    EXPECT_EQ(all(), 0U);
    EXPECT_THAT(request_lines(), IsEmpty());
}

TEST_F(RequestsTest, FollowersCountOnceTheyHaveStayed) {
    set({{&Policy::for_not_followers, Verdict::kFilter}});
    follow(bob_, alice_);
    deliver();
    EXPECT_THAT(lines(alice_), IsEmpty());
    clock_.advance_ms(2 * kDayMs);
    post(bob_, "@alice early");
    deliver();
    EXPECT_THAT(lines(alice_), IsEmpty());
    clock_.advance_ms(kDayMs);
    post(bob_, "@alice late");
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("mention by bob"));
}

TEST_F(RequestsTest, NewAccountsGrowOld) {
    set({{&Policy::for_new_accounts, Verdict::kFilter}});
    const AccountId dora = person("dora");
    post(dora, "@alice new here");
    post(bob_, "@alice not me");
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("mention by bob"));
    clock_.advance_ms(kNewAccountMs);
    post(dora, "@alice still here");
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("mention by dora", "mention by bob"));
}

TEST_F(RequestsTest, PrivateMentionsOfStrangersWaitUnlessTheyAnswer) {
    whisper(bob_);
    deliver();
    EXPECT_THAT(lines(alice_), IsEmpty());
    const auto asked = post(alice_, "@carol psst", {}, social::Visibility::kDirect);
    const auto answer = whisper(carol_, asked->id);
    whisper(carol_, answer->id);
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("mention by carol", "mention by carol"));
    // Bob answers what was not said to him.
    whisper(bob_, answer->id);
    whisper(bob_, post(alice_, "to all")->id);
    deliver();
    EXPECT_EQ(lines(alice_).size(), 2U);
    follow(alice_, bob_);
    whisper(bob_);
    deliver();
    EXPECT_EQ(lines(alice_).size(), 3U);
}

TEST_F(RequestsTest, LeavesOutThoseWhoAreBlocked) {
    set({{&Policy::for_not_following, Verdict::kFilter}});
    post(bob_, "@alice one");
    clock_.advance_ms(1);
    post(carol_, "@alice two");
    deliver();
    ASSERT_TRUE(kit::run(follows_.block(alice_, carol_)));
    EXPECT_THAT(request_lines(), ElementsAre("bob: 1"));
    EXPECT_EQ(kit::run(requests_.page(alice_, {.limit = 1}))->size(), 1U);
    EXPECT_EQ(kit::run(requests_.summary(alice_))->requests, 1U);
}

TEST_F(RequestsTest, StaffIsHeard) {
    set({{&Policy::for_not_following, Verdict::kDrop}});
    ASSERT_TRUE(kit::run(accounts_.update(bob_, {.role = social::Role::kModerator})));
    post(bob_, "@alice please mind the rules");
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("mention by bob"));
}

TEST_F(RequestsTest, WhatIsDecidedBeforeAnAcceptanceIsDecidedAgain) {
    set({{&Policy::for_not_following, Verdict::kFilter}});
    post(bob_, "@alice one");
    deliver();
    post(bob_, "@alice two");
    const auto events = *kit::run(store_.read_events(delivered_, 100));
    auto batch = *kit::run(writer_.handle(events));
    ASSERT_TRUE(kit::run(requests_.accept(alice_, requests().front().id)));
    const auto committed = kit::run(store_.commit(std::move(batch)));
    ASSERT_FALSE(committed);
    EXPECT_EQ(committed.error().code, ErrorCode::kConflict);
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("mention by bob", "mention by bob"));
}

TEST_F(RequestsTest, PagesBothWays) {
    set({{&Policy::for_not_following, Verdict::kFilter}});
    for (const char* name : {"d1", "d2", "d3", "d4", "d5"}) {
        clock_.advance_ms(1);
        post(person(name), "@alice hi");
    }
    deliver();
    const auto all = requests();
    ASSERT_EQ(all.size(), 5U);
    ASSERT_TRUE(kit::run(follows_.block(alice_, all[2].from->id)));
    const auto page = [&](social::PageRequest request) {
        std::vector<std::string> out;
        for (const Request& entry : *kit::run(requests_.page(alice_, request))) {
            out.push_back(entry.from->username);
        }
        return out;
    };
    EXPECT_THAT(page({.max_id = all[0].id.value, .limit = 2}), ElementsAre("d4", "d2"));
    EXPECT_THAT(page({.min_id = all[4].id.value, .limit = 2}), ElementsAre("d4", "d2"));
    EXPECT_THAT(page({.since_id = all[3].id.value, .limit = 10}), ElementsAre("d5", "d4"));
}

}  // namespace
}  // namespace rookery::notify
