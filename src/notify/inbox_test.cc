#include "notify/inbox.h"

#include "notify/notify_test_fixture.h"

namespace rookery::notify {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class InboxTest : public NotifyFixture {
protected:
    /// Ten favourites of ten posts; the ids of their notifications, newest first.
    std::vector<std::uint64_t> ten() {
        for (int i = 0; i < 10; ++i) {
            clock_.advance_ms(1);
            favourite(bob_, post(alice_, "post"));
        }
        deliver();
        return ids(inbox(alice_));
    }
    static std::vector<std::uint64_t> ids(const std::vector<InboxEntry>& entries) {
        std::vector<std::uint64_t> out;
        for (const InboxEntry& entry : entries) {
            out.push_back(entry.notification.id.value);
        }
        return out;
    }
    std::vector<std::uint64_t> page(social::PageRequest request) {
        InboxQuery query;
        query.page = request;
        return ids(inbox(alice_, query));
    }
};

TEST_F(InboxTest, PagesBothWaysWithoutGapOrRepeat) {
    const auto all = ten();
    ASSERT_EQ(all.size(), 10U);
    EXPECT_TRUE(std::ranges::is_sorted(all, std::greater<>()));
    EXPECT_THAT(page({.max_id = all[2], .limit = 3}), ElementsAre(all[3], all[4], all[5]));
    EXPECT_THAT(page({.since_id = all[5], .limit = 2}), ElementsAre(all[0], all[1]));
    EXPECT_THAT(page({.min_id = all[5], .limit = 2}), ElementsAre(all[3], all[4]));
    EXPECT_THAT(
        page({.max_id = all[1], .min_id = all[4], .limit = 5}), ElementsAre(all[2], all[3])
    );
    EXPECT_THAT(page({.max_id = all[9], .limit = 5}), IsEmpty());
}

TEST_F(InboxTest, FillsAPagePastWhatIsHidden) {
    favourite(carol_, post(alice_, "the oldest"));
    const auto all = ten();
    EXPECT_TRUE(kit::run(follows_.block(alice_, bob_)));
    EXPECT_THAT(lines(alice_), ElementsAre("favourite by carol"));
    EXPECT_EQ(page({.limit = 1}).size(), 1U);
}

TEST_F(InboxTest, ChoosesTypesAndAuthors) {
    const auto first = post(alice_, "hello");
    favourite(bob_, first);
    boost(carol_, first);
    deliver();
    InboxQuery reblogs;
    reblogs.types.reset();
    reblogs.types.set(static_cast<std::size_t>(NotificationType::kReblog));
    EXPECT_EQ(inbox(alice_, reblogs).size(), 1U);
    InboxQuery by_bob;
    by_bob.from = bob_;
    ASSERT_EQ(inbox(alice_, by_bob).size(), 1U);
    EXPECT_EQ(inbox(alice_, by_bob).front().notification.type, NotificationType::kFavourite);
}

TEST_F(InboxTest, ForgetsWhatIsDismissedAndKeepsTheRest) {
    const auto all = ten();
    EXPECT_TRUE(kit::run(inbox_.dismiss(alice_, {NotificationId(all[0])})));
    EXPECT_EQ(inbox(alice_).size(), 9U);
    EXPECT_FALSE(kit::run(inbox_.find(alice_, NotificationId(all[0]))));
    EXPECT_TRUE(kit::run(inbox_.find(alice_, NotificationId(all[1]))));
    EXPECT_FALSE(kit::run(inbox_.find(bob_, NotificationId(all[1]))));
    EXPECT_TRUE(kit::run(inbox_.clear(alice_)));
    EXPECT_THAT(inbox(alice_), IsEmpty());
}

TEST(Notification, SurvivesItsStoredForm) {
    const Notification notification{
        NotificationId(77), NotificationType::kReblog, AccountId(5), PostId(1ULL << 40)
    };
    EXPECT_EQ(*decode_notification(NotificationId(77), encode(notification)), notification);
    EXPECT_FALSE(decode_notification(NotificationId(77), ""));
    EXPECT_FALSE(decode_notification(NotificationId(77), encode(notification) + "x"));
    EXPECT_FALSE(decode_notification(NotificationId(77), std::string("\x01\x63\x01\x01", 4)));
}

TEST(Notification, IsStoredAsDocumented) {
    const Notification boost{
        NotificationId(77), NotificationType::kReblog, AccountId(5), PostId(300)
    };
    EXPECT_EQ(encode(boost), std::string("\x01\x02\x05\xac\x02", 5));
    Notification held = boost;
    held.is_held_back = true;
    EXPECT_EQ(encode(held), std::string("\x01\x02\x05\xac\x02\x01", 6));
    EXPECT_EQ(*decode_notification(NotificationId(77), encode(held)), held);
}

TEST(Notification, NumbersFollowTheOrderOfEvents) {
    ports::StoredEvent event;
    event.at_ms = 1'767'225'600'000;
    event.id = 100;
    const auto first = notification_id(event);
    event.id = 101;
    const auto second = notification_id(event);
    event.at_ms += 1;
    event.id = 102;
    EXPECT_LT(first, second);
    EXPECT_LT(second, notification_id(event));
}

}  // namespace
}  // namespace rookery::notify
