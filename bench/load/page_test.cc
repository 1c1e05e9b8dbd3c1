#include "load/page.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace rookery::load {

namespace {

using testing::HasSubstr;
using testing::Optional;

/// Posts 30 to 1, by authors "0" to "4" in turn.
std::vector<KnownPost> all_posts() {
    std::vector<KnownPost> known;
    for (int id = 1; id <= 30; ++id) {
        known.push_back({.id = std::to_string(id), .author = std::to_string(id % 5)});
    }
    return known;
}

std::vector<PageEntry> page_from(int newest, int count) {
    std::vector<PageEntry> page;
    for (int id = newest; id > newest - count; --id) {
        page.push_back({.id = std::to_string(id), .author = std::to_string(id % 5)});
    }
    return page;
}

TEST(Page, IsRightWhenItHasExactlyTheNewest) {
    const auto page = page_from(30, 20);
    EXPECT_EQ(check_order(page, {}), std::nullopt);
    EXPECT_EQ(check_authors(page, {"0", "1", "2", "3", "4"}), std::nullopt);
    EXPECT_EQ(check_newest(page, {}, all_posts()), std::nullopt);
    EXPECT_EQ(check_newest(page_from(10, 10), {.below = "11"}, all_posts()), std::nullopt);
    EXPECT_EQ(check_newest(page_from(30, 3), {.above = "27"}, all_posts()), std::nullopt);
    EXPECT_EQ(check_newest({}, {.above = "30"}, all_posts()), std::nullopt);
}

TEST(Page, WithTwoPostsSwappedIsWrong) {
    auto page = page_from(30, 20);
    std::swap(page[3], page[4]);
    EXPECT_THAT(check_order(page, {}), Optional(HasSubstr("post 27 stands below the older 26")));
    EXPECT_THAT(check_newest(page, {}, all_posts()), Optional(HasSubstr("27")));
}

TEST(Page, WithAPostTwiceIsWrong) {
    auto page = page_from(30, 20);
    page[8] = page[7];
    EXPECT_THAT(check_order(page, {}), Optional(HasSubstr("post 23 is there twice")));
    EXPECT_THAT(check_newest(page, {}, all_posts()), Optional(HasSubstr("23")));
}

TEST(Page, WithoutTheNewestPostIsWrong) {
    EXPECT_EQ(check_order(page_from(29, 20), {}), std::nullopt);
    EXPECT_THAT(
        check_newest(page_from(29, 20), {}, all_posts()),
        Optional(HasSubstr("post 30 by 0 is missing"))
    );
}

TEST(Page, WithAGapIsWrong) {
    auto page = page_from(30, 21);
    page.erase(page.begin() + 10);
    EXPECT_THAT(
        check_newest(page, {}, all_posts()), Optional(HasSubstr("post 20 by 0 is missing"))
    );
}

TEST(Page, ByAStrangerIsWrong) {
    const auto page = page_from(30, 20);
    EXPECT_THAT(
        check_authors(page, {"0", "1", "2", "4"}),
        Optional(HasSubstr("post 28 is by 3, whom the reader does not follow"))
    );
    auto known = all_posts();
    std::erase_if(known, [](const KnownPost& post) { return post.author == "3"; });
    EXPECT_THAT(check_newest(page, {}, known), Optional(HasSubstr("post 28 by 3 is not known")));
}

TEST(Page, ThatEndsTooEarlyIsWrong) {
    EXPECT_THAT(
        check_newest(page_from(30, 19), {}, all_posts()),
        Optional(HasSubstr("post 11 by 1 is missing"))
    );
    EXPECT_THAT(check_newest({}, {}, all_posts()), Optional(HasSubstr("post 30")));
    EXPECT_EQ(check_newest(page_from(10, 10), {.below = "11"}, all_posts()), std::nullopt);
}

TEST(Page, ThatIsTooLongOrOutOfBoundsIsWrong) {
    EXPECT_THAT(check_order(page_from(30, 21), {}), Optional(HasSubstr("21 posts where 20")));
    EXPECT_THAT(check_order(page_from(30, 5), {.below = "30"}), Optional(HasSubstr("max_id 30")));
    EXPECT_THAT(check_order(page_from(30, 5), {.above = "26"}), Optional(HasSubstr("since_id 26")));
}

TEST(Page, MayOrMayNotHaveAPostMadeMeanwhile) {
    auto known = all_posts();
    known.back().must_show = false;
    EXPECT_EQ(check_newest(page_from(30, 20), {}, known), std::nullopt);
    EXPECT_EQ(check_newest(page_from(29, 20), {}, known), std::nullopt);
    EXPECT_THAT(check_newest(page_from(28, 20), {}, known), Optional(HasSubstr("post 29")));
}

TEST(Page, ComparesIdsByLengthFirst) {
    EXPECT_TRUE(is_older("9", "10"));
    EXPECT_FALSE(is_older("10", "9"));
    EXPECT_TRUE(is_older("10", "11"));
    EXPECT_FALSE(is_older("11", "11"));
}

TEST(Page, IsReadFromStatusEntities) {
    const auto page =
        parse_page(R"([{"id":"7","in_reply_to_id":null,"account":{"id":"3"},"content":"<p>x</p>"},)"
                   R"({"id":"5","in_reply_to_id":"4","account":{"id":"1"}}])");
    ASSERT_TRUE(page);
    EXPECT_EQ(
        *page,
        (std::vector<PageEntry>{
            {.id = "7", .author = "3", .content = "<p>x</p>"},
            {.id = "5", .author = "1", .reply_to = "4"},
        })
    );
    for (const char* bad :
         {"", "{}", "[{}]", R"([{"id":"7"}])", R"([{"id":7,"account":{"id":"1"}}])", "["}) {
        EXPECT_FALSE(parse_page(bad)) << bad;
    }
}

}  // namespace

}  // namespace rookery::load
