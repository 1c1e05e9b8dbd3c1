#include "api/mastodon/throttles.h"

#include "kit/manual_clock.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace rookery::api::mastodon {
namespace {

RatePolicy policy(std::string name, std::uint64_t amount, std::vector<std::string> per) {
    RatePolicy made;
    made.rule.name = std::move(name);
    made.rule.quota = {.amount = amount, .period = 60 * limits::kSecond, .burst = amount};
    made.groups = *rate_groups_of(std::vector<std::string>{"all"});
    made.per = *rate_keys_of(per);
    return made;
}

class Limits : public testing::Test {
protected:
    void enforce(std::vector<RatePolicy> policies) {
        throttles_.emplace(
            std::move(policies),
            clock_,
            limits::KeyHasher(limits::KeyHasher::random_secret()),
            nullptr
        );
    }
    bool allows(const Asker& asker) { return throttles_->take_at_once(asker)->allowed; }

    kit::ManualClock clock_;
    std::optional<Throttles> throttles_;
};

constexpr AccountId kBob{7};
constexpr AccountId kAlice{8};

TEST_F(Limits, OneWithManyTokensIsOneAccount) {
    enforce({policy("r", 2, {"account"})});
    EXPECT_TRUE(allows({.account = kBob, .token = TokenId{1}, .address = "192.0.2.1"}));
    EXPECT_TRUE(allows({.account = kBob, .token = TokenId{2}, .address = "192.0.2.2"}));
    EXPECT_FALSE(allows({.account = kBob, .token = TokenId{3}, .address = "192.0.2.3"}));
    EXPECT_TRUE(allows({.account = kAlice, .token = TokenId{4}, .address = "192.0.2.1"}));
}

TEST_F(Limits, EachTokenCanBeCountedByItself) {
    enforce({policy("r", 1, {"token"})});
    EXPECT_TRUE(allows({.account = kBob, .token = TokenId{1}, .address = "192.0.2.1"}));
    EXPECT_TRUE(allows({.account = kBob, .token = TokenId{2}, .address = "192.0.2.1"}));
    EXPECT_FALSE(allows({.account = kBob, .token = TokenId{1}, .address = "192.0.2.1"}));
}

TEST_F(Limits, TokensOfNobodyAreTheirAddress) {
    enforce({policy("r", 1, {"token"}), policy("s", 1, {"account"})});
    EXPECT_TRUE(allows({.token = TokenId{1}, .address = "192.0.2.1"}));
    EXPECT_FALSE(allows({.token = TokenId{2}, .address = "192.0.2.1"}))
        << "an app makes itself as many as it likes";
    EXPECT_FALSE(allows({.address = "192.0.2.1"}));
    EXPECT_TRUE(allows({.address = "192.0.2.2"}));
}

TEST_F(Limits, AnAddressIsOneHoweverItIsWritten) {
    enforce({policy("r", 1, {"address"})});
    EXPECT_TRUE(allows({.address = "192.0.2.1"}));
    EXPECT_FALSE(allows({.address = "::ffff:192.0.2.1"}));
    EXPECT_FALSE(allows({.address = "::FFFF:C000:0201"}));
    EXPECT_TRUE(allows({.address = "2001:db8:1:2::1"}));
    EXPECT_FALSE(allows({.address = "2001:DB8:1:2:ffff::9"})) << "of the same /64";
    EXPECT_TRUE(allows({.address = "2001:db8:1:3::1"}));
}

TEST_F(Limits, CombinationsCountByThemselves) {
    enforce({policy("r", 1, {"account", "target"})});
    EXPECT_TRUE(allows({.account = kBob, .target = "1"}));
    EXPECT_TRUE(allows({.account = kBob, .target = "2"}));
    EXPECT_TRUE(allows({.account = kAlice, .target = "1"}));
    EXPECT_FALSE(allows({.account = kBob, .target = "1"}));
}

TEST_F(Limits, WithoutAKeyAllAreCountedTogether) {
    enforce({policy("r", 1, {})});
    EXPECT_TRUE(allows({.account = kBob}));
    EXPECT_FALSE(allows({.account = kAlice}));
}

TEST_F(Limits, AreAboutTheRequestsThatTheyName) {
    const auto about = [](std::vector<std::string> groups) {
        RatePolicy made = policy("r", 1, {"account"});
        made.groups = *rate_groups_of(groups);
        return made;
    };
    EXPECT_TRUE(about({"all"}).covers(RateClass::kSearch, false));
    EXPECT_FALSE(about({"all"}).covers(RateClass::kSignIn, true)) << "its request is counted";
    EXPECT_TRUE(about({"sign-ins"}).covers(RateClass::kSignIn, true));
    EXPECT_TRUE(about({"writes"}).covers(RateClass::kGeneral, true));
    EXPECT_FALSE(about({"writes"}).covers(RateClass::kGeneral, false));
    EXPECT_TRUE(about({"reads", "posts"}).covers(RateClass::kPosting, true));
    EXPECT_FALSE(about({"reads", "posts"}).covers(RateClass::kDeleting, true));
    EXPECT_FALSE(about({"posts"}).covers(RateClass::kGeneral, true));
    const auto unknown = rate_groups_of(std::vector<std::string>{"postings"});
    ASSERT_FALSE(unknown);
    EXPECT_TRUE(unknown.error().message.starts_with("\"postings\" is none of all, reads"));
}

TEST_F(Limits, AreReplacedWithoutAReset) {
    enforce({policy("r", 2, {"account"})});
    EXPECT_TRUE(allows({.account = kBob}));
    ASSERT_TRUE(throttles_->replace({policy("r", 3, {"account"})}));
    EXPECT_TRUE(allows({.account = kBob}));
    EXPECT_TRUE(allows({.account = kBob}));
    EXPECT_FALSE(allows({.account = kBob}));
    const auto impossible = throttles_->replace({policy("r", 0, {"account"})});
    ASSERT_FALSE(impossible);
    EXPECT_FALSE(allows({.account = kBob})) << "and the others stay in force";
    ASSERT_TRUE(throttles_->replace({}));
    EXPECT_TRUE(allows({.account = kBob}));
}

TEST_F(Limits, AQueueHoldsBackWhatComesTooFast) {
    RatePolicy queue = policy("q", 60, {"account"});
    queue.rule.algorithm = limits::Algorithm::kLeakingQueue;
    queue.rule.quota.burst = 2;
    enforce({queue});
    EXPECT_EQ(throttles_->take_at_once({.account = kBob})->wait, 0);
    EXPECT_EQ(throttles_->take_at_once({.account = kBob})->wait, limits::kSecond);
    EXPECT_FALSE(allows({.account = kBob}));
}

TEST_F(Limits, TheBuiltInOnesArePossible) {
    enforce(default_rate_policies());
    EXPECT_TRUE(allows({.rate = RateClass::kPosting, .writes = true, .account = kBob}));
}

}  // namespace
}  // namespace rookery::api::mastodon
