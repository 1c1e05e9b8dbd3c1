#include "app/config.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace rookery::app {
namespace {

using api::mastodon::RatePolicy;

class RateRulesFile : public testing::Test {
protected:
    std::string problem_of(std::string_view toml) {
        config_ = Config();
        const auto read = read_options(toml, "x.toml", options_of(config_));
        return read ? "" : read.error().message;
    }
    RatePolicy policy(std::string_view name) const {
        const auto all = rate_policies(config_.rate_limits);
        const auto found = std::ranges::find(all, name, [](const RatePolicy& one) {
            return std::string_view(one.rule.name);
        });
        return found == all.end() ? RatePolicy{} : *found;
    }

    Config config_;
};

TEST_F(RateRulesFile, SaysNothingAndTheBuiltInOnesHold) {
    const auto built_in = api::mastodon::default_rate_policies();
    const auto all = rate_policies(config_.rate_limits);
    ASSERT_EQ(all.size(), built_in.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i].rule.name, built_in[i].rule.name);
        EXPECT_EQ(all[i].rule.algorithm, built_in[i].rule.algorithm);
        EXPECT_EQ(all[i].rule.quota.amount, built_in[i].rule.quota.amount);
        EXPECT_EQ(all[i].rule.quota.period, built_in[i].rule.quota.period);
        EXPECT_EQ(all[i].rule.quota.burst, built_in[i].rule.quota.burst);
        EXPECT_EQ(all[i].groups, built_in[i].groups);
        EXPECT_EQ(all[i].per, built_in[i].per);
    }
}

TEST_F(RateRulesFile, ChangesOfABuiltInRuleWhatItNames) {
    EXPECT_EQ(problem_of("[[rate_limits.rule]]\nname = \"posts\"\namount = 7\nshadow = true"), "");
    EXPECT_EQ(policy("posts").rule.quota.amount, 7U);
    EXPECT_EQ(policy("posts").rule.quota.burst, 7U);
    EXPECT_EQ(policy("posts").rule.quota.period, 10'800 * limits::kSecond);
    EXPECT_TRUE(policy("posts").rule.shadow);
}

TEST_F(RateRulesFile, AddsAndTakesAway) {
    EXPECT_EQ(
        problem_of("[[rate_limits.rule]]\n"
                   "name = \"pokes\"\nroutes = [\"follows\", \"writes\"]\n"
                   "per = [\"target\", \"account\"]\nalgorithm = \"sliding-log\"\n"
                   "amount = 5\nperiod_ms = 1500\n"
                   "[[rate_limits.rule]]\nname = \"media\"\nenabled = false"),
        ""
    );
    EXPECT_EQ(policy("pokes").rule.algorithm, limits::Algorithm::kSlidingLog);
    EXPECT_EQ(policy("pokes").rule.quota.period, 1'500'000'000);
    EXPECT_EQ(
        api::mastodon::names_of(policy("pokes").per),
        (std::vector<std::string>{"account", "target"})
    );
    EXPECT_EQ(
        api::mastodon::names_of(policy("pokes").groups),
        (std::vector<std::string>{"writes", "follows"})
    );
    EXPECT_EQ(policy("media").rule.name, "");
}

TEST_F(RateRulesFile, WithoutLimitsThereIsNone) {
    EXPECT_EQ(problem_of("[rate_limits]\nenabled = false"), "");
    EXPECT_TRUE(rate_policies(config_.rate_limits).empty());
}

TEST_F(RateRulesFile, SaysWhatIsWrongAndWhere) {
    EXPECT_EQ(
        problem_of("[[rate_limits.rule]]\namount = 1"),
        "x.toml:1: rate_limits.rule must have a name: name = \"…\""
    );
    EXPECT_EQ(
        problem_of("[[rate_limits.rule]]\nname = \"a\"\namuont = 1"),
        "x.toml:3: unknown key: rate_limits.rule.amuont"
    );
    EXPECT_EQ(
        problem_of("[[rate_limits.rule]]\nname = \"a\"\namount = 0"),
        "x.toml:3: rate_limits.rule.amount must be between 1 and 1000000000, not 0"
    );
    EXPECT_TRUE(
        problem_of("[[rate_limits.rule]]\nname = \"a\"\nalgorithm = \"leaky\"")
            .starts_with("x.toml:3: rate_limits.rule.algorithm must be one of token-bucket, ")
    );
    EXPECT_TRUE(
        problem_of("[[rate_limits.rule]]\nname = \"a\"\nroutes = [\"post\"]")
            .starts_with("x.toml:1: rate_limits.rule.routes of \"a\": \"post\" is none of all")
    );
    EXPECT_EQ(
        problem_of("[[rate_limits.rule]]\nname = \"a\"\nper = [\"ip\"]"),
        "x.toml:1: rate_limits.rule.per of \"a\": \"ip\" is none of account, token, address, target"
    );
    EXPECT_TRUE(problem_of("[[rate_limits.rule]]\nname = \"A b\"").starts_with("x.toml:1: rate_"));
    EXPECT_EQ(
        problem_of("[rate_limits]\nrule = 3"),
        "x.toml:2: rate_limits.rule must be tables: [[rate_limits.rule]]"
    );
}

}  // namespace
}  // namespace rookery::app
