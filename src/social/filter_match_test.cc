#include "social/filter_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::social {
namespace {

using testing::ElementsAre;

Filter filter(std::string keyword, bool whole_word) {
    Filter out;
    out.id = RelationId(1);
    out.keywords.push_back({RelationId(2), std::move(keyword), whole_word});
    return out;
}

Post post(std::string text) {
    Post out;
    out.id = PostId(10);
    out.text = std::move(text);
    return out;
}

bool matches(const Filter& filter, const Post& post) {
    return !FilterMatcher({filter}).match(post, 1000).empty();
}

TEST(FilterMatcher, MatchesWholeWordsInAnyCase) {
    const Filter cat = filter("Cat", true);
    EXPECT_TRUE(matches(cat, post("a CAT!")));
    EXPECT_TRUE(matches(cat, post("#cat")));
    EXPECT_TRUE(matches(cat, post("concat, then cat")));
    EXPECT_FALSE(matches(cat, post("category")));
    EXPECT_FALSE(matches(cat, post("cat_food")));
    EXPECT_TRUE(matches(filter("ÉTÉ", true), post("l'été")));
    EXPECT_TRUE(matches(filter("猫", false), post("黒猫が好き")));
}

TEST(FilterMatcher, MatchesPartsOfWordsIfAsked) {
    EXPECT_TRUE(matches(filter("cat", false), post("concatenate")));
    EXPECT_FALSE(matches(filter("cat", false), post("dog")));
    EXPECT_FALSE(matches(filter("", false), post("anything")));
}

TEST(FilterMatcher, LooksAtTheContentWarning) {
    Post warned = post("inside");
    warned.spoiler_text = "Cat pictures";
    EXPECT_TRUE(matches(filter("cat", true), warned));
}

TEST(FilterMatcher, MatchesChosenPosts) {
    Filter chosen;
    chosen.posts.push_back({RelationId(3), PostId(10)});
    const FilterMatcher matcher({chosen});
    const auto found = matcher.match(post("anything"), 1000);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found.front().by_post);
}

TEST(FilterMatcher, ForgetsWhatHasExpired) {
    Filter old = filter("cat", true);
    old.expires_at_ms = 1000;
    EXPECT_FALSE(matches(old, post("cat")));
    old.expires_at_ms = 1001;
    EXPECT_TRUE(matches(old, post("cat")));
}

TEST(FilterMatcher, NamesKeywordsAsTyped) {
    Filter both = filter("Cat", true);
    both.keywords.push_back({RelationId(4), "DOG", true});
    both.keywords.push_back({RelationId(5), "bird", true});
    const FilterMatcher matcher({both});
    const auto found = matcher.match(post("a dog and a cat"), 1000);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found.front().keywords, ElementsAre("Cat", "DOG"));
}

}  // namespace
}  // namespace rookery::social
