// Random histories against a model that keeps everything that was ever done and computes each list
// from that, by the words of the README. One number repeats a failure.
#include "base/random.h"
#include "discover/trends/trends_model_for_test.h"
#include "discover/trends/trends_town_for_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::discover::trends {
namespace {

using social::PostPtr;
using social::Visibility;

constexpr std::size_t kTalkers = 9;

TrendLimits generous() {
    TrendLimits limits;
    limits.voices_min = 1;
    limits.score_min = 0.1;
    limits.crowd.account_age_full_ms = 2 * kDayMs;
    limits.posts_per_author_max = 100;
    return limits;
}

class History : private Town {
public:
    explicit History(std::uint64_t seed) : Town(generous()), random_(seed) {
        listeners_ = people("listener", 6);
        for (std::size_t i = 0; i < kTalkers; ++i) {
            talkers_.push_back(person("talker" + std::to_string(i)));
            clock_.advance_ms(static_cast<UnixMs>(random_.below(kDayMs / 2)));
        }
        for (int i = 0; i < 40; ++i) {
            relate();
        }
    }

    void step() {
        clock_.advance_ms(
            static_cast<UnixMs>(random_.below(random_.chance(0.1) ? 8 * kHourMs : 600'000))
        );
        switch (random_.below(16)) {
            case 0:
            case 1:
                change_post();
                break;
            case 2:
                change_account();
                break;
            case 3:
                relate();
                break;
            case 4:
            case 5:
            case 6:
            case 7:
            case 8:
                react();
                break;
            case 9:
                take_back();
                break;
            default:
                talk();
        }
        hear();
    }

    /// What is listed now, and what the model lists.
    void compare() {
        judge();
        for (const Kind kind : kKinds) {
            expect_same(
                kind, model_.list(kind, NaiveTrends::Knows::kEverything), "heard of as it happened"
            );
        }
        auto live = std::move(trends_);
        const auto handled = handled_;
        restart();
        for (const Kind kind : kKinds) {
            expect_same(
                kind, model_.list(kind, NaiveTrends::Knows::kWhatIsStored), "filled from rows"
            );
        }
        trends_ = std::move(live);
        handled_ = handled;
    }
    [[nodiscard]] std::size_t listed() const { return listed_; }

private:
    AccountId anybody() {
        for (;;) {
            const AccountId one = talkers_[random_.below(kTalkers)];
            if (!is_suspended(one)) {
                return one;
            }
        }
    }
    PostPtr any_post() {
        if (made_.empty()) {
            return nullptr;
        }
        const auto found = kit::run(posts_.find(made_[random_.below(made_.size())]));
        return found ? *found : nullptr;
    }
    std::string made_up_text() {
        std::string text = "well";
        if (random_.chance(0.6)) {
            text += " #tag" + std::to_string(random_.below(3));
        }
        if (random_.chance(0.4)) {
            text += " https://example.org/" + std::to_string(random_.below(2));
        }
        return text;
    }
    [[nodiscard]] bool is_suspended(AccountId id) {
        return must(kit::run(accounts_.find(id)))->suspended;
    }
    void talk() {
        social::NewPost made = draft(anybody(), made_up_text());
        made.visibility = random_.chance(0.85) ? Visibility::kPublic : Visibility::kUnlisted;
        if (random_.chance(0.1)) {
            made.spoiler_text = "careful";
        }
        if (random_.chance(0.15)) {
            const PostPtr parent = any_post();
            const bool is_seen = parent && parent->visibility != Visibility::kPrivate &&
                                 !is_suspended(parent->author);
            made.in_reply_to = is_seen ? parent->id : PostId{};
        }
        made_.push_back(post(std::move(made))->id);
    }
    void change_post() {
        const PostPtr post = any_post();
        if (!post || random_.chance(0.3)) {
            return;
        }
        if (random_.chance(0.5)) {
            remove(post);
        } else if (random_.chance(0.7)) {
            edit(post, {.text = made_up_text()});
        } else {
            edit(post, {.visibility = Visibility::kPrivate});
        }
    }
    void change_account() {
        social::AccountChanges changes;
        if (random_.chance(0.5)) {
            changes.suspended = random_.chance(0.3);
        } else {
            changes.discoverable = random_.chance(0.7);
        }
        change(anybody(), std::move(changes));
        // Who is suspended does nothing, so few stay that for long.
        if (random_.chance(0.6)) {
            for (const AccountId one : talkers_) {
                suspend(one, false);
            }
        }
    }
    void relate() {
        const AccountId actor = random_.chance(0.5) ? anybody() : listeners_[random_.below(6)];
        const AccountId target = anybody();
        if (actor == target || is_suspended(target) || is_suspended(actor)) {
            return;
        }
        if (random_.chance(0.8)) {
            follow(actor, target);
            model_.follow(actor, target);
        } else {
            must(kit::run(follows_.unfollow(actor, target)));
            model_.unfollow(actor, target);
        }
    }
    void react() {
        const PostPtr post = any_post();
        if (!post || post->visibility == Visibility::kPrivate) {
            return;
        }
        if (random_.chance(0.5)) {
            favourite(anybody(), post);
        } else {
            static_cast<void>(kit::run(posts_.boost(
                anybody(),
                post->id,
                random_.chance(0.8) ? Visibility::kPublic : Visibility::kUnlisted
            )));
        }
    }
    void take_back() {
        const PostPtr post = any_post();
        if (post && random_.chance(0.5)) {
            must(kit::run(reactions_.unfavourite(anybody(), post)));
        } else if (post) {
            static_cast<void>(kit::run(posts_.unboost(anybody(), post->id)));
        }
    }

    /// What happened since the last time is noted by both.
    void hear() {
        model_.hear();
        drain();
    }

    void expect_same(Kind kind, const std::vector<NaiveTrends::Listed>& expected, const char* how) {
        const auto found = trends_->list(kind, Audience::kEverybody, {});
        ASSERT_EQ(found.size(), expected.size()) << how << ", kind " << static_cast<int>(kind);
        for (std::size_t i = 0; i < found.size(); ++i) {
            const std::string name =
                kind == Kind::kPost ? std::to_string(found[i].id) : found[i].name;
            EXPECT_EQ(name, expected[i].name) << how;
            EXPECT_NEAR(found[i].score, expected[i].score, 1e-9) << how << " " << name;
        }
        listed_ += found.size();
    }

    NaiveTrends model_{*this};
    Random random_;
    std::vector<AccountId> talkers_;
    std::vector<PostId> made_;
    std::size_t listed_ = 0;
};

class TrendsHistory : public testing::TestWithParam<std::uint64_t> {};

TEST_P(TrendsHistory, ListsWhatAModelListsThatKeepsEverything) {
    History history(GetParam());
    for (int step = 1; step <= 500 && !HasFailure(); ++step) {
        history.step();
        if (step % 25 == 0) {
            SCOPED_TRACE(step);
            history.compare();
        }
    }
    EXPECT_GT(history.listed(), 20U) << "there was something to compare";
}

INSTANTIATE_TEST_SUITE_P(Seeds, TrendsHistory, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

}  // namespace
}  // namespace rookery::discover::trends
