#include "discover/tags/tag_search.h"

#include "discover/tags/tag_indexer.h"
#include "feed/cards.h"
#include "kit/posts_fixture.h"
#include "social/hashtags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace rookery::discover {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kDayMs = 86'400'000;

/// Posts, the index of their hashtags, and who feeds it, as the server wires them.
class TagSearchTest : public social::PostsFixture {
protected:
    TagSearchTest() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const social::SocialEvent event = *social::decode(stored);
                accounts_.on_committed(event);
                viewers_.on_committed(event);
                posts_.on_committed(event);
                cards_.on_committed(event);
                told_.push_back(stored);
            }
        });
    }

    void settle(TagIndexer& indexer) {
        if (const auto events = std::exchange(told_, {}); !events.empty()) {
            ASSERT_TRUE(kit::run(indexer.handle(events)));
        }
        while (*kit::run(indexer.work())) {
        }
    }
    void settle() { settle(indexer_); }

    std::vector<std::string> found(
        AccountId searcher,
        const std::string& text,
        std::size_t offset = 0,
        std::size_t limit = 20
    ) {
        const auto viewer = searcher ? *kit::run(viewers_.find(searcher)) : nullptr;
        const auto tags = kit::run(search_.find(viewer, text, offset, limit));
        EXPECT_TRUE(tags);
        return *tags;
    }

    std::vector<ports::StoredEvent> told_;
    feed::Cards cards_{accounts_, posts_};
    feed::Timelines timelines_{environment_, cards_, sequence_};
    TagNumbers numbers_{100};
    names::NameIndex index_;
    TagIndexer
        indexer_{{.step_posts = 3, .step_tags = 2}, environment_, store_, posts_, numbers_, index_};
    TagSearch search_{{}, timelines_, numbers_, index_};
};

TEST_F(TagSearchTest, RanksByHowManyAccountsUsedATagOfLate) {
    post(alice_, "#garden #gardener");
    post(alice_, "#garden and #gardens");
    post(alice_, "again #garden");
    post(bob_, "#gardens #gardener");
    post(carol_, "#gardener");
    settle();
    EXPECT_THAT(found(alice_, "gard"), ElementsAre("gardener", "gardens", "garden"));
    EXPECT_THAT(found(alice_, "#garden"), ElementsAre("garden", "gardener", "gardens"));
    EXPECT_THAT(found(alice_, "gard", 1, 1), ElementsAre("gardens"));
    EXPECT_THAT(found(alice_, "garedn"), ElementsAre("gardener", "gardens", "garden"));
    EXPECT_THAT(found({}, "Gärdens"), ElementsAre("gardens", "garden"));
    EXPECT_THAT(found({}, "zebra"), IsEmpty());
    EXPECT_THAT(found({}, "gard ener"), ElementsAre("gardener", "gardens", "garden"));
    EXPECT_THAT(found({}, "@garden"), IsEmpty());
    EXPECT_THAT(found({}, "https://garden"), IsEmpty());
    EXPECT_THAT(found({}, ""), IsEmpty());
}

TEST_F(TagSearchTest, LetsSinkWhatNobodyUsesAnyMore) {
    post(alice_, "#sand_old");
    post(bob_, "#sand_old");
    settle();
    clock_.advance_ms(8 * kDayMs);
    post(alice_, "#sand_new");
    settle();
    EXPECT_THAT(found(alice_, "sand"), ElementsAre("sand_new", "sand_old"));
    // What is as old has as many turns.
    clock_.advance_ms(8 * kDayMs);
    for (int i = 0; i < 10; ++i) {
        settle();
    }
    EXPECT_THAT(found(alice_, "sand"), ElementsAre("sand_old", "sand_new"));
}

TEST_F(TagSearchTest, ShowsFollowedTagsFirstAndNoneWithoutAPostThatMayBeSeen) {
    post(bob_, "#sea #seal");
    post(carol_, "#seal");
    post(carol_, "#secret", social::Visibility::kPrivate);
    settle();
    EXPECT_THAT(found(alice_, "se"), ElementsAre("seal", "sea"));
    ASSERT_TRUE(kit::run(social::Hashtags(environment_).follow(alice_, "sea")));
    EXPECT_THAT(found(alice_, "se"), ElementsAre("sea", "seal"));
    ASSERT_TRUE(kit::run(follows_.block(bob_, alice_)));
    EXPECT_THAT(found(alice_, "se"), ElementsAre("seal"));
    EXPECT_THAT(found(alice_, "sea"), ElementsAre("seal")) << "nor typed whole";
    EXPECT_THAT(found(carol_, "sea"), ElementsAre("sea", "seal"));
}

TEST_F(TagSearchTest, FindsAWholeTagThatTheIndexDoesNotKnow) {
    post(alice_, "#fresh");
    EXPECT_THAT(found(bob_, "fresh"), ElementsAre("fresh"));
    EXPECT_THAT(found(bob_, "fre"), IsEmpty());
    settle();
    EXPECT_THAT(found(bob_, "fre"), ElementsAre("fresh"));
}

TEST_F(TagSearchTest, ForgetsATagWhosePostsAreGone) {
    const auto gone = post(alice_, "#ephemeral");
    settle();
    ASSERT_TRUE(kit::run(posts_.remove(alice_, gone->id)));
    EXPECT_THAT(found(bob_, "ephe"), IsEmpty());
    clock_.advance_ms(kDayMs);
    settle();
    EXPECT_EQ(index_.size().entries, 0U);
}

TEST_F(TagSearchTest, KnowsAllTagsAgainAfterAStartFirstThoseOfTheNewestPosts) {
    for (int i = 0; i < 10; ++i) {
        post(alice_, "#number" + std::to_string(i));
    }
    post(alice_, "#number3 #once");
    const auto gone = post(bob_, "#number_gone");
    post(bob_, "#number_secret", social::Visibility::kPrivate);
    ASSERT_TRUE(kit::run(posts_.remove(bob_, gone->id)));
    told_.clear();

    for (const std::size_t posts : {0U, 1U, 4U, 100U}) {
        const TagIndexerConfig config{.fill_posts_max = posts, .step_posts = 3, .step_tags = 4};
        TagNumbers numbers(100);
        names::NameIndex index;
        TagIndexer restarted{config, environment_, store_, posts_, numbers, index};
        settle(restarted);
        EXPECT_FALSE(restarted.is_filling());
        EXPECT_EQ(index.size().entries, 11U) << posts;
        TagSearch search{{}, timelines_, numbers, index};
        EXPECT_EQ(kit::run(search.find(nullptr, "numb", 0, 20))->size(), 10U) << posts;
        EXPECT_THAT(*kit::run(search.find(nullptr, "onc", 0, 20)), ElementsAre("once"));
    }

    TagNumbers few(4);
    names::NameIndex index;
    TagIndexer bounded{
        {.fill_posts_max = 6, .step_posts = 3}, environment_, store_, posts_, few, index
    };
    settle(bounded);
    EXPECT_FALSE(bounded.is_filling());
    EXPECT_EQ(index.size().entries, 4U) << "no more than are wanted";
    EXPECT_TRUE(few.find("once"));
    EXPECT_TRUE(few.find("number9"));
    EXPECT_FALSE(few.find("number0"));
}

TEST_F(TagSearchTest, GoesOnWithItsFillWhereTheStoreFailed) {
    for (int i = 0; i < 10; ++i) {
        post(alice_, "#number" + std::to_string(i));
    }
    told_.clear();
    for (std::size_t failing = 0; failing < 12; ++failing) {
        TagNumbers numbers(100);
        names::NameIndex index;
        TagIndexer restarted{
            {.fill_posts_max = 4, .step_posts = 3, .step_tags = 4},
            environment_,
            store_,
            posts_,
            numbers,
            index
        };
        store_.fail_reads(1, ErrorCode::kUnavailable, failing);
        for (int step = 0; step < 40; ++step) {
            static_cast<void>(kit::run(restarted.work()));
        }
        EXPECT_EQ(index.size().entries, 10U) << failing;
    }
}

}  // namespace
}  // namespace rookery::discover
