#include "discover/connections.h"

#include "discover/people_for_test.h"

#include <algorithm>
#include <map>
#include <set>

namespace rookery::discover {
namespace {

class ConnectionsTest : public PeopleFixture {
protected:
    using Ids = std::vector<AccountId>;

    static Ids ids_of(const Connections::People& people) {
        Ids ids;
        for (const social::AccountPtr& account : people.accounts) {
            ids.push_back(account->id);
        }
        std::ranges::sort(ids);
        return ids;
    }

    /// Whom the store says that they follow.
    bool follows(AccountId from, AccountId to) {
        return kit::run(follows_.relationships(from, {to}))->front().following;
    }
    bool may_be_named(AccountId account_id, AccountId to) {
        const auto who = account(account_id);
        const auto stands = kit::run(follows_.relationships(to, {account_id}))->front();
        return !who->suspended && !who->hide_collections && !stands.blocking && !stands.blocked_by;
    }
    template <class Between>
    Ids brute_force(AccountId viewer_id, AccountId other, Between between) {
        Ids found;
        const auto stands = kit::run(follows_.relationships(viewer_id, {other}))->front();
        const auto who = account(other);
        const bool is_shown =
            viewer_id == other || (!who->hide_collections && !who->suspended && !stands.blocked_by);
        for (const AccountId one : people_) {
            if (is_shown && may_be_named(one, viewer_id) && between(one)) {
                found.push_back(one);
            }
        }
        std::ranges::sort(found);
        return found;
    }
};

TEST_F(ConnectionsTest, EqualALookAtEverybodyThroughRandomHistories) {
    Random random(4);
    for (int i = 0; i < 9; ++i) {
        person();
    }
    const auto anybody = [&] { return people_[random.below(people_.size())]; };
    constexpr Connections::Page kAll{.offset = 0, .limit = 100};
    for (int step = 0; step < 400; ++step) {
        const AccountId from = anybody();
        const AccountId to = anybody();
        const std::uint64_t chosen = random.below(100);
        if (from == to) {
            continue;
        }
        if (chosen < 60) {
            static_cast<void>(kit::run(follows_.follow(from, to, {})));
        } else if (chosen < 75) {
            EXPECT_TRUE(kit::run(follows_.unfollow(from, to)));
        } else if (chosen < 79) {
            EXPECT_TRUE(kit::run(follows_.block(from, to)));
        } else if (chosen < 84) {
            EXPECT_TRUE(kit::run(follows_.unblock(from, to)));
        } else if (chosen < 88) {
            update(from, {.hide_collections = random.chance(0.3)});
        } else if (chosen < 90) {
            update(from, {.suspended = random.chance(0.3)});
        }
        if (random.chance(0.7)) {
            keep_up();
        }
        if (!keeper_.graph() || !random.chance(0.2)) {
            continue;
        }
        keep_up();
        SCOPED_TRACE("step " + std::to_string(step));
        const AccountId a = anybody();
        const AccountId b = anybody();
        const auto familiar =
            kit::run(connections_.familiar_followers(viewer(a), account(b), kAll));
        EXPECT_EQ(ids_of(*familiar), brute_force(a, b, [&](AccountId z) {
                      return follows(a, z) && follows(z, b);
                  }));
        const auto mutuals = kit::run(connections_.mutuals(viewer(a), account(b), kAll));
        EXPECT_EQ(ids_of(*mutuals), brute_force(a, b, [&](AccountId z) {
                      return follows(b, z) && follows(z, b);
                  }));
        if (a == b) {
            continue;
        }
        const auto paths = kit::run(connections_.paths(viewer(a), account(b), 100));
        EXPECT_EQ(ids_of(paths->followed_who_follow), ids_of(*familiar));
        EXPECT_EQ(ids_of(paths->following_who_follow), brute_force(a, b, [&](AccountId z) {
                      return follows(b, z) && follows(z, a);
                  }));
        EXPECT_EQ(ids_of(paths->followed_by_both), brute_force(a, b, [&](AccountId z) {
                      return follows(a, z) && follows(b, z);
                  }));
        EXPECT_EQ(ids_of(paths->followers_of_both), brute_force(a, b, [&](AccountId z) {
                      return follows(z, a) && follows(z, b);
                  }));
        EXPECT_EQ(paths->followers_of_both.count, paths->followers_of_both.accounts.size());
        if (testing::Test::HasFailure()) {
            return;
        }
    }
}

TEST_F(ConnectionsTest, WhatWasAcknowledgedCountsAtOnce) {
    const AccountId me = person();
    const AccountId friend_of_mine = person();
    const AccountId other = person();
    follow(me, friend_of_mine);
    follow(friend_of_mine, other);
    keep_up();
    const auto familiar = [&] {
        return ids_of(
            *kit::run(connections_.familiar_followers(viewer(me), account(other), {.limit = 9}))
        );
    };
    EXPECT_EQ(familiar(), Ids{friend_of_mine});
    EXPECT_TRUE(kit::run(follows_.unfollow(friend_of_mine, other)));
    EXPECT_TRUE(familiar().empty());
    follow(friend_of_mine, other);
    EXPECT_EQ(familiar(), Ids{friend_of_mine});
    update(friend_of_mine, {.hide_collections = true});
    EXPECT_TRUE(familiar().empty()) << "without a look of the upkeep";
}

TEST_F(ConnectionsTest, PagesFitTogetherAndBeginWithWhomTheViewerFollows) {
    const AccountId star = person();
    const AccountId me = person();
    for (int i = 0; i < 25; ++i) {
        const AccountId fan = person();
        follow(fan, star);
        follow(star, fan);
        if (i % 5 == 0) {
            follow(me, fan);
        }
    }
    keep_up();
    Ids all;
    for (std::size_t offset = 0;; offset += 4) {
        const auto page =
            kit::run(connections_.mutuals(viewer(me), account(star), {.offset = offset, .limit = 4})
            );
        EXPECT_EQ(page->count, 25U);
        for (const social::AccountPtr& one : page->accounts) {
            all.push_back(one->id);
        }
        if (page->accounts.size() < 4) {
            break;
        }
    }
    EXPECT_EQ(std::set<AccountId>(all.begin(), all.end()).size(), 25U);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(follows(me, all[i]), i < 5);
    }
}

}  // namespace
}  // namespace rookery::discover
