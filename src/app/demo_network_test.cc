#include "app/demo_network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace rookery::app::demo {
namespace {

constexpr UnixMs kNow = 1'767'225'600'000;

std::vector<const Deed*> posts_of(const Network& network) {
    std::vector<const Deed*> posts(network.posts);
    for (const Deed& deed : network.deeds) {
        if (deed.kind == Deed::Kind::kPost) {
            posts.at(deed.post) = &deed;
        }
    }
    return posts;
}

TEST(DemoNetwork, IsTheSameForTheSameSeedAndAnotherForAnother) {
    const Network one = make_network(7, kNow);
    const Network same = make_network(7, kNow);
    const Network other = make_network(8, kNow);
    ASSERT_EQ(one.deeds.size(), same.deeds.size());
    for (std::size_t i = 0; i < one.deeds.size(); ++i) {
        ASSERT_EQ(one.deeds[i].text, same.deeds[i].text);
        ASSERT_EQ(one.deeds[i].at_ms, same.deeds[i].at_ms);
    }
    EXPECT_NE(
        one.people[5].username + one.people[6].username,
        other.people[5].username + other.people[6].username
    );
}

TEST(DemoNetwork, LiesInThePastAndInOrder) {
    const Network network = make_network(1, kNow);
    EXPECT_TRUE(std::ranges::is_sorted(network.deeds, {}, &Deed::at_ms));
    EXPECT_LT(network.deeds.back().at_ms, kNow);
    for (const Deed& deed : network.deeds) {
        EXPECT_GT(deed.at_ms, network.people[deed.person].joined_at_ms);
    }
}

TEST(DemoNetwork, HasTwoCelebritiesALongTailAndAGuestWhoFollowsBoth) {
    const Network network = make_network(1, kNow);
    std::vector<std::size_t> followers(network.people.size());
    std::set<std::size_t> guest_follows;
    for (const Deed& deed : network.deeds) {
        if (deed.kind == Deed::Kind::kFollow) {
            ++followers[deed.other];
            if (deed.person == Network::kGuest) {
                guest_follows.insert(deed.other);
            }
        }
    }
    EXPECT_GT(followers[1], 250U);
    EXPECT_GT(followers[2], 250U);
    EXPECT_TRUE(guest_follows.contains(1) && guest_follows.contains(2));
    EXPECT_GE(guest_follows.size(), 40U);
    std::ranges::sort(followers);
    EXPECT_LT(followers[followers.size() / 2], 30U);
}

TEST(DemoNetwork, HasThreadsTenDeepAndNoneDeeper) {
    const Network network = make_network(1, kNow);
    const auto posts = posts_of(network);
    std::vector<std::size_t> of_depth(kDepthMax + 2);
    for (const Deed* post : posts) {
        std::size_t depth = 0;
        for (const Deed* at = post; at->parent != Deed::kNone; at = posts[at->parent]) {
            EXPECT_GT(at->at_ms, posts[at->parent]->at_ms);
            ++depth;
        }
        ++of_depth.at(depth);
    }
    EXPECT_GE(of_depth[kDepthMax], 5U);
    EXPECT_EQ(of_depth[kDepthMax + 1], 0U);
}

TEST(DemoNetwork, SaysNothingThatAServerWouldRefuse) {
    const Network network = make_network(1, kNow);
    std::set<std::string> names;
    for (const Person& person : network.people) {
        EXPECT_TRUE(names.insert(person.username).second) << person.username;
        EXPECT_LE(person.username.size(), 30U);
        EXPECT_TRUE(std::ranges::all_of(person.username, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        })) << person.username;
    }
    std::set<std::string> languages;
    for (const Deed* post : posts_of(network)) {
        EXPECT_FALSE(post->text.empty());
        EXPECT_LT(post->text.size(), 500U);
        EXPECT_EQ(post->text.find_first_of("{}|"), std::string::npos) << post->text;
        languages.insert(post->language);
    }
    EXPECT_GE(languages.size(), 5U);
}

}  // namespace
}  // namespace rookery::app::demo
