#include "discover/directory.h"

#include "discover/people_for_test.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace rookery::discover {
namespace {

using Order = Directory::Order;
using Ids = std::vector<AccountId>;

TEST(RankedAccounts, EqualASortedListThroughRandomHistories) {
    Random random(2);
    RankedAccounts ranked;
    std::set<RankedAccounts::Entry, std::greater<>> model;
    for (int step = 0; step < 20'000; ++step) {
        const RankedAccounts::Entry entry{
            static_cast<std::int64_t>(random.below(300)), AccountId(1 + random.below(3'000))
        };
        if (model.contains(entry)) {
            ranked.erase(entry);
            model.erase(entry);
        } else if (random.chance(0.7)) {
            ranked.insert(entry);
            model.insert(entry);
        } else {
            ranked.erase(entry);  // is not there
        }
        if (step % 500 != 0 || model.empty()) {
            continue;
        }
        const std::vector<RankedAccounts::Entry> sorted(model.begin(), model.end());
        ASSERT_EQ(ranked.size(), sorted.size());
        const std::size_t first = random.below(sorted.size());
        Ids wanted;
        for (std::size_t i = first; i < std::min(first + 700, sorted.size()); ++i) {
            wanted.push_back(sorted[i].account);
        }
        ASSERT_EQ(ranked.slice(first, 700), wanted);
        const std::vector<RankedAccounts::Entry> asked{sorted[first], {9'999, AccountId(1)}};
        ASSERT_EQ(ranked.places_of(asked), std::vector<std::size_t>{first});
    }
    EXPECT_GT(model.size(), 2'000U) << "of several blocks";
}

class DirectoryTest : public PeopleFixture {
protected:
    Ids
    page(Order order, const Ids& left_out = {}, std::size_t offset = 0, std::size_t limit = 999) {
        return directory_.page(order, left_out, offset, limit);
    }

    /// A look at all accounts and all their posts.
    Ids brute_force(Order order, const std::map<AccountId, std::set<PostId>>& posts) {
        std::vector<std::tuple<std::int64_t, AccountId>> ranked;
        for (const AccountId id : people_) {
            const auto who = account(id);
            if (who->suspended || !who->discoverable) {
                continue;
            }
            const auto own = posts.find(id);
            const bool posted = own != posts.end() && !own->second.empty();
            const UnixMs at = posted ? id_time_ms(own->second.rbegin()->value) : 0;
            ranked.emplace_back(order == Order::kNew ? who->created_at_ms : at, id);
        }
        std::ranges::sort(ranked, std::ranges::greater{});
        Ids ids;
        for (const auto& [rank, id] : ranked) {
            ids.push_back(id);
        }
        return ids;
    }
};

TEST_F(DirectoryTest, EqualsALookAtEverybodyThroughRandomHistories) {
    Random random(8);
    std::map<AccountId, std::set<PostId>> posts;
    for (int i = 0; i < 5; ++i) {
        person();
    }
    for (int step = 0; step < 800 && !testing::Test::HasFailure(); ++step) {
        clock_.advance_ms(static_cast<std::int64_t>(random.below(3)));
        const AccountId one = people_[random.below(people_.size())];
        const std::uint64_t chosen = random.below(100);
        if (chosen < 50) {
            if (!account(one)->suspended) {
                posts[one].insert(post(one));
            }
        } else if (chosen < 60) {
            if (!account(one)->suspended) {
                post(one, social::Visibility::kDirect);
            }
        } else if (chosen < 75) {
            if (!posts[one].empty()) {
                const PostId newest = *posts[one].rbegin();
                posts[one].erase(newest);
                EXPECT_TRUE(kit::run(posts_.remove(one, newest)));
            }
        } else if (chosen < 80) {
            update(one, {.discoverable = random.chance(0.6)});
        } else if (chosen < 83) {
            update(one, {.suspended = random.chance(0.4)});
        } else if (chosen < 88) {
            person();
        }
        if (random.chance(0.5)) {
            ASSERT_TRUE(kit::run(directory_.work()));
        }
        if (random.chance(0.1)) {
            keep_up();
            EXPECT_EQ(page(Order::kActive), brute_force(Order::kActive, posts)) << step;
            EXPECT_EQ(page(Order::kNew), brute_force(Order::kNew, posts)) << step;
        }
    }
}

TEST_F(DirectoryTest, APostMovesItsAuthorAtOnce) {
    const AccountId first = person();
    const AccountId second = person();
    keep_up();
    clock_.advance_ms(1'000);
    post(first);
    EXPECT_EQ(page(Order::kActive), (Ids{first, second}));
    clock_.advance_ms(1'000);
    post(second, social::Visibility::kDirect);
    EXPECT_EQ(page(Order::kActive), (Ids{first, second})) << "what is direct counts nowhere";
    post(second);
    EXPECT_EQ(page(Order::kActive), (Ids{second, first}));
}

TEST_F(DirectoryTest, PagesToTheEndAsIfThoseLeftOutWereNotThere) {
    for (int i = 0; i < 700; ++i) {
        person();
    }
    keep_up();
    Random random(1);
    Ids left_out;
    for (const AccountId id : people_) {
        if (random.chance(0.1)) {
            left_out.push_back(id);
        }
    }
    Ids paged;
    for (std::size_t offset = 0;; offset += 40) {
        const Ids some = page(Order::kNew, left_out, offset, 40);
        paged.insert(paged.end(), some.begin(), some.end());
        if (some.size() < 40) {
            break;
        }
    }
    Ids wanted;
    for (const AccountId id : page(Order::kNew)) {
        if (!std::ranges::binary_search(left_out, id)) {
            wanted.push_back(id);
        }
    }
    EXPECT_EQ(paged, wanted);
    EXPECT_EQ(wanted.size(), people_.size() - left_out.size());
}

TEST_F(DirectoryTest, WhoComesWhileAllAreReadAnewStaysThere) {
    for (int i = 0; i < 600; ++i) {  // more than are read at once
        person();
    }
    keep_up();
    directory_.on_committed({.type = social::EventType::kGraphImported});
    EXPECT_TRUE(*kit::run(directory_.work()));
    const auto made = kit::run(accounts_.create({.username = "a_newcomer"}));
    ASSERT_TRUE(made);
    const PostId words = post(people_[3]);
    while (*kit::run(directory_.work())) {
        EXPECT_EQ(directory_.size(), 601U);
        EXPECT_EQ(page(Order::kNew, {}, 0, 1), Ids{(*made)->id});
        EXPECT_EQ(page(Order::kActive, {}, 0, 1), Ids{people_[3]});
    }
    EXPECT_NE(words, PostId());
}

TEST_F(DirectoryTest, NobodyIsThereUntilAllWereRead) {
    person();
    EXPECT_FALSE(directory_.ready());
    store_.fail_reads(1);
    EXPECT_FALSE(kit::run(directory_.work()));
    EXPECT_FALSE(directory_.ready());
    keep_up();
    EXPECT_TRUE(directory_.ready());
    EXPECT_EQ(directory_.size(), 1U);
}

}  // namespace
}  // namespace rookery::discover
