#include "limits/shared/leases.h"

#include "base/random.h"
#include "limits/sliding_log.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

namespace rookery::limits {
namespace {

constexpr Leases::Id kKey = 7;
constexpr Leases::Terms kTerms{.units_max = 8, .valid_for = kSecond, .most = 100};

StoreAnswer granted(std::uint64_t units, std::uint64_t remaining = 50) {
    return {.decision = {.remaining = remaining, .resets_after = 10 * kSecond}, .taken = units};
}

StoreAnswer refused(Nanos retry_after) {
    return {
        .decision =
            {.allowed = false,
             .remaining = 0,
             .retry_after = retry_after,
             .resets_after = 10 * kSecond}
    };
}

/// What has become of those who asked, in the order in which they were told.
struct Asked {
    Leases leases{1'024};
    std::vector<std::optional<Decision>> told;

    Leases::Step ask(std::uint64_t cost, Nanos now, Leases::Id key = kKey) {
        Leases::Done done = [this](std::optional<Leases::Taken> taken) {
            told.push_back(taken ? std::optional(taken->decision) : std::nullopt);
        };
        Leases::Step step = leases.take_or_wait(key, kTerms, cost, now, done);
        if (step.taken) {
            told.push_back(step.taken->decision);
        }
        return step;
    }
    std::uint64_t allowed() const {
        return static_cast<std::uint64_t>(std::ranges::count_if(told, [](const auto& decision) {
            return decision && decision->allowed;
        }));
    }
};

TEST(Leases, TakeNothingInAdvanceForAQuietKey) {
    Asked asked;
    for (Nanos now = kSecond; now < 100 * kSecond; now += 10 * kSecond) {
        const auto step = asked.ask(1, now);
        ASSERT_TRUE(step.fetch);
        EXPECT_EQ(step.fetch->want, 1U);
        EXPECT_FALSE(asked.leases.fetched(*step.fetch, granted(1), now));
    }
    EXPECT_EQ(asked.allowed(), 10U);
}

TEST(Leases, GrowWithTheDemandUpToTheRulesLimit) {
    Asked asked;
    std::vector<std::uint64_t> wants;
    for (Nanos now = kSecond; wants.size() < 6; now += 1'000'000) {
        if (const auto step = asked.ask(1, now); step.fetch) {
            wants.push_back(step.fetch->want);
            (void)asked.leases.fetched(*step.fetch, granted(step.fetch->want), now);
        }
    }
    EXPECT_EQ(wants, (std::vector<std::uint64_t>{1, 2, 3, 5, 9, 9}));
    EXPECT_EQ(asked.allowed(), asked.told.size());
}

TEST(Leases, ShrinkToWhatWasUsed) {
    Asked asked;
    Nanos now = kSecond;
    for (int fetches = 0; fetches < 6; now += 1'000'000) {
        if (const auto step = asked.ask(1, now); step.fetch) {
            (void)asked.leases.fetched(*step.fetch, granted(step.fetch->want), now);
            ++fetches;
        }
    }
    (void)asked.ask(1, now);  // two of eight
    (void)asked.ask(1, now);
    const auto step = asked.ask(1, now + 2 * kSecond);
    ASSERT_TRUE(step.fetch);
    EXPECT_EQ(step.fetch->want, 1U + 2U);
}

TEST(Leases, LetThoseWhoAskTogetherWaitForOneFetch) {
    Asked asked;
    const auto first = asked.ask(1, kSecond);
    ASSERT_TRUE(first.fetch);
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(asked.ask(2, kSecond).fetch);
    }
    EXPECT_TRUE(asked.told.empty());
    const auto second = asked.leases.fetched(*first.fetch, granted(1), kSecond);
    EXPECT_EQ(asked.allowed(), 1U);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->cost, 2U);
    EXPECT_EQ(second->want, 5U * 2U + 1U);
    EXPECT_FALSE(asked.leases.fetched(*second, granted(11), kSecond));
    EXPECT_EQ(asked.allowed(), 6U);
    EXPECT_TRUE(asked.ask(1, kSecond).taken) << "the one beyond what was waited for";
    EXPECT_FALSE(asked.ask(1, kSecond).taken);
}

TEST(Leases, ExpireFromWhenTheStoreWasAsked) {
    Asked asked;
    (void)asked.leases.fetched(*asked.ask(1, kSecond).fetch, granted(1), kSecond);
    const auto step = asked.ask(1, kSecond + 1);
    ASSERT_TRUE(step.fetch);
    (void)asked.leases.fetched(*step.fetch, granted(4), 2 * kSecond - 1'000);
    EXPECT_TRUE(asked.ask(1, 2 * kSecond).taken);
    EXPECT_FALSE(asked.ask(1, 2 * kSecond + 1).taken);
}

TEST(Leases, RefuseByThemselvesWhatTheStoreWouldRefuse) {
    Asked asked;
    const auto step = asked.ask(3, kSecond);
    (void)asked.leases.fetched(*step.fetch, refused(kSecond), kSecond + 500);
    const auto again = asked.ask(3, 2 * kSecond - 1);
    ASSERT_TRUE(again.taken);
    EXPECT_FALSE(again.taken->decision.allowed);
    EXPECT_EQ(again.taken->decision.retry_after, 1);
    EXPECT_TRUE(asked.ask(2, kSecond + 600).fetch) << "two may be there where three are not";
    EXPECT_EQ(asked.ask(101, kSecond).taken->decision.retry_after, kNever);
}

TEST(Leases, AskAgainWhenTheStoreMayAllow) {
    Asked asked;
    (void)asked.leases.fetched(*asked.ask(1, kSecond).fetch, refused(kSecond), kSecond);
    EXPECT_TRUE(asked.ask(1, 2 * kSecond).fetch);
}

TEST(Leases, TellEverybodyWhenTheStoreIsLost) {
    Asked asked;
    const auto step = asked.ask(1, kSecond);
    (void)asked.ask(1, kSecond);
    EXPECT_FALSE(asked.leases.fetched(*step.fetch, std::nullopt, kSecond));
    ASSERT_EQ(asked.told.size(), 2U);
    EXPECT_FALSE(asked.told[0]);
    EXPECT_FALSE(asked.told[1]);
}

TEST(Leases, TakeBackWhatIsNotUsedAndNotMore) {
    Asked asked;
    (void)asked.leases.fetched(*asked.ask(1, kSecond).fetch, granted(1), kSecond);
    (void)asked.leases.fetched(*asked.ask(1, kSecond).fetch, granted(3), kSecond);
    const auto taken = asked.leases.take(kKey, kTerms, 2, kSecond);
    ASSERT_TRUE(taken);
    EXPECT_FALSE(asked.leases.take(kKey, kTerms, 1, kSecond));
    asked.leases.give_back(kKey, kTerms, *taken, 2, kSecond);
    EXPECT_TRUE(asked.leases.take(kKey, kTerms, 2, kSecond));
    // Of a lease that is over, nothing comes back.
    (void)asked.leases.fetched(*asked.ask(1, kSecond).fetch, granted(1), kSecond);
    asked.leases.give_back(kKey, kTerms, *taken, 2, kSecond);
    EXPECT_FALSE(asked.leases.take(kKey, kTerms, 1, kSecond));
}

TEST(Leases, HoldNoMoreThanTheRulesLeaseHoweverMuchWasWaitedFor) {
    Asked asked;
    (void)asked.leases.fetched(*asked.ask(1, kSecond).fetch, granted(1), kSecond);
    const auto first = asked.ask(1, kSecond);
    (void)asked.ask(50, kSecond);
    // Half of what was left: not enough for the second, who then hears that the store is lost.
    const auto second = asked.leases.fetched(*first.fetch, granted(31), kSecond);
    ASSERT_TRUE(second);
    (void)asked.leases.fetched(*second, std::nullopt, kSecond);
    EXPECT_TRUE(asked.leases.take(kKey, kTerms, kTerms.units_max, kSecond));
    EXPECT_FALSE(asked.leases.take(kKey, kTerms, 1, kSecond));
}

TEST(Leases, DoNotLiveOnWithThoseThatComeLater) {
    Asked asked;
    (void)asked.leases.fetched(*asked.ask(1, kSecond).fetch, granted(1), kSecond);
    (void)asked.leases.fetched(*asked.ask(1, kSecond).fetch, granted(4), kSecond);
    const auto taken = asked.leases.take(kKey, kTerms, 2, kSecond);
    ASSERT_TRUE(taken);
    const auto step = asked.ask(2, kSecond + 1);  // one is left
    ASSERT_TRUE(step.fetch);
    asked.leases.give_back(kKey, kTerms, *taken, 2, kSecond + 1);
    (void)asked.leases.fetched(*step.fetch, granted(3), kSecond + 1);
    EXPECT_TRUE(asked.leases.take(kKey, kTerms, 3, kSecond + 1));
    EXPECT_FALSE(asked.leases.take(kKey, kTerms, 1, kSecond + 1));
}

TEST(Leases, HoldNoMoreKeysThanTheyMay) {
    Asked asked;
    std::size_t alone = 0;
    for (Leases::Id key = 1; key <= 10'000; ++key) {
        const auto step = asked.ask(1, kSecond, key);
        alone += step.is_alone ? 1 : 0;
        if (step.fetch) {
            (void)asked.leases.fetched(*step.fetch, granted(1), kSecond);
        }
    }
    EXPECT_EQ(alone, 10'000U - 1'024U);
    EXPECT_TRUE(asked.ask(1, 3 * kSecond, 20'000).fetch) << "those that have expired make room";
}

/// Four nodes, one store; messages that take their time or are lost, and nodes that die with what
/// they hold. Time is simulated.
class Cluster {
public:
    explicit Cluster(std::uint64_t seed) : random_(seed) {}

    void run(Nanos until) {
        for (now_ = kSecond; now_ < until; now_ += static_cast<Nanos>(random_.below(2'000'000))) {
            deliver();
            const std::size_t node = random_.below(kNodes);
            if (random_.chance(0.0005)) {
                nodes_[node] = std::make_unique<Leases>(64);  // died, and was started again
                std::erase_if(messages_, [&](const auto& m) { return m.node == node; });
            }
            ask(node, random_.chance(0.2) ? 1 + random_.below(25) : 1);
        }
    }

    /// The most that was admitted in any period.
    std::uint64_t worst() const {
        std::uint64_t most = 0;
        std::uint64_t sum = 0;
        auto oldest = admitted_.begin();
        for (const auto& [at, cost] : admitted_) {
            sum += cost;
            while (oldest->first <= at - kQuota.period) {
                sum -= (oldest++)->second;
            }
            most = std::max(most, sum);
        }
        return most;
    }

    static constexpr std::size_t kNodes = 4;
    static constexpr Quota kQuota{.amount = 100, .period = kSecond};
    static constexpr Leases::Terms kClusterTerms{
        .units_max = 6,
        .valid_for = 300'000'000,
        .most = kQuota.amount
    };

private:
    struct Message {
        Nanos at;
        std::size_t node;
        Leases::Fetch fetch;
        bool is_lost;
    };

    void ask(std::size_t node, std::uint64_t cost) {
        Leases::Done done = [this, cost](const std::optional<Leases::Taken>& taken) {
            admit(taken, cost);
        };
        const auto step = nodes_[node]->take_or_wait(kKey, kClusterTerms, cost, now_, done);
        admit(step.taken, cost);
        send(node, step.fetch);
    }
    void admit(const std::optional<Leases::Taken>& taken, std::uint64_t cost) {
        if (taken && taken->decision.allowed) {
            admitted_.emplace_back(now_, cost);
        }
    }
    void send(std::size_t node, const std::optional<Leases::Fetch>& fetch) {
        if (fetch) {
            const auto delay =
                static_cast<Nanos>(random_.below(random_.chance(0.1) ? 400'000'000 : 2'000'000));
            messages_.push_back({now_ + delay, node, *fetch, random_.chance(0.05)});
        }
    }
    void deliver() {
        for (;;) {
            const auto due = std::ranges::min_element(messages_, {}, &Message::at);
            if (due == messages_.end() || due->at > now_) {
                return;
            }
            const Message message = *due;
            messages_.erase(due);
            // Of what is lost, the store may have heard.
            std::optional<StoreAnswer> answer;
            if (!message.is_lost || random_.chance(0.5)) {
                answer = decide(message.fetch);
            }
            if (message.is_lost) {
                answer.reset();
            }
            send(message.node, nodes_[message.node]->fetched(message.fetch, answer, now_));
        }
    }
    StoreAnswer decide(const Leases::Fetch& fetch) {
        Decision decision = log_.look(state_, now_, fetch.cost);
        std::uint64_t taken = 0;
        if (decision.allowed) {
            taken = fetch.cost + std::min(fetch.want - fetch.cost, decision.remaining / 2);
            decision = log_.look(state_, now_, taken);
            log_.charge(state_, now_, taken);
        }
        return {.decision = decision, .taken = taken};
    }

    Random random_;
    SlidingLog log_ = *SlidingLog::make(kQuota);
    SlidingLog::State state_;
    std::array<std::unique_ptr<Leases>, kNodes> nodes_{
        std::make_unique<Leases>(64),
        std::make_unique<Leases>(64),
        std::make_unique<Leases>(64),
        std::make_unique<Leases>(64)
    };
    std::vector<Message> messages_;
    std::vector<std::pair<Nanos, std::uint64_t>> admitted_;
    Nanos now_ = 0;
};

TEST(Leases, AdmitAtMostTheLimitAndWhatIsOutstandingWhateverFails) {
    constexpr std::uint64_t kMost =
        Cluster::kQuota.amount + Cluster::kNodes * Cluster::kClusterTerms.units_max;
    std::uint64_t worst = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Cluster cluster(seed);
        cluster.run(20 * kSecond);
        ASSERT_LE(cluster.worst(), kMost);
        worst = std::max(worst, cluster.worst());
    }
    EXPECT_GT(worst, Cluster::kQuota.amount) << "the schedule does not try hard enough";
}

}  // namespace
}  // namespace rookery::limits
