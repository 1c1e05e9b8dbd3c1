#include "limits/header_fields.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace rookery::limits {
namespace {

constexpr UnixMs kNowMs = 1'767'225'600'500;
constexpr Nanos kNow = kNowMs * 1'000'000;

CountedRule
counted(std::string name, Algorithm algorithm, const Quota& quota, bool shadow = false) {
    Rule rule;
    rule.name = std::move(name);
    rule.algorithm = algorithm;
    rule.quota = quota;
    rule.shadow = shadow;
    return {rule, nullptr, nullptr};
}

const CountedRule kPosts = counted("posts", Algorithm::kFixedWindow, {300, 10'800 * kSecond, 300});
const CountedRule kPace = counted("pace", Algorithm::kGcra, {60, 60 * kSecond, 30});
const CountedRule kTrial = counted("trial", Algorithm::kGcra, {1, kSecond, 1}, true);

std::map<std::string, std::string, std::less<>> fields_of(const Verdict& verdict) {
    std::map<std::string, std::string, std::less<>> fields;
    for (const HeaderField& field : header_fields(verdict, kNowMs)) {
        fields[std::string(field.name)] = field.value;
    }
    return fields;
}

TEST(HeaderFields, TellOfAllLimitsAndFirstOfTheScarcest) {
    const auto fields = fields_of(
        {.answers =
             {{&kPosts, {.remaining = 200, .resets_after = 1'500'000'000}},
              {&kPace, {.remaining = 29, .resets_after = 1'000'000}},
              {&kTrial, {.allowed = false}}},
         .at = kNow}
    );
    EXPECT_EQ(fields.at("X-RateLimit-Limit"), "30");
    EXPECT_EQ(fields.at("X-RateLimit-Remaining"), "29");
    EXPECT_EQ(fields.at("X-RateLimit-Reset"), "2026-01-01T00:00:00.501000Z");
    EXPECT_EQ(fields.at("RateLimit-Policy"), "\"posts\";q=300;w=10800, \"pace\";q=60;w=60");
    EXPECT_EQ(fields.at("RateLimit"), "\"posts\";r=200;t=2, \"pace\";r=29;t=1");
    EXPECT_FALSE(fields.contains("Retry-After"));
}

TEST(HeaderFields, ARefusalSaysWhenToComeBackByTheLongestWait) {
    const auto fields = fields_of(
        {.allowed = false,
         .answers =
             {{&kPosts,
               {.allowed = false, .retry_after = 9'000'000'001, .resets_after = 9'000'000'001}},
              {&kPace, {.allowed = false, .retry_after = 1, .resets_after = 1}}},
         .at = kNow}
    );
    EXPECT_EQ(fields.at("Retry-After"), "10");
    EXPECT_EQ(fields.at("X-RateLimit-Limit"), "300");
    EXPECT_EQ(fields.at("X-RateLimit-Remaining"), "0");
    EXPECT_EQ(fields.at("X-RateLimit-Reset"), "2026-01-01T00:00:09.501000Z");
}

TEST(HeaderFields, WhatNeverFitsIsAYearAway) {
    const auto fields = fields_of(
        {.allowed = false, .answers = {{&kPace, {.allowed = false, .retry_after = kNever}}}}
    );
    EXPECT_EQ(fields.at("Retry-After"), "31622400");
}

TEST(HeaderFields, AnUnusedWindowResetsAtItsEndAndAnUnusedBucketNow) {
    const auto fields = fields_of(
        {.answers = {{&kPosts, {.remaining = 300}}, {&kPace, {.remaining = 300}}}, .at = kNow}
    );
    EXPECT_EQ(fields.at("RateLimit"), "\"posts\";r=300;t=10800, \"pace\";r=300;t=0");
}

TEST(HeaderFields, SayNothingWhereThereIsNoLimit) {
    EXPECT_TRUE(fields_of({}).empty());
    EXPECT_TRUE(fields_of({.answers = {{&kTrial, {}}}}).empty());
    EXPECT_TRUE(fields_of({.answers = {{.rule = &kPosts, .decision = {}, .asked = false}}}).empty()
    );
}

}  // namespace
}  // namespace rookery::limits
