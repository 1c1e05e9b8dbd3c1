#include "notify/inbox_writer.h"

#include "notify/notify_test_fixture.h"
#include "social/tables.h"

namespace rookery::notify {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class InboxWriterTest : public NotifyFixture {
protected:
    /// A little of everything.
    void live() {
        follow(bob_, alice_, true);
        const auto first = post(alice_, "hello @carol");
        favourite(bob_, first);
        boost(carol_, first);
        post(bob_, "an answer", first->id);
        follow(carol_, alice_);
        EXPECT_TRUE(kit::run(posts_.edit(alice_, first->id, {.text = "hello @carol, again"})));
        const auto second = post(alice_, "short-lived");
        favourite(carol_, second);
        favourite(bob_, second);
        unfavourite(bob_, second);
        EXPECT_TRUE(kit::run(posts_.remove(alice_, second->id)));
    }
    std::vector<std::pair<ports::Key, std::string>> notify_rows() {
        auto rows = store_.rows();
        std::erase_if(rows, [](const auto& row) {
            const auto table = row.first.table;
            return table != social::tables::kNotifications &&
                   table != social::tables::kNotificationCauses &&
                   table != social::tables::kPostSubscribers;
        });
        return rows;
    }
};

TEST_F(InboxWriterTest, TellsOfEverythingThatOthersDo) {
    live();
    deliver();
    EXPECT_THAT(
        lines(alice_),
        ElementsAre(
            "follow by carol",
            "mention by bob",
            "reblog by carol",
            "favourite by bob",
            "follow by bob"
        )
    );
    EXPECT_THAT(lines(bob_), ElementsAre("status by alice"));
    EXPECT_THAT(lines(carol_), ElementsAre("update by alice", "mention by alice"));
}

TEST_F(InboxWriterTest, WritesTheSameRowsHoweverEventsAreGroupedAndRepeated) {
    live();
    const auto until = store_.horizon();
    std::vector<std::vector<std::pair<ports::Key, std::string>>> outcomes;
    for (const auto& [group, times] : {std::pair{100, 1}, {1, 1}, {1, 2}, {3, 2}, {100, 2}}) {
        for (const auto& [key, value] : notify_rows()) {
            ports::Batch batch;
            batch.erase(key);
            ASSERT_TRUE(kit::run(store_.commit(std::move(batch))));
        }
        delivered_ = 0;
        while (delivered_ < until) {
            auto events =
                *kit::run(store_.read_events(delivered_, static_cast<std::size_t>(group)));
            std::erase_if(events, [&](const auto& event) { return event.id > until; });
            for (int i = 0; i < times; ++i) {
                ASSERT_TRUE(deliver(events));
            }
            delivered_ = events.back().id;
        }
        outcomes.push_back(notify_rows());
        EXPECT_FALSE(outcomes.back().empty());
    }
    for (const auto& outcome : outcomes) {
        EXPECT_EQ(outcome, outcomes.front());
    }
}

TEST_F(InboxWriterTest, TellsOfARepeatedEventOnce) {
    const auto liked = post(alice_, "hello");
    favourite(bob_, liked);
    deliver(1, 3);
    EXPECT_EQ(notified_, 1);
}

TEST_F(InboxWriterTest, LeavesNothingHalfWrittenWhenReadsAndCommitsFail) {
    live();
    const auto events = *kit::run(store_.read_events(delivered_, 1000));
    const auto before = notify_rows();
    for (std::size_t step = 0; step < 40; ++step) {
        store_.fail_reads(1, ErrorCode::kUnavailable, step);
        const auto batch = kit::run(writer_.handle(events));
        store_.fail_reads(0);
        EXPECT_EQ(notify_rows(), before);
    }
    store_.fail_commits(1);
    EXPECT_FALSE(deliver(events));
    EXPECT_EQ(notify_rows(), before);
    EXPECT_TRUE(deliver(events));
    EXPECT_EQ(lines(alice_).size(), 5U);
}

TEST_F(InboxWriterTest, WithdrawsWhatIsUndone) {
    const auto liked = post(alice_, "hello");
    favourite(bob_, liked);
    boost(bob_, liked);
    follow(bob_, alice_);
    deliver();
    ASSERT_EQ(lines(alice_).size(), 3U);
    unfavourite(bob_, liked);
    EXPECT_TRUE(kit::run(posts_.unboost(bob_, liked->id)));
    EXPECT_TRUE(kit::run(follows_.unfollow(bob_, alice_)));
    deliver();
    EXPECT_THAT(lines(alice_), IsEmpty());
}

TEST_F(InboxWriterTest, KeepsNoRowOfADeletedPost) {
    const auto gone = post(alice_, "hello @bob");
    favourite(carol_, gone);
    deliver();
    ASSERT_FALSE(notify_rows().empty());
    EXPECT_TRUE(kit::run(posts_.remove(alice_, gone->id)));
    deliver();
    EXPECT_THAT(notify_rows(), IsEmpty());
}

TEST_F(InboxWriterTest, NeverTellsOfOwnActions) {
    const auto own = post(alice_, "hello @alice");
    favourite(alice_, own);
    boost(alice_, own);
    post(alice_, "and more", own->id);
    deliver();
    EXPECT_THAT(lines(alice_), IsEmpty());
}

TEST_F(InboxWriterTest, SparesThoseWhoBlockOrMute) {
    const auto liked = post(alice_, "hello");
    EXPECT_TRUE(kit::run(follows_.block(alice_, bob_)));
    EXPECT_TRUE(kit::run(follows_.mute(alice_, carol_, true, 0)));
    favourite(carol_, liked);
    favourite(bob_, liked);
    deliver();
    EXPECT_THAT(lines(alice_), IsEmpty());
    EXPECT_EQ(notified_, 0);
}

TEST_F(InboxWriterTest, StillTellsOfThoseWhoAreMutedWithoutNotifications) {
    const auto liked = post(alice_, "hello");
    EXPECT_TRUE(kit::run(follows_.mute(alice_, carol_, false, 0)));
    favourite(carol_, liked);
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("favourite by carol"));
}

TEST_F(InboxWriterTest, IsSilentAboutAMutedThread) {
    const auto first = post(alice_, "hello");
    EXPECT_TRUE(kit::run(threads_.mute(alice_, first->thread)));
    post(bob_, "@alice indeed", first->id);
    deliver();
    EXPECT_THAT(lines(alice_), IsEmpty());
}

TEST_F(InboxWriterTest, TellsNobodyOfAPostThatTheyMayNotSee) {
    follow(bob_, alice_, true);
    follow(carol_, alice_);
    deliver();
    const auto hidden = post(alice_, "for @carol only", {}, social::Visibility::kDirect);
    deliver();
    EXPECT_THAT(lines(bob_), IsEmpty());
    EXPECT_THAT(lines(carol_), ElementsAre("mention by alice"));
}

TEST_F(InboxWriterTest, TellsOfPostsUntilThatIsSwitchedOff) {
    follow(bob_, alice_, true);
    post(alice_, "one");
    deliver();
    EXPECT_THAT(lines(bob_), ElementsAre("status by alice"));
    follow(bob_, alice_, false);
    post(alice_, "two");
    deliver();
    EXPECT_EQ(lines(bob_).size(), 1U);
}

TEST_F(InboxWriterTest, TellsTheNewlyMentionedOfAnEditOnce) {
    const auto first = post(alice_, "hello @bob");
    deliver();
    EXPECT_TRUE(kit::run(posts_.edit(alice_, first->id, {.text = "hello @bob and @carol"})));
    EXPECT_TRUE(kit::run(posts_.edit(alice_, first->id, {.text = "hello @bob and @carol!"})));
    deliver();
    EXPECT_THAT(lines(bob_), ElementsAre("mention by alice"));
    EXPECT_THAT(lines(carol_), ElementsAre("mention by alice"));
}

TEST_F(InboxWriterTest, TellsBoostersOfTheLatestEditOnly) {
    const auto first = post(alice_, "hello");
    boost(bob_, first);
    deliver();
    EXPECT_TRUE(kit::run(posts_.edit(alice_, first->id, {.text = "hello, all"})));
    EXPECT_TRUE(kit::run(posts_.edit(alice_, first->id, {.text = "hello, everybody"})));
    deliver();
    EXPECT_THAT(lines(bob_), ElementsAre("update by alice"));
}

TEST_F(InboxWriterTest, TellsOfAFollowRequestUntilItIsAnswered) {
    social::AccountChanges changes;
    changes.locked = true;
    EXPECT_TRUE(kit::run(accounts_.update(alice_, changes)));
    follow(bob_, alice_);
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("follow_request by bob"));
    EXPECT_TRUE(kit::run(follows_.authorize(alice_, bob_)));
    deliver();
    EXPECT_THAT(lines(alice_), ElementsAre("follow by bob"));
}

}  // namespace
}  // namespace rookery::notify
