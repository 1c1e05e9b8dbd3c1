// The program in the store decides as the algorithms in limits/ do, at moments of whole
// microseconds and with times rounded up to them. ROOKERY_LIMITS_STORE_DECISIONS says how many
// decisions; ROOKERY_LIMITS_SEED repeats a run.

#include "base/random.h"
#include "limit_store.h"
#include "limits/fixed_window.h"
#include "limits/gcra.h"
#include "limits/leaking_meter.h"
#include "limits/leaking_queue.h"
#include "limits/shared/decide_script.h"
#include "limits/shared/shared_rule.h"
#include "limits/shared/store_connection.h"
#include "limits/sliding_counter.h"
#include "limits/sliding_log.h"
#include "limits/subwindow_counter.h"
#include "limits/token_bucket.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>

namespace rookery::limits {
namespace {

constexpr Nanos kMicro = 1'000;
constexpr std::size_t kPipelined = 64;
/// Later moments would leave no room for the longest periods.
constexpr Nanos kLatest = 3'000'000'000 * kSecond;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// One key of an algorithm, in this process.
class Model {
public:
    virtual ~Model() = default;
    [[nodiscard]] virtual Decision look(Nanos now, std::uint64_t cost) const = 0;
    virtual void charge(Nanos now, std::uint64_t cost) = 0;
};

template <class Tested>
class ModelOf final : public Model {
public:
    explicit ModelOf(Tested algorithm) : algorithm_(algorithm) {}
    [[nodiscard]] Decision look(Nanos now, std::uint64_t cost) const override {
        return algorithm_.look(state_, now, cost);
    }
    void charge(Nanos now, std::uint64_t cost) override { algorithm_.charge(state_, now, cost); }

private:
    Tested algorithm_;
    typename Tested::State state_{};
};

template <class Tested>
std::unique_ptr<Model> make(const Quota& quota) {
    auto algorithm = Tested::make(quota);
    return algorithm ? std::make_unique<ModelOf<Tested>>(*algorithm) : nullptr;
}

/// Null if the algorithm cannot have the quota.
std::unique_ptr<Model> model_of(const Rule& rule) {
    switch (rule.algorithm) {
        case Algorithm::kTokenBucket:
            return make<TokenBucket>(rule.quota);
        case Algorithm::kLeakingMeter:
            return make<LeakingMeter>(rule.quota);
        case Algorithm::kLeakingQueue:
            return make<LeakingQueue>(rule.quota);
        case Algorithm::kGcra:
            return make<Gcra>(rule.quota);
        case Algorithm::kFixedWindow:
            return make<FixedWindow>(rule.quota);
        case Algorithm::kSlidingLog:
            return make<SlidingLog>(rule.quota);
        case Algorithm::kSlidingCounter:
            return make<SlidingCounter>(rule.quota);
        case Algorithm::kSubwindowCounter:
            return make<SubwindowCounter>(rule.quota);
    }
    return nullptr;
}

/// Small and awkward, as in everyday use, or at the edge of what can be counted.
Rule random_rule(Random& random, Algorithm algorithm) {
    for (;;) {
        const std::uint64_t kind = random.below(4);
        const std::uint64_t most = kind == 3 ? std::uint64_t{1} << random.below(33) : 12;
        const std::array<std::uint64_t, 4> periods{
            1'000, 1'000'000'007, 300'000'000, 1 + (std::uint64_t{1} << random.below(50))
        };
        Rule rule{
            .name = "r",
            .algorithm = algorithm,
            .quota =
                {.amount = 1 + random.below(most),
                 .period = static_cast<Nanos>(1 + random.below(periods[kind])) * kMicro,
                 .burst = 1 + random.below(most)},
            .shadow = random.below(8) == 0,
            .reach = Reach::kShared,
        };
        if (check_shared(rule)) {
            return rule;
        }
    }
}

Nanos rounded_up(Nanos nanos) {
    return nanos == kNever ? kNever : (nanos + kMicro - 1) / kMicro * kMicro;
}

struct Key {
    Rule rule;
    std::string name;
    std::unique_ptr<Model> model;
};

/// One group, as it goes to the store, and what must come back.
struct Play {
    std::vector<std::string> words;
    std::vector<StoreAnswer> expected;
    std::string what;
};

class Script : public testing::Test {
protected:
    void SetUp() override {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        auto connection = StoreConnection::open({.path = store_.socket()}, deadline, -1);
        ASSERT_TRUE(connection) << connection.error().message;
        connection_.emplace(std::move(*connection));
        const auto id =
            connection_->call({"SCRIPT", "LOAD", std::string(decide_script())}, deadline);
        ASSERT_TRUE(id) << id.error().message;
        script_ = text_of(**id);
    }

    [[nodiscard]] std::vector<std::string>
    words(std::span<const StoreAsk> group, bool charges, const std::string& moment) const {
        std::vector<std::string> words{"EVALSHA", script_, std::to_string(group.size())};
        for (const StoreAsk& ask : group) {
            words.push_back(ask.key);
        }
        words.push_back(moment);
        encode(group, charges, words);
        return words;
    }

    /// A random group at `now`, decided by the models.
    [[nodiscard]] Play play(Random& random, std::vector<Key>& keys, Nanos now) const {
        std::vector<StoreAsk> group;
        std::vector<Key*> asked;
        const std::size_t first = random.below(keys.size());
        const std::size_t count = 1 + random.below(std::min<std::size_t>(3, keys.size()));
        const bool repeats = random.below(6) == 0;
        for (std::size_t i = 0; i < count; ++i) {
            Key& key = keys[repeats ? first : (first + i) % keys.size()];
            asked.push_back(&key);
            group.push_back(random_ask(random, key));
            group.back().want = repeats ? 0 : group.back().want;
        }
        const bool charges = random.below(10) != 0;
        Play play{.words = words(group, charges, std::to_string(now / kMicro))};
        bool all = charges;
        std::uint64_t before = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const Decision decision = asked[i]->model->look(now, before + group[i].cost);
            before += repeats ? group[i].cost : 0;
            play.expected.push_back({.decision = decision});
            all = all && (decision.allowed || group[i].shadow);
        }
        for (std::size_t i = 0; i < count; ++i) {
            StoreAnswer& answer = play.expected[i];
            if (all && answer.decision.allowed && group[i].cost != 0) {
                const std::uint64_t beyond = std::max(group[i].want, group[i].cost) - group[i].cost;
                answer.taken = group[i].cost + std::min(beyond, answer.decision.remaining / 2);
                if (answer.taken != group[i].cost) {
                    answer.decision = asked[i]->model->look(now, answer.taken);
                }
                asked[i]->model->charge(now, answer.taken);
            }
            play.what += describe(*asked[i], group[i]);
        }
        play.what += ", at " + std::to_string(now / kMicro);
        return play;
    }

    /// Sends them all and compares.
    void compare(const std::vector<Play>& plays) {
        for (const Play& play : plays) {
            connection_->send(play.words);
        }
        for (const Play& play : plays) {
            const auto reply = next();
            ASSERT_NE(reply, nullptr);
            ASSERT_EQ(reply->type, REDIS_REPLY_STRING) << text_of(*reply) << play.what;
            const auto answers = decode(text_of(*reply), play.expected.size());
            ASSERT_TRUE(answers);
            for (std::size_t i = 0; i < answers->size(); ++i) {
                SCOPED_TRACE(std::to_string(i) + play.what);
                const StoreAnswer& is = (*answers)[i];
                const StoreAnswer& must = play.expected[i];
                ASSERT_EQ(is.decision.allowed, must.decision.allowed);
                ASSERT_EQ(is.taken, must.taken);
                ASSERT_EQ(is.decision.remaining, must.decision.remaining);
                ASSERT_EQ(is.decision.wait, rounded_up(must.decision.wait));
                ASSERT_EQ(is.decision.retry_after, rounded_up(must.decision.retry_after));
                ASSERT_EQ(is.decision.resets_after, rounded_up(must.decision.resets_after));
            }
        }
    }

    /// One ask by the store's clock.
    [[nodiscard]] Decision ask_now(const StoreAsk& ask) {
        connection_->send(words(std::span(&ask, 1), true, ""));
        const auto reply = next();
        const auto answers = decode(reply == nullptr ? "" : text_of(*reply), 1);
        if (!answers) {
            throw std::runtime_error("the store says " + std::string(text_of(*reply)));
        }
        return answers->front().decision;
    }

    StoreReply next() {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (std::chrono::steady_clock::now() < deadline) {
            auto reply = connection_->next();
            if (!reply || *reply != nullptr) {
                return reply ? std::move(*reply) : nullptr;
            }
            pollfd readable{.fd = connection_->descriptor(), .events = POLLIN};
            EXPECT_TRUE(connection_->write());
            ::poll(&readable, 1, 1);
            EXPECT_TRUE(connection_->read());
        }
        return nullptr;
    }

    LimitStore store_;
    std::optional<StoreConnection> connection_;
    std::string script_;

private:
    static StoreAsk random_ask(Random& random, const Key& key) {
        const std::uint64_t most = capacity(key.rule);
        std::uint64_t cost = 1;
        switch (random.below(6)) {
            case 0:
                cost = random.below(most + 3);
                break;
            case 1:
                cost = most / (1 + random.below(8));
                break;
            default:
                break;
        }
        return {
            .key = key.name,
            .rule = store_rule(key.rule),
            .cost = cost,
            .want = random.below(5) == 0 ? cost + random.below(most) : 0,
            .shadow = key.rule.shadow,
        };
    }

    static std::string describe(const Key& key, const StoreAsk& ask) {
        return "; algorithm " + std::to_string(static_cast<int>(key.rule.algorithm)) + ", amount " +
               std::to_string(key.rule.quota.amount) + ", period " +
               std::to_string(key.rule.quota.period) + ", burst " +
               std::to_string(key.rule.quota.burst) + ", cost " + std::to_string(ask.cost) +
               ", want " + std::to_string(ask.want);
    }
};

/// Where a limiter may err: edges of periods, the moment before and of what it promised, the past.
Nanos random_step(Random& random, Nanos now, Nanos period, Nanos promised) {
    const auto below = [&](Nanos nanos) {
        return static_cast<Nanos>(random.below(static_cast<std::uint64_t>(nanos / kMicro) + 1)) *
               kMicro;
    };
    switch (random.below(10)) {
        case 0:
        case 1:
            return 0;
        case 2:
            return kMicro;
        case 3:
            return below(period);
        case 4:
            return below(period / 8);
        case 5:
            return promised;
        case 6:
            return std::max<Nanos>(0, promised - kMicro);
        case 7:
            return period - now % period;
        case 8:
            return below(3 * period / 29);
        default:
            return random.below(4) == 0 ? -std::min(now, below(period / 2 * 3))
                                        : period * static_cast<Nanos>(random.below(3));
    }
}

TEST_F(Script, DecidesAsTheAlgorithmsOfThisProcess) {
    const std::uint64_t seed = from_environment("ROOKERY_LIMITS_SEED", std::random_device()());
    std::uint64_t left = from_environment("ROOKERY_LIMITS_STORE_DECISIONS", 60'000);
    SCOPED_TRACE("ROOKERY_LIMITS_SEED=" + std::to_string(seed));
    Random random(seed);
    for (std::uint64_t world = 0; left > 0 && !HasFatalFailure(); ++world) {
        std::vector<Key> keys;
        for (std::size_t i = 0; i < 3; ++i) {
            const Algorithm algorithm = kAlgorithms[(world + i) % kAlgorithms.size()];
            Key key{.rule = random_rule(random, algorithm)};
            key.name = std::to_string(world) + ":" + std::to_string(i);
            key.model = model_of(key.rule);
            ASSERT_NE(key.model, nullptr) << "the store takes what this process does not";
            keys.push_back(std::move(key));
        }
        // Around today, with room for the longest periods before and after.
        Nanos now =
            static_cast<Nanos>(1'700'000'000'000'000 + random.below(200'000'000'000'000)) * kMicro;
        Nanos promised = 0;
        for (int round = 0; round < 3 && !HasFatalFailure(); ++round) {
            std::vector<Play> plays;
            for (std::size_t i = 0; i < kPipelined; ++i) {
                const Nanos period = keys[random.below(keys.size())].rule.quota.period;
                const Nanos step = random_step(random, now, period, promised);
                now += step > kLatest - now ? 0 : step;
                plays.push_back(play(random, keys, now));
                const Decision& said = plays.back().expected.front().decision;
                promised = rounded_up(said.allowed ? said.resets_after : said.retry_after);
                promised = promised == kNever ? 0 : promised;
            }
            compare(plays);
            left -= std::min<std::uint64_t>(left, plays.size());
        }
        ASSERT_EQ(store_.call({"FLUSHDB"}), "OK");
    }
}

TEST_F(Script, KeepsALongLogAsTheAlgorithmDoes) {
    Random random(from_environment("ROOKERY_LIMITS_SEED", std::random_device()()));
    std::vector<Key> keys;
    Key key{
        .rule =
            {.algorithm = Algorithm::kSlidingLog,
             .quota = {.amount = 700, .period = kSecond},
             .reach = Reach::kShared}
    };
    key.name = "log";
    key.model = model_of(key.rule);
    keys.push_back(std::move(key));
    Nanos now = 1'764'000'000 * kSecond;
    for (int round = 0; round < 60 && !HasFatalFailure(); ++round) {
        std::vector<Play> plays;
        for (std::size_t i = 0; i < 100; ++i) {
            now += static_cast<Nanos>(random.below(2'000)) * kMicro;
            plays.push_back(play(random, keys, now));
        }
        compare(plays);
    }
}

TEST_F(Script, GoesOnWithWhatWasCountedWhenALimitIsLowered) {
    for (const Algorithm algorithm : kAlgorithms) {
        Rule rule{
            .name = "r",
            .algorithm = algorithm,
            .quota = {.amount = 10, .period = 300 * kSecond, .burst = 10},
            .reach = Reach::kShared
        };
        StoreAsk ask{
            .key = std::to_string(static_cast<int>(algorithm)), .rule = store_rule(rule), .cost = 8
        };
        EXPECT_TRUE(ask_now(ask).allowed);
        (has_burst(algorithm) ? rule.quota.burst : rule.quota.amount) = 4;
        ask.rule = store_rule(rule);
        ask.cost = 1;
        const Decision lowered = ask_now(ask);
        EXPECT_FALSE(lowered.allowed) << ask.key;
        EXPECT_EQ(lowered.remaining, 0U) << ask.key;
        EXPECT_GT(lowered.retry_after, 0) << ask.key;
        ask.cost = 0;
        EXPECT_TRUE(ask_now(ask).allowed) << ask.key;
        EXPECT_EQ(ask_now(ask).remaining, 0U) << ask.key;
    }
}

TEST_F(Script, LetsWhatIsAsGoodAsNewExpireAndNotSooner) {
    for (const Algorithm algorithm : kAlgorithms) {
        const Rule rule{
            .name = "r",
            .algorithm = algorithm,
            .quota = {.amount = 10, .period = 300 * kSecond, .burst = 10},
            .reach = Reach::kShared
        };
        const StoreAsk ask{
            .key = "key " + std::to_string(static_cast<int>(algorithm)),
            .rule = store_rule(rule),
            .cost = 3
        };
        for (int i = 0; i < 2; ++i) {
            const Decision decision = ask_now(ask);
            ASSERT_TRUE(decision.allowed);
            const long long left = std::stoll(store_.call({"PTTL", ask.key}));
            const Nanos resets = decision.resets_after;
            EXPECT_LE(left, resets / 1'000'000 + 2) << ask.key;
            EXPECT_GT(left, resets / 1'000'000 - 10'000) << ask.key;  // a slow machine's 10 s
        }
    }
}

TEST_F(Script, CountsInTheStoresTime) {
    const Rule rule{
        .name = "r", .quota = {.amount = 10, .period = 1'000'000 * kSecond}, .reach = Reach::kShared
    };
    const StoreAsk ask{.key = "key", .rule = store_rule(rule)};
    const Decision decision = ask_now(ask);
    const Nanos now =
        std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
    const Nanos ends = rule.quota.period - now % rule.quota.period;
    EXPECT_NEAR(
        static_cast<double>(decision.resets_after),
        static_cast<double>(ends),
        60.0 * static_cast<double>(kSecond)
    );
}

}  // namespace
}  // namespace rookery::limits
