// Random histories of a small social network; at every moment each reader's home feed and the
// timelines of their lists equal the brute-force model, page by page, under each policy. A failure
// prints its seed.

#include "feed/policies.h"
#include "kit/task_driver.h"
#include "sim/feed_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace rookery::sim {
namespace {

/// A history whose feeds are compared with the model's after every act.
class CheckedHistory {
public:
    CheckedHistory(const FeedSetting& setting, std::uint64_t seed) : history_(setting, seed) {}

    void run(int steps) {
        for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
            history_.act();
            check_page();
        }
        for (std::size_t i = 0; i < FeedHistory::kPeople && !testing::Test::HasFailure(); ++i) {
            check_whole_feed(FeedHistory::person(i), nullptr);
        }
        for (const FeedModel::List& list : model_.lists) {
            check_whole_feed(list.owner, &list);
        }
    }

private:
    /// A page of the reader's home feed or, if `list` is not null, of their list.
    std::vector<std::uint64_t>
    real_page(std::uint64_t reader, const FeedModel::List* list, social::PageRequest request) {
        const auto page = list == nullptr
                              ? kit::run(world_.services->home.page(AccountId(reader), request))
                              : real_list_page(*list, request);
        EXPECT_TRUE(page) << page.error().message;
        std::vector<std::uint64_t> ids;
        if (page) {
            for (const feed::CardPtr& card : *page) {
                ids.push_back(card->post.id.value);
            }
        }
        return ids;
    }

    Result<feed::CardPage>
    real_list_page(const FeedModel::List& list, social::PageRequest request) {
        const AccountId owner(list.owner);
        auto feed = kit::run(world_.services->lists.feed(owner, ListId(list.id)));
        if (!feed) {
            return std::move(feed).error();
        }
        return kit::run(world_.services->home.list_page(owner, std::move(*feed), request));
    }

    std::vector<std::uint64_t> expected_feed(std::uint64_t reader, const FeedModel::List* list)
        const {
        return list == nullptr ? model_.home(reader) : model_.timeline(*list);
    }

    /// What the model knows of the posts that only one of two pages has.
    std::string explain(
        const std::vector<std::uint64_t>& real,
        const std::vector<std::uint64_t>& expected
    ) const {
        std::string out;
        for (const auto& [id, post] : model_.posts) {
            const bool is_real = std::ranges::find(real, id) != real.end();
            if (is_real != (std::ranges::find(expected, id) != expected.end())) {
                out += fmt::format(
                    "{} post {} by {} visibility {} reply to {} boost of {} mentions {} tags {}\n",
                    is_real ? "surplus" : "missing",
                    id,
                    post.author,
                    social::to_string(post.visibility),
                    post.reply_to_author,
                    post.boost_of,
                    fmt::join(post.mentions, " "),
                    fmt::join(post.tags, " ")
                );
            }
        }
        return out;
    }

    std::uint64_t some_cursor() {
        const FeedModel::Post* post = history_.some_post();
        return post == nullptr ? 1 : post->id + random_.below(2);
    }

    void check_page() {
        if (history_.concerned != 0) {
            check_page_of(history_.concerned, nullptr, {.limit = 25});
        }
        social::PageRequest request{.limit = 1 + random_.below(25)};
        if (random_.chance(0.4)) {
            request.max_id = some_cursor();
        }
        if (random_.chance(0.2)) {
            request.since_id = some_cursor();
        } else if (random_.chance(0.3)) {
            request.min_id = some_cursor();
        }
        const bool of_list = !model_.lists.empty() && random_.chance(0.3);
        const FeedModel::List* list = of_list ? &history_.some_list() : nullptr;
        check_page_of(list == nullptr ? history_.somebody() : list->owner, list, request);
    }

    void
    check_page_of(std::uint64_t reader, const FeedModel::List* list, social::PageRequest request) {
        const auto real = real_page(reader, list, request);
        const auto expected = FeedModel::page(expected_feed(reader, list), request);
        EXPECT_EQ(real, expected) << explain(real, expected) << name_of(list) << "reader " << reader
                                  << " max_id " << request.max_id << " since_id "
                                  << request.since_id << " min_id " << request.min_id << " limit "
                                  << request.limit;
    }

    static std::string name_of(const FeedModel::List* list) {
        return list == nullptr
                   ? "home, "
                   : fmt::format(
                         "list {}, replies {}, ", list->id, social::to_string(list->replies)
                     );
    }

    void check_whole_feed(std::uint64_t reader, const FeedModel::List* list) {
        const std::vector<std::uint64_t> expected = expected_feed(reader, list);
        std::vector<std::uint64_t> down;
        social::PageRequest request{.limit = 7};
        for (auto page = real_page(reader, list, request); !page.empty();
             page = real_page(reader, list, request)) {
            down.insert(down.end(), page.begin(), page.end());
            request.max_id = page.back();
        }
        EXPECT_EQ(down, expected) << "paging down, " << name_of(list) << "reader " << reader;
        std::vector<std::uint64_t> up;
        request = {.min_id = 1, .limit = 7};
        for (auto page = real_page(reader, list, request); !page.empty();
             page = real_page(reader, list, request)) {
            up.insert(up.begin(), page.begin(), page.end());
            request.min_id = page.front();
        }
        EXPECT_EQ(up, expected) << "paging up, " << name_of(list) << "reader " << reader;
    }

    FeedHistory history_;
    Random& random_ = history_.random;
    FeedWorld& world_ = history_.world;
    FeedModel& model_ = history_.model;
};

class HomeFeedHistory : public testing::TestWithParam<FeedSetting> {};

TEST_P(HomeFeedHistory, EqualsTheBruteForceFeedPageByPage) {
    const char* chosen = std::getenv("ROOKERY_SIM_SEED");    // NOLINT(concurrency-mt-unsafe)
    const char* rounds = std::getenv("ROOKERY_SIM_ROUNDS");  // NOLINT(concurrency-mt-unsafe)
    const std::uint64_t first = chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : 1;
    const std::uint64_t count = rounds != nullptr ? std::strtoull(rounds, nullptr, 10) : 12;
    for (std::uint64_t seed = first; seed < first + (chosen != nullptr ? 1 : count); ++seed) {
        SCOPED_TRACE("ROOKERY_SIM_SEED=" + std::to_string(seed));
        CheckedHistory history(GetParam(), seed);
        history.run(600);
        if (HasFailure()) {
            return;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Policies,
    HomeFeedHistory,
    testing::Values(
        FeedSetting{
            "push_all",
            []() -> std::unique_ptr<feed::Policy> { return std::make_unique<feed::PushAll>(); },
            256,
            40
        },
        FeedSetting{
            "push_all_in_the_background",
            []() -> std::unique_ptr<feed::Policy> { return std::make_unique<feed::PushAll>(); },
            0,
            5
        },
        FeedSetting{
            "pull_all",
            []() -> std::unique_ptr<feed::Policy> { return std::make_unique<feed::PullAll>(); },
            256,
            5
        },
        FeedSetting{
            "follower_threshold",
            []() -> std::unique_ptr<feed::Policy> {
                return std::make_unique<feed::FollowerThreshold>(3);
            },
            2,
            40
        },
        FeedSetting{
            "demand_priced",
            []() -> std::unique_ptr<feed::Policy> {
                return std::make_unique<feed::DemandPriced>(1, 1);
            },
            2,
            5
        }
    ),
    [](const auto& setting) { return setting.param.name; }
);

}  // namespace
}  // namespace rookery::sim
