#include "api/limiter/limiter.h"

#include "kit/manual_clock.h"
#include "kit/task_driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::api::limiter {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kLimits = R"(
domain: edge
descriptors:
  - key: address
    rate_limit: {unit: minute, requests_per_unit: 3}
  - key: address
    value: closed
    rate_limit: {unit: minute, requests_per_unit: 0}
  - key: user
    rate_limit: {name: wide, unit: minute, requests_per_unit: 5}
    descriptors:
      - key: path
        value: /api/*
        rate_limit: {unit: minute, requests_per_unit: 2, replaces: [{name: wide}]}
      - key: path
        value: /all/*
        share_threshold: true
        rate_limit: {unit: minute, requests_per_unit: 2}
  - key: partner
    rate_limit: {unlimited: true}
  - key: watched
    shadow_mode: true
    rate_limit: {unit: minute, requests_per_unit: 1}
)";

class LimiterTest : public testing::Test {
protected:
    LimiterTest() { read(kLimits); }

    static Configuration parse(std::string_view text) {
        const ConfigurationFile file{"limits.yaml", std::string(text)};
        auto parsed = Configuration::parse({&file, 1}, {});
        EXPECT_TRUE(parsed) << parsed.error().message;
        return std::move(*parsed);
    }

    void read(std::string_view text) {
        auto made = Limiter::make(
            parse(text), {.hasher = &hasher_, .timekeeper = &time_}, registry_, limits_
        );
        ASSERT_TRUE(made) << made.error().message;
        limiter_ = std::move(*made);
    }

    static Descriptor on(std::vector<Entry> entries) { return {std::move(entries), {}, {}}; }

    Result<Answer> try_ask(std::vector<Descriptor> descriptors, std::uint64_t hits = 1) {
        auto decided = limiter_->try_decide({"edge", std::move(descriptors), hits});
        EXPECT_TRUE(decided.has_value());
        return std::move(decided).value();
    }

    Answer ask(std::vector<Descriptor> descriptors, std::uint64_t hits = 1) {
        auto answer = try_ask(std::move(descriptors), hits);
        EXPECT_TRUE(answer) << answer.error().message;
        return std::move(*answer);
    }

    std::uint64_t remaining(std::vector<Entry> entries) {
        return ask({on(std::move(entries))}, 0).statuses.front().decision.remaining;
    }

    static std::vector<bool> codes(const Answer& answer) {
        std::vector<bool> codes;
        codes.reserve(answer.statuses.size());
        for (const Status& status : answer.statuses) {
            codes.push_back(status.allowed);
        }
        return codes;
    }

    kit::ManualClock clock_;
    limits::Timekeeper time_{clock_};
    limits::KeyHasher hasher_{limits::KeyHasher::random_secret()};
    metrics::Registry registry_;
    RequestLimits limits_;
    std::unique_ptr<Limiter> limiter_;
};

TEST_F(LimiterTest, AllowsSoManyAPeriod) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(ask({on({{"address", "a"}})}).allowed);
    }
    const Answer refused = ask({on({{"address", "a"}})});
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.retry_after(), 60 * limits::kSecond);
    EXPECT_TRUE(ask({on({{"address", "b"}})}).allowed);
    clock_.advance_ms(60'000);
    EXPECT_TRUE(ask({on({{"address", "a"}})}).allowed);
}

TEST_F(LimiterTest, SaysTheSameToThoseWhoMayWait) {
    const LimitRequest request{"edge", {on({{"address", "a"}})}, 2};
    const auto first = kit::run(limiter_->decide(request));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->statuses.front().decision.remaining, 1U);
    const auto second = kit::run(limiter_->decide(request));
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->allowed);
    EXPECT_EQ(kit::run(limiter_->decide({})).error().message, "a request needs a domain");
}

TEST_F(LimiterTest, ChargesAllDescriptorsOrNone) {
    const auto address = on({{"address", "a"}});
    const auto user = on({{"user", "u"}});
    EXPECT_TRUE(ask({address}, 3).allowed);
    const Answer both = ask({address, user});
    EXPECT_FALSE(both.allowed);
    EXPECT_THAT(codes(both), ElementsAre(false, true));
    EXPECT_EQ(both.foremost, 0U);
    EXPECT_EQ(both.statuses[1].decision.remaining, 5U);
    EXPECT_EQ(remaining({{"user", "u"}}), 5U);
}

TEST_F(LimiterTest, CountsKeysOfOneLimitApart) {
    EXPECT_TRUE(
        ask({on({{"address", "a"}}), on({{"address", "b"}}), on({{"address", "a"}})}).allowed
    );
    EXPECT_EQ(remaining({{"address", "a"}}), 1U);
    EXPECT_EQ(remaining({{"address", "b"}}), 2U);
    EXPECT_FALSE(ask({on({{"address", "a"}}), on({{"address", "a"}})}).allowed);
}

TEST_F(LimiterTest, DescriptorsHaveCostsOfTheirOwn) {
    Descriptor dear = on({{"address", "a"}});
    dear.hits = 3;
    EXPECT_TRUE(ask({dear, on({{"user", "u"}})}, 2).allowed);
    EXPECT_EQ(remaining({{"address", "a"}}), 0U);
    EXPECT_EQ(remaining({{"user", "u"}}), 3U);
}

TEST_F(LimiterTest, CostsThatAddUpToNothingAreRefused) {
    Descriptor endless = on({{"address", "a"}});
    endless.hits = UINT64_MAX;
    Descriptor one = on({{"address", "a"}});
    EXPECT_FALSE(ask({endless, one}).allowed);
    EXPECT_FALSE(ask({one, endless}).allowed);
    EXPECT_EQ(remaining({{"address", "a"}}), 3U);
}

TEST_F(LimiterTest, WhatIsClosedRefusesAndChargesNobody) {
    const Answer answer = ask({on({{"user", "u"}}), on({{"address", "closed"}})});
    EXPECT_FALSE(answer.allowed);
    EXPECT_THAT(codes(answer), ElementsAre(true, false));
    EXPECT_EQ(answer.retry_after(), limits::kNever);
    EXPECT_EQ(remaining({{"user", "u"}}), 5U);
}

TEST_F(LimiterTest, WhatIsUnlimitedOrUnknownIsAllowed) {
    const Answer answer = ask({on({{"partner", "p"}}), on({{"nothing", "n"}})});
    EXPECT_TRUE(answer.allowed);
    EXPECT_NE(answer.statuses[0].limit, nullptr);
    EXPECT_EQ(answer.statuses[1].limit, nullptr);
    EXPECT_EQ(answer.foremost, Answer::kNone);
    EXPECT_TRUE(header_fields(answer).empty());
    EXPECT_TRUE(limiter_->try_decide({"elsewhere", {on({{"address", "a"}})}, 9}).value()->allowed);
}

TEST_F(LimiterTest, WhatIsOnTrialNeverRefuses) {
    const auto watched = on({{"watched", "w"}});
    EXPECT_TRUE(ask({watched}).allowed);
    const Answer above = ask({watched, on({{"address", "a"}})});
    EXPECT_TRUE(above.allowed);
    EXPECT_TRUE(above.statuses[0].shadowed);
    EXPECT_EQ(remaining({{"address", "a"}}), 2U) << "the other limit is charged";
}

TEST_F(LimiterTest, ALimitThatIsReplacedIsNotAsked) {
    const auto wide = on({{"user", "u"}});
    const auto narrow = on({{"user", "u"}, {"path", "/api/x"}});
    EXPECT_TRUE(ask({wide, narrow}, 2).allowed);
    EXPECT_EQ(remaining({{"user", "u"}}), 5U);
    EXPECT_FALSE(ask({wide, narrow}).allowed);
}

TEST_F(LimiterTest, AWildcardCountsItsValuesApartUnlessToldOtherwise) {
    EXPECT_TRUE(ask({on({{"user", "u"}, {"path", "/api/a"}})}, 2).allowed);
    EXPECT_TRUE(ask({on({{"user", "u"}, {"path", "/api/b"}})}, 2).allowed);
    EXPECT_TRUE(ask({on({{"user", "u"}, {"path", "/all/a"}})}, 2).allowed);
    EXPECT_FALSE(ask({on({{"user", "u"}, {"path", "/all/b"}})}).allowed);
    EXPECT_TRUE(ask({on({{"user", "v"}, {"path", "/all/b"}})}).allowed);
}

TEST_F(LimiterTest, LimitsMayComeWithRequests) {
    Descriptor one = on({{"address", "a"}});
    one.limit = Override{1, Unit::kHour};
    EXPECT_TRUE(ask({one}).allowed);
    EXPECT_FALSE(ask({one}).allowed);
    Descriptor two = one;
    two.limit = Override{2, Unit::kHour};
    EXPECT_TRUE(ask({two}).allowed) << "another limit counts for itself";
    EXPECT_FALSE(ask({one}).allowed) << "and does not make others forget";
    EXPECT_EQ(remaining({{"address", "a"}}), 3U);
    Descriptor none = one;
    none.limit = Override{0, Unit::kHour};
    EXPECT_FALSE(ask({none}).allowed);
}

TEST_F(LimiterTest, TakesSoManyDifferentLimitsOfRequests) {
    limits_.overrides_max = 2;
    read(kLimits);
    Descriptor descriptor = on({{"address", "a"}});
    for (const std::uint32_t amount : {1U, 2U, 1U}) {
        descriptor.limit = Override{amount, Unit::kDay};
        EXPECT_TRUE(try_ask({descriptor}, 0));
    }
    descriptor.limit = Override{3, Unit::kDay};
    EXPECT_EQ(try_ask({descriptor}, 0).error().code, ErrorCode::kTooLarge);
}

TEST_F(LimiterTest, OtherLimitsForgetNothing) {
    Descriptor brought = on({{"address", "b"}});
    brought.limit = Override{1, Unit::kHour};
    EXPECT_TRUE(ask({on({{"address", "a"}})}, 2).allowed);
    EXPECT_TRUE(ask({brought}).allowed);
    std::string text(kLimits);
    text += "  - {key: more, rate_limit: {unit: day, requests_per_unit: 1}}\n";
    ASSERT_TRUE(limiter_->exchange(parse(text)));
    EXPECT_EQ(remaining({{"address", "a"}}), 1U);
    EXPECT_FALSE(ask({brought}).allowed);
    EXPECT_TRUE(ask({on({{"more", "m"}})}).allowed);
    EXPECT_THAT(
        limiter_->expose(), HasSubstr(R"({domain="edge",rule="edge,address",outcome="allowed"} 2)")
    );
}

TEST_F(LimiterTest, AnAnswerOutlivesItsLimits) {
    const Answer before = ask({on({{"address", "a"}})});
    ASSERT_TRUE(limiter_->exchange(parse("domain: other")));
    EXPECT_EQ(before.statuses.front().limit->path, "edge,address");
}

TEST_F(LimiterTest, KeysThatLookAlikeAreApart) {
    read(R"(
domain: edge
descriptors:
  - key: a
    descriptors:
      - key: b
        rate_limit: {unit: minute, requests_per_unit: 1}
)");
    EXPECT_TRUE(ask({on({{"a", "1,b=2"}, {"b", "3"}})}).allowed);
    EXPECT_TRUE(ask({on({{"a", "1"}, {"b", "2,b=3"}})}).allowed);
    EXPECT_TRUE(ask({on({{"a", "1\\"}, {"b", "3"}})}).allowed);
    EXPECT_FALSE(ask({on({{"a", "1,b=2"}, {"b", "3"}})}).allowed);
}

TEST_F(LimiterTest, SaysWhatIsWrongWithARequest) {
    EXPECT_EQ(try_ask({}).error().message, "a request needs descriptors");
    EXPECT_EQ(try_ask({on({})}).error().message, "descriptor 0 has no entries");
    EXPECT_EQ(
        try_ask({on({{"a", "b"}}), on({{"", "b"}})}).error().message,
        "descriptor 1 has an entry without a key"
    );
    EXPECT_EQ(
        try_ask(std::vector(101, on({{"a", "b"}}))).error().message,
        "a request has at most 100 descriptors"
    );
    EXPECT_EQ(
        try_ask({on(std::vector(33, Entry{"a", "b"}))}).error().message,
        "descriptor 0 has more than 32 entries"
    );
    Descriptor endless = on({{"a", "b"}});
    endless.limit = Override{1, Unit::kUnknown};
    EXPECT_EQ(try_ask({endless}).error().message, "descriptor 0 has a limit without a unit");
}

TEST_F(LimiterTest, TellsOfTheLimitThatIsNearestItsEnd) {
    const Answer answer = ask({on({{"user", "u"}}), on({{"address", "a"}})});
    const auto fields = header_fields(answer);
    EXPECT_THAT(
        fields,
        ElementsAre(
            testing::Pair("X-RateLimit-Limit", "3"),
            testing::Pair("X-RateLimit-Remaining", "2"),
            testing::Pair("X-RateLimit-Reset", "60"),
            testing::Pair("RateLimit-Policy", R"("edge,address";q=3;w=60, "wide";q=5;w=60)"),
            testing::Pair("RateLimit", R"("edge,address";r=2;t=60, "wide";r=4;t=60)")
        )
    );
    const auto refused = header_fields(ask({on({{"address", "a"}})}, 3));
    EXPECT_THAT(refused, testing::Contains(testing::Pair("Retry-After", "60")));
}

TEST_F(LimiterTest, NamesOfPoliciesAreStringsOfFields) {
    read(
        "domain: \"d\\\"\\n%\\u00e9\"\ndescriptors: [{key: a, rate_limit: {unit: day, "
        "requests_per_unit: 1}}]"
    );
    const auto decided = limiter_->try_decide({"d\"\n%\u00e9", {on({{"a", "x"}})}, 0});
    EXPECT_THAT(
        header_fields(*decided.value()),
        testing::Contains(testing::Pair("RateLimit-Policy", R"("d\"%0A%25%C3%A9,a";q=1;w=86400)"))
    );
}

}  // namespace
}  // namespace rookery::api::limiter
