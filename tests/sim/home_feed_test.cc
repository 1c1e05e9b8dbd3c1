// Random histories of a small social network; at every moment each reader's feed equals the
// brute-force model, page by page, under each policy. A failure prints its seed.

#include "base/random.h"
#include "feed/policies.h"
#include "kit/task_driver.h"
#include "sim/feed_model.h"
#include "sim/feed_world.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace rookery::sim {
namespace {

using social::Visibility;

constexpr std::size_t kPeople = 12;

struct Setting {
    const char* name;
    FeedWorld::MakePolicy policy;
    std::size_t push_at_once_max;
    std::size_t repeat_window;
};

class History {
public:
    History(const Setting& setting, std::uint64_t seed)
        : random_(seed), world_(config(setting), setting.policy), model_(setting.repeat_window) {
        for (std::size_t i = 0; i < kPeople; ++i) {
            social::NewAccount account{.username = name(i), .id = AccountId(100 + i)};
            const auto made = kit::run(world_.services->accounts.create(std::move(account)));
            EXPECT_TRUE(made) << made.error().message;
        }
    }

    void run(int steps) {
        for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
            world_.clock.advance_ms(static_cast<std::int64_t>(random_.below(100'000)));
            act();
            check_page();
        }
        for (std::size_t i = 0; i < kPeople && !testing::Test::HasFailure(); ++i) {
            check_whole_feed(person(i));
        }
    }

private:
    static feed::HomeFeedConfig config(const Setting& setting) {
        return {
            .inbox_entries_max = 30,
            .inbox_seed_entries = 10,
            .inboxes_max = 5,
            .author_rings_max = 640,
            .push_at_once_max = setting.push_at_once_max,
            .policy_refresh_seconds = 600,
            .repeated_boost_window = setting.repeat_window,
        };
    }
    static std::string name(std::size_t i) { return "person" + std::to_string(i); }
    static std::uint64_t person(std::size_t i) { return 100 + i; }

    std::uint64_t somebody() { return person(random_.below(kPeople)); }

    /// Somebody who may act: 0 if the draw fell on a suspended account.
    std::uint64_t actor() {
        const std::uint64_t who = somebody();
        return model_.suspended.contains(who) ? 0 : who;
    }

    const FeedModel::Post* some_post() {
        if (model_.posts.empty()) {
            return nullptr;
        }
        // Mostly recent ones.
        const auto back = std::min<std::uint64_t>(model_.posts.size(), 1 + random_.below(30));
        return &std::prev(model_.posts.end(), static_cast<std::ptrdiff_t>(back))->second;
    }

    void act() {
        const std::uint64_t dice = random_.below(100);
        if (dice < 42) {
            post();
        } else if (dice < 56) {
            boost();
        } else if (dice < 72) {
            follow();
        } else if (dice < 77) {
            unfollow();
        } else if (dice < 85) {
            remove();
        } else if (dice < 88) {
            narrow();
        } else if (dice < 91) {
            mute_or_unmute();
        } else if (dice < 93) {
            block_or_unblock();
        } else if (dice < 95) {
            suspend_or_return();
        } else if (dice < 97) {
            world_.services->home.forget();
        } else if (dice < 98) {
            world_.restart();
        } else {
            world_.services->home.drain_pushes();
        }
    }

    void post() {
        FeedModel::Post entry{.author = actor()};
        if (entry.author == 0) {
            return;
        }
        entry.visibility = static_cast<Visibility>(random_.chance(0.7) ? 0 : random_.below(4));
        social::NewPost fresh{.author = AccountId(entry.author), .text = "words"};
        if (random_.chance(0.3)) {
            const std::uint64_t mentioned = somebody();
            if (!model_.suspended.contains(mentioned)) {
                entry.mentions.insert(mentioned);
            }
            fresh.text += " @" + name(mentioned - 100);
        }
        const FeedModel::Post* parent = some_post();
        if (parent != nullptr && parent->boost_of == 0 && random_.chance(0.4) &&
            model_.can_see(entry.author, *parent)) {
            entry.reply_to_author = parent->author;
            fresh.in_reply_to = PostId(parent->id);
        }
        fresh.visibility = entry.visibility;
        const auto made = kit::run(world_.services->posts.create(std::move(fresh)));
        ASSERT_TRUE(made) << made.error().message;
        entry.id = (*made)->id.value;
        model_.posts[entry.id] = entry;
    }

    void boost() {
        const FeedModel::Post* subject = some_post();
        const std::uint64_t actor = this->actor();
        if (actor == 0 || subject == nullptr || subject->boost_of != 0 ||
            !model_.can_see(actor, *subject) || subject->visibility == Visibility::kDirect ||
            (subject->visibility == Visibility::kPrivate && actor != subject->author)) {
            return;
        }
        const bool already = std::ranges::any_of(model_.posts, [&](const auto& entry) {
            return entry.second.author == actor && entry.second.boost_of == subject->id;
        });
        if (already && random_.chance(0.5)) {
            const auto undone =
                kit::run(world_.services->posts.unboost(AccountId(actor), PostId(subject->id)));
            ASSERT_TRUE(undone) << undone.error().message;
            const std::uint64_t id = subject->id;
            std::erase_if(model_.posts, [&](const auto& entry) {
                return entry.second.author == actor && entry.second.boost_of == id;
            });
            return;
        }
        const auto made = kit::run(
            world_.services->posts.boost(AccountId(actor), PostId(subject->id), Visibility::kPublic)
        );
        ASSERT_TRUE(made) << made.error().message;
        const std::uint64_t id = (*made)->id.value;
        model_.posts[id] = {
            .id = id,
            .author = actor,
            .visibility = (*made)->visibility,
            .boost_of = subject->id,
        };
    }

    void follow() {
        const std::uint64_t actor = somebody();
        const std::uint64_t target = somebody();
        if (actor == target || model_.blocks[actor].contains(target) ||
            model_.blocks[target].contains(actor) || model_.suspended.contains(target)) {
            return;
        }
        const bool shows_boosts = random_.chance(0.8);
        const auto done = kit::run(world_.services->follows.follow(
            AccountId(actor), AccountId(target), {.show_boosts = shows_boosts}
        ));
        ASSERT_TRUE(done) << done.error().message;
        model_.follows[actor].insert(target);
        if (shows_boosts) {
            model_.hidden_boosts[actor].erase(target);
        } else {
            model_.hidden_boosts[actor].insert(target);
        }
    }

    void unfollow() {
        const std::uint64_t actor = somebody();
        const std::uint64_t target = somebody();
        if (actor != target) {
            const auto done =
                kit::run(world_.services->follows.unfollow(AccountId(actor), AccountId(target)));
            ASSERT_TRUE(done) << done.error().message;
            model_.follows[actor].erase(target);
        }
    }

    void remove() {
        const FeedModel::Post* victim = some_post();
        if (victim == nullptr || victim->boost_of != 0) {
            return;
        }
        const std::uint64_t id = victim->id;
        const auto done =
            kit::run(world_.services->posts.remove(AccountId(victim->author), PostId(id)));
        ASSERT_TRUE(done) << done.error().message;
        model_.remove(id);
    }

    void narrow() {
        const FeedModel::Post* chosen = some_post();
        if (chosen == nullptr || chosen->boost_of != 0) {
            return;
        }
        const auto narrower =
            static_cast<Visibility>(std::min(3, static_cast<int>(chosen->visibility) + 1));
        const auto done = kit::run(world_.services->posts.edit(
            AccountId(chosen->author), PostId(chosen->id), {.visibility = narrower}
        ));
        ASSERT_TRUE(done) << done.error().message;
        model_.posts[chosen->id].visibility = narrower;
    }

    void mute_or_unmute() {
        const std::uint64_t actor = somebody();
        const std::uint64_t target = somebody();
        if (actor == target) {
            return;
        }
        auto& follows = world_.services->follows;
        if (model_.mutes[actor].erase(target) > 0) {
            ASSERT_TRUE(kit::run(follows.unmute(AccountId(actor), AccountId(target))));
        } else {
            ASSERT_TRUE(kit::run(follows.mute(AccountId(actor), AccountId(target), true, 0)));
            model_.mutes[actor].insert(target);
        }
    }

    void block_or_unblock() {
        const std::uint64_t actor = somebody();
        const std::uint64_t target = somebody();
        if (actor == target) {
            return;
        }
        auto& follows = world_.services->follows;
        if (model_.blocks[actor].erase(target) > 0) {
            ASSERT_TRUE(kit::run(follows.unblock(AccountId(actor), AccountId(target))));
        } else {
            ASSERT_TRUE(kit::run(follows.block(AccountId(actor), AccountId(target))));
            model_.block(actor, target);
        }
    }

    void suspend_or_return() {
        const std::uint64_t who = somebody();
        const bool suspends = !model_.suspended.contains(who);
        const auto done =
            kit::run(world_.services->accounts.update(AccountId(who), {.suspended = suspends}));
        ASSERT_TRUE(done) << done.error().message;
        if (suspends) {
            model_.suspended.insert(who);
        } else {
            model_.suspended.erase(who);
        }
    }

    std::vector<std::uint64_t> real_page(std::uint64_t reader, social::PageRequest request) {
        const auto page = kit::run(world_.services->home.page(AccountId(reader), request));
        EXPECT_TRUE(page) << page.error().message;
        std::vector<std::uint64_t> ids;
        if (page) {
            for (const feed::Item& item : *page) {
                ids.push_back(item.post->id.value);
            }
        }
        return ids;
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
                    "{} post {} by {} visibility {} reply to {} boost of {} mentions {}\n",
                    is_real ? "surplus" : "missing",
                    id,
                    post.author,
                    social::to_string(post.visibility),
                    post.reply_to_author,
                    post.boost_of,
                    fmt::join(post.mentions, " ")
                );
            }
        }
        return out;
    }

    std::uint64_t some_cursor() {
        const FeedModel::Post* post = some_post();
        return post == nullptr ? 1 : post->id + random_.below(2);
    }

    void check_page() {
        social::PageRequest request{.limit = 1 + random_.below(25)};
        if (random_.chance(0.4)) {
            request.max_id = some_cursor();
        }
        if (random_.chance(0.2)) {
            request.since_id = some_cursor();
        } else if (random_.chance(0.3)) {
            request.min_id = some_cursor();
        }
        const std::uint64_t reader = somebody();
        const auto real = real_page(reader, request);
        const auto expected = model_.home_page(reader, request);
        EXPECT_EQ(real, expected) << explain(real, expected) << "reader " << reader << " max_id "
                                  << request.max_id << " since_id " << request.since_id
                                  << " min_id " << request.min_id << " limit " << request.limit;
    }

    void check_whole_feed(std::uint64_t reader) {
        const std::vector<std::uint64_t> expected = model_.home(reader);
        std::vector<std::uint64_t> down;
        social::PageRequest request{.limit = 7};
        for (auto page = real_page(reader, request); !page.empty();
             page = real_page(reader, request)) {
            down.insert(down.end(), page.begin(), page.end());
            request.max_id = page.back();
        }
        EXPECT_EQ(down, expected) << "paging down, reader " << reader;
        std::vector<std::uint64_t> up;
        request = {.min_id = 1, .limit = 7};
        for (auto page = real_page(reader, request); !page.empty();
             page = real_page(reader, request)) {
            up.insert(up.begin(), page.begin(), page.end());
            request.min_id = page.front();
        }
        EXPECT_EQ(up, expected) << "paging up, reader " << reader;
    }

    Random random_;
    FeedWorld world_;
    FeedModel model_;
};

class HomeFeedHistory : public testing::TestWithParam<Setting> {};

TEST_P(HomeFeedHistory, EqualsTheBruteForceFeedPageByPage) {
    const char* chosen = std::getenv("ROOKERY_SIM_SEED");    // NOLINT(concurrency-mt-unsafe)
    const char* rounds = std::getenv("ROOKERY_SIM_ROUNDS");  // NOLINT(concurrency-mt-unsafe)
    const std::uint64_t first = chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : 1;
    const std::uint64_t count = rounds != nullptr ? std::strtoull(rounds, nullptr, 10) : 12;
    for (std::uint64_t seed = first; seed < first + (chosen != nullptr ? 1 : count); ++seed) {
        SCOPED_TRACE("ROOKERY_SIM_SEED=" + std::to_string(seed));
        History history(GetParam(), seed);
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
        Setting{
            "push_all",
            []() -> std::unique_ptr<feed::Policy> { return std::make_unique<feed::PushAll>(); },
            256,
            40
        },
        Setting{
            "push_all_in_the_background",
            []() -> std::unique_ptr<feed::Policy> { return std::make_unique<feed::PushAll>(); },
            0,
            5
        },
        Setting{
            "pull_all",
            []() -> std::unique_ptr<feed::Policy> { return std::make_unique<feed::PullAll>(); },
            256,
            5
        },
        Setting{
            "follower_threshold",
            []() -> std::unique_ptr<feed::Policy> {
                return std::make_unique<feed::FollowerThreshold>(3);
            },
            2,
            40
        },
        Setting{
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
