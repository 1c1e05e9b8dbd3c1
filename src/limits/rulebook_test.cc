#include "limits/rulebook.h"

#include "kit/task_driver.h"
#include "limits/shared_limits.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace rookery::limits {
namespace {

class StillClock final : public Clock {
public:
    [[nodiscard]] UnixMs now_ms() const override { return 1'767'225'600'000; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::time_point(passed);
    }

    std::chrono::nanoseconds passed{0};
};

Rule rule(std::string name, std::uint64_t amount, Algorithm algorithm = Algorithm::kFixedWindow) {
    Rule made;
    made.name = std::move(name);
    made.algorithm = algorithm;
    made.quota = {.amount = amount, .period = 60 * kSecond, .burst = amount};
    return made;
}

class Rules : public testing::Test {
protected:
    std::shared_ptr<Rulebook> made(std::vector<Rule> rules) {
        auto book = Rulebook::make(std::move(rules), context_);
        EXPECT_TRUE(book) << book.error().message;
        return *book;
    }
    std::shared_ptr<Rulebook> made(std::vector<Rule> rules, const Rulebook& old) {
        auto book = Rulebook::make(std::move(rules), context_, old);
        EXPECT_TRUE(book) << book.error().message;
        return *book;
    }
    static Verdict
    take(const Rulebook& book, std::vector<std::string_view> names, std::string_view key = "bob") {
        std::vector<Ask> asks;
        for (const std::string_view name : names) {
            asks.push_back({.rule = book.find(name), .key = key, .cost = 1});
        }
        return book.take(asks);
    }
    static std::uint64_t left(const Rulebook& book, std::string_view name) {
        const Ask ask{.rule = book.find(name), .key = "bob", .cost = 0};
        return book.take({&ask, 1}).answers.front().decision.remaining;
    }
    std::string problem(std::vector<Rule> rules) {
        const auto book = Rulebook::make(std::move(rules), context_);
        return book ? "" : book.error().message;
    }

    StillClock clock_;
    Timekeeper timekeeper_{clock_};
    KeyHasher hasher_{KeyHasher::random_secret()};
    RefusalLog refusals_;
    RulebookContext context_{
        .hasher = &hasher_,
        .timekeeper = &timekeeper_,
        .refusals = &refusals_
    };
};

TEST_F(Rules, AllOrNoneIsCharged) {
    const auto book = made({rule("burst", 2), rule("sustained", 5)});
    EXPECT_TRUE(take(*book, {"burst", "sustained"}).allowed);
    EXPECT_TRUE(take(*book, {"burst", "sustained"}).allowed);
    const Verdict refused = take(*book, {"burst", "sustained"});
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.first()->rule->rule().name, "burst");
    EXPECT_EQ(refused.answers[1].decision.remaining, 3U) << "what is not charged is left";
    EXPECT_EQ(left(*book, "sustained"), 3U);
}

TEST_F(Rules, TheFirstAnswerIsTheOneToWaitForLongest) {
    std::vector<Rule> rules{rule("short", 1), rule("long", 1), rule("wide", 9)};
    rules[1].quota.period = 3'600 * kSecond;
    const auto three = made(rules);
    EXPECT_EQ(take(*three, {"wide", "short", "long"}).first()->rule->rule().name, "long")
        << "both are used up, and it stays so for longest";
    EXPECT_EQ(take(*three, {"wide", "short", "long"}).first()->rule->rule().name, "long");
    EXPECT_EQ(take(*three, {"wide", "short"}).first()->rule->rule().name, "short");
    EXPECT_EQ(take(*three, {}).first(), nullptr);
}

TEST_F(Rules, OnTrialTheyCountAndRefuseNothing) {
    Rule trial = rule("trial", 1);
    trial.shadow = true;
    const auto book = made({trial, rule("binding", 3)});
    for (int i = 0; i < 3; ++i) {
        const Verdict verdict = take(*book, {"trial", "binding"});
        EXPECT_TRUE(verdict.allowed);
        EXPECT_EQ(verdict.answers[0].decision.allowed, i == 0);
        EXPECT_EQ(verdict.first()->rule->rule().name, "binding");
    }
    EXPECT_FALSE(take(*book, {"trial", "binding"}).allowed);
    EXPECT_EQ(book->find("trial")->tally().total(), (Said{1, 3}));
    EXPECT_EQ(book->find("binding")->tally().total(), (Said{3, 1}));
    const auto refused = refusals_.list();
    ASSERT_EQ(refused.size(), 2U);
    EXPECT_EQ(refused[0].rule, "binding");
    EXPECT_FALSE(refused[0].shadow);
    EXPECT_TRUE(refused[1].shadow);
    EXPECT_EQ(refused[1].times, 3U);
    EXPECT_EQ(refused[1].key, "bob");
}

TEST_F(Rules, OneRequestMayAskARuleForSeveralKeysAndTwiceForOne) {
    const auto book = made({rule("each", 2)});
    const CountedRule* each = book->find("each");
    const std::array two{Ask{each, "bob", 1}, Ask{each, "alice", 2}};
    EXPECT_TRUE(book->take(two).allowed);
    EXPECT_FALSE(book->take(two).allowed);
    const std::array twice{Ask{each, "carol", 1}, Ask{each, "carol", 1}};
    const Verdict both = book->take(twice);
    EXPECT_TRUE(both.allowed);
    EXPECT_EQ(both.answers[1].decision.remaining, 0U);
    const std::array thrice{Ask{each, "dave", 1}, Ask{each, "dave", 2}};
    EXPECT_FALSE(book->take(thrice).allowed) << "together they are above the limit";
    EXPECT_TRUE(take(*book, {"each"}, "dave").allowed) << "and none was charged";
}

TEST_F(Rules, SayWhichOfThemIsImpossible) {
    EXPECT_EQ(problem({rule("a", 1), rule("a", 2)}), "a: there are two such rules");
    EXPECT_EQ(problem({rule("b", 0)}), "b: amount and burst of a limit are above 0");
    Rule shared = rule("c", 1);
    shared.reach = Reach::kShared;
    EXPECT_EQ(problem({shared}), "c: reach is \"shared\", and there is no shared store");
}

TEST_F(Rules, OtherRulesAreNoReset) {
    const auto old =
        made({rule("same", 5), rule("more", 5), rule("less", 5), rule("other", 5), rule("gone", 5)}
        );
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(take(*old, {"same", "more", "less", "other", "gone"}).allowed);
    }
    const auto next = made(
        {rule("same", 5),
         rule("more", 10),
         rule("less", 3),
         rule("other", 5, Algorithm::kTokenBucket),
         rule("new", 5)},
        *old
    );
    EXPECT_EQ(left(*next, "same"), 1U);
    EXPECT_EQ(left(*next, "more"), 6U);
    EXPECT_EQ(left(*next, "less"), 0U);
    EXPECT_EQ(left(*next, "other"), 1U);
    EXPECT_EQ(left(*next, "new"), 5U);
    EXPECT_EQ(next->find("gone"), nullptr);
    EXPECT_EQ(next->find("more")->tally().total().allowed, 5U) << "its history stays, too";
    EXPECT_TRUE(take(*old, {"same"}).allowed);
    EXPECT_EQ(left(*next, "same"), 0U) << "a rule that stays is one table";
}

TEST_F(Rules, EveryAlgorithmTakesOverFromEveryOther) {
    for (const std::string_view from : algorithm_names()) {
        for (const std::string_view to : algorithm_names()) {
            const auto old = made({rule("r", 10, *algorithm_of(from))});
            for (int i = 0; i < 7; ++i) {
                EXPECT_TRUE(take(*old, {"r"}).allowed);
            }
            const auto next = made({rule("r", 20, *algorithm_of(to))}, *old);
            EXPECT_LE(left(*next, "r"), 13U) << from << " to " << to;
            EXPECT_GE(left(*next, "r"), 10U) << from << " to " << to;
            const auto less = made({rule("r", 3, *algorithm_of(to))}, *next);
            EXPECT_EQ(left(*less, "r"), 0U) << from << " to " << to;
            const Verdict refused = take(*less, {"r"});
            EXPECT_FALSE(refused.allowed);
            EXPECT_GT(refused.answers[0].decision.retry_after, 0);
            EXPECT_NE(refused.answers[0].decision.retry_after, kNever);
        }
    }
}

TEST_F(Rules, CountExactlyWhileOthersTakeTheirPlace) {
    constexpr int kThreads = 4;
    std::atomic<std::shared_ptr<Rulebook>> book{made({rule("r", 1'000), rule("s", 100'000)})};
    std::atomic<int> allowed{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&] {
            for (int i = 0; i < 5'000; ++i) {
                const auto current = book.load();
                allowed += take(*current, {"r", "s"}).allowed ? 1 : 0;
            }
        });
    }
    for (int i = 0; i < 50; ++i) {
        const auto current = book.load();
        book.store(made({rule("r", 1'000), rule("s", 100'000)}, *current));
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(allowed.load(), 1'000);
}

/// Allows so many, and says what it was asked.
class MadeUpStore final : public SharedLimits {
public:
    Task<std::vector<Decision>> take(std::span<const SharedAsk> asks, Nanos /*now*/) override {
        std::vector<Decision> decisions;
        for (const SharedAsk& ask : asks) {
            asked.push_back(ask.rule->name + " " + std::string(ask.key));
            decisions.push_back({.allowed = left > 0, .remaining = left > 0 ? left - 1 : 0});
        }
        left -= left > 0 ? 1 : 0;
        co_return decisions;
    }

    std::uint64_t left = 2;
    std::vector<std::string> asked;
};

TEST_F(Rules, OfTheStoreAndOfTheProcessAreDecidedTogether) {
    MadeUpStore store;
    context_.shared = &store;
    Rule there = rule("there", 9);
    there.reach = Reach::kShared;
    const auto book = made({there, rule("here", 3)});
    EXPECT_FALSE(book->is_local());
    const std::array asks{Ask{book->find("here"), "bob", 1}, Ask{book->find("there"), "bob", 1}};
    const auto decide = [&] { return kit::run(book->decide(asks)); };
    const Verdict first = decide();
    EXPECT_TRUE(first.allowed);
    EXPECT_EQ(first.answers[0].decision.remaining, 2U);
    EXPECT_EQ(first.answers[1].decision.remaining, 1U);
    EXPECT_EQ(store.asked, std::vector<std::string>{"there bob"});
    EXPECT_TRUE(decide().allowed);
    const Verdict by_store = decide();
    EXPECT_FALSE(by_store.allowed);
    EXPECT_EQ(by_store.answers[0].decision.remaining, 1U) << "not charged here, either";
    EXPECT_EQ(left(*book, "here"), 1U);
    store.left = 9;
    EXPECT_TRUE(decide().allowed);
    store.asked.clear();
    const Verdict here = decide();
    EXPECT_FALSE(here.allowed);
    EXPECT_TRUE(store.asked.empty()) << "refused here, the store is not asked";
    EXPECT_FALSE(here.answers[1].asked);
    EXPECT_EQ(here.first()->rule->rule().name, "here");
}

TEST_F(Rules, ARefusalLogKeepsThoseRefusedLast) {
    RefusalLog log(2);
    log.note("r", "a", false, {.allowed = false, .retry_after = 5}, 10);
    log.note("r", "b", false, {.allowed = false, .retry_after = kNever}, 11);
    log.note("r", "a", false, {.allowed = false, .retry_after = 6}, 12);
    log.note("s", "a", true, {.allowed = false, .retry_after = 7}, 13);
    const auto listed = log.list();
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].rule, "s");
    EXPECT_EQ(listed[1].key, "a");
    EXPECT_EQ(listed[1].times, 2U);
    EXPECT_EQ(listed[1].first_at, 10);
    EXPECT_EQ(listed[1].until, 18);
    log.note("r", std::string(100'000, 'x'), false, {.allowed = false, .retry_after = kNever}, 14);
    EXPECT_EQ(log.list()[0].key.size(), 256U);
    EXPECT_EQ(log.list()[0].until, kNever);
}

TEST_F(Rules, ATallyKeepsADayMinuteByMinute) {
    Tally tally;
    tally.count(true);
    tally.count(false);
    tally.tick(5 * kSecond);
    tally.count(true);
    tally.tick(61 * kSecond);
    tally.tick(185 * kSecond);
    const auto minutes = tally.minutes();
    ASSERT_EQ(minutes.size(), 2U) << "a quiet minute takes no place";
    EXPECT_EQ(minutes[0].begins, 0);
    EXPECT_EQ(minutes[0].said, (Said{1, 1}));
    EXPECT_EQ(minutes[1].begins, 60 * kSecond);
    EXPECT_EQ(minutes[1].said, (Said{1, 0}));
    tally.tick((24 * 3'600 + 60) * kSecond);
    EXPECT_EQ(tally.minutes().size(), 0U);
    EXPECT_EQ(tally.total(), (Said{2, 1}));
}

}  // namespace
}  // namespace rookery::limits
