#include "api/limiter/configuration.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::api::limiter {
namespace {

using testing::HasSubstr;

Result<Configuration> parse(std::string_view text, ConfigurationOptions options = {}) {
    const ConfigurationFile file{"limits.yaml", std::string(text)};
    return Configuration::parse({&file, 1}, options);
}

Configuration good(std::string_view text, ConfigurationOptions options = {}) {
    auto parsed = parse(text, options);
    EXPECT_TRUE(parsed) << parsed.error().message;
    return parsed ? std::move(*parsed) : Configuration();
}

std::string error_of(std::string_view text, ConfigurationOptions options = {}) {
    const auto parsed = parse(text, options);
    EXPECT_FALSE(parsed);
    return parsed ? "" : parsed.error().message;
}

std::string
path_of(const Configuration& configuration, std::string_view domain, std::vector<Entry> entries) {
    const auto match = configuration.match(domain, entries);
    return match.limit == nullptr ? "none" : match.limit->path;
}

// From the documents of Envoy's own service.
constexpr std::string_view kMessaging = R"(domain: messaging
descriptors:
  # Only allow 5 marketing messages a day
  - key: message_type
    value: marketing
    descriptors:
      - key: to_number
        rate_limit:
          unit: day
          requests_per_unit: 5

  # Only allow 100 messages a day to any unique phone number
  - key: to_number
    rate_limit:
      unit: day
      requests_per_unit: 100
)";

TEST(Configuration, FindsTheLimitThatStandsAsDeepAsTheDescriptor) {
    const Configuration configuration = good(kMessaging);
    EXPECT_EQ(path_of(configuration, "messaging", {{"to_number", "1"}}), "messaging,to_number");
    EXPECT_EQ(
        path_of(configuration, "messaging", {{"message_type", "marketing"}, {"to_number", "1"}}),
        "messaging,message_type=marketing,to_number"
    );
    EXPECT_EQ(path_of(configuration, "messaging", {{"message_type", "marketing"}}), "none");
    EXPECT_EQ(path_of(configuration, "messaging", {{"to_number", "1"}, {"more", "x"}}), "none");
    EXPECT_EQ(
        path_of(configuration, "messaging", {{"message_type", "other"}, {"to_number", "1"}}), "none"
    );
    EXPECT_EQ(path_of(configuration, "elsewhere", {{"to_number", "1"}}), "none");
    EXPECT_EQ(path_of(configuration, "messaging", {}), "none");
}

TEST(Configuration, ReadsAmountAndUnitAsEnvoyMeansThem) {
    const Configuration configuration = good(kMessaging);
    const RateLimit& limit = configuration.limits().at(1);
    EXPECT_EQ(limit.kind, RateLimit::Kind::kCounted);
    EXPECT_EQ(limit.requests_per_unit, 100U);
    EXPECT_EQ(limit.unit, Unit::kDay);
    EXPECT_EQ(limit.rule.algorithm, limits::Algorithm::kFixedWindow);
    EXPECT_EQ(limit.rule.quota.amount, 100U);
    EXPECT_EQ(limit.rule.quota.period, 86'400 * limits::kSecond);
    EXPECT_EQ(limit.rule.reach, limits::Reach::kLocal);
}

TEST(Configuration, TakesValueBeforeWildcardBeforeKey) {
    const Configuration configuration = good(R"(
domain: edge
descriptors:
  - {key: path, rate_limit: {unit: second, requests_per_unit: 1}}
  - {key: path, value: "/api/*", rate_limit: {unit: second, requests_per_unit: 2}}
  - {key: path, value: "/api/v1/*", rate_limit: {unit: second, requests_per_unit: 3}}
  - {key: path, value: "/api/v1/search", rate_limit: {unit: second, requests_per_unit: 4}}
)");
    EXPECT_EQ(
        path_of(configuration, "edge", {{"path", "/api/v1/search"}}), "edge,path=/api/v1/search"
    );
    EXPECT_EQ(path_of(configuration, "edge", {{"path", "/api/v1/home"}}), "edge,path=/api/*");
    EXPECT_EQ(path_of(configuration, "edge", {{"path", "/about"}}), "edge,path");
    EXPECT_EQ(path_of(configuration, "edge", {{"path", ""}}), "edge,path");
}

TEST(Configuration, KnowsWhatIsUnlimitedAndWhatIsClosed) {
    const Configuration configuration = good(R"(
domain: internal
descriptors:
  - key: ldap
    rate_limit:
      unlimited: true
  - key: remote_address
    value: 50.0.0.5
    rate_limit:
      unit: SECOND
      requests_per_unit: 0
)");
    EXPECT_EQ(configuration.limits().at(0).kind, RateLimit::Kind::kUnlimited);
    EXPECT_EQ(configuration.limits().at(1).kind, RateLimit::Kind::kClosed);
}

TEST(Configuration, ReadsShadowModeNamesAndReplaces) {
    const Configuration configuration = good(R"(
domain: d
descriptors:
  - key: a
    shadow_mode: true
    detailed_metric: true
    rate_limit: {name: wide, unit: hour, requests_per_unit: 7}
  - key: b
    rate_limit: {replaces: [{name: wide}, {name: other}], unit: hour, requests_per_unit: 7}
)");
    EXPECT_TRUE(configuration.limits().at(0).shadow);
    EXPECT_TRUE(configuration.limits().at(0).rule.shadow);
    EXPECT_TRUE(configuration.limits().at(0).detailed_metric);
    EXPECT_EQ(configuration.limits().at(0).name, "wide");
    EXPECT_THAT(configuration.limits().at(1).replaces, testing::ElementsAre("wide", "other"));
    EXPECT_FALSE(configuration.limits().at(1).shadow);
    EXPECT_TRUE(good(kMessaging, {.all_shadow = true}).limits().at(0).rule.shadow);
}

TEST(Configuration, ReadsWhatEnvoyDoesNotHave) {
    const Configuration configuration = good(
        R"(
domain: d
descriptors:
  - key: a
    rate_limit:
      period: 10s
      requests_per_unit: 100
      algorithm: token-bucket
      burst: 20
      reach: leased
      when_lost: refuse
      lease: 8
      lease_for: 500ms
      keys: 4096
      allow_uncounted: false
  - key: b
    rate_limit: {unit: minute, requests_per_unit: 60, reach: leased}
  - key: c
    rate_limit: {unit: week, requests_per_unit: 60, reach: local}
)",
        {.has_store = true}
    );
    const limits::Rule& rule = configuration.limits().at(0).rule;
    EXPECT_EQ(rule.name, "d,a");
    EXPECT_EQ(rule.algorithm, limits::Algorithm::kTokenBucket);
    EXPECT_EQ(rule.quota.period, 10 * limits::kSecond);
    EXPECT_EQ(rule.quota.burst, 20U);
    EXPECT_EQ(rule.reach, limits::Reach::kLeased);
    EXPECT_EQ(rule.when_lost, limits::WhenLost::kRefuse);
    EXPECT_EQ(rule.lease, 8U);
    EXPECT_EQ(rule.lease_for, limits::kSecond / 2);
    EXPECT_EQ(rule.keys_max, 4096U);
    EXPECT_FALSE(rule.allow_uncounted);
    EXPECT_EQ(configuration.limits().at(1).rule.lease, 3U);
    EXPECT_EQ(configuration.limits().at(2).rule.reach, limits::Reach::kLocal);
    EXPECT_EQ(configuration.limits().at(2).unit, Unit::kWeek);
}

TEST(Configuration, SharesIfThereIsAStore) {
    EXPECT_EQ(
        good(kMessaging, {.has_store = true}).limits().at(0).rule.reach, limits::Reach::kShared
    );
    EXPECT_THAT(
        error_of("domain: d\ndescriptors: [{key: a, rate_limit:\n  {unit: day, "
                 "requests_per_unit: 1,\n  reach: shared}}]"),
        HasSubstr("limits.yaml:4: what is shared needs a store")
    );
}

TEST(Configuration, UnderstandsAnchorsAndMerges) {
    const Configuration configuration = good(R"(
domain: d
descriptors:
  - key: a
    rate_limit: &ten
      unit: minute
      requests_per_unit: 10
  - key: b
    rate_limit: *ten
  - key: c
    rate_limit:
      <<: *ten
      requests_per_unit: 20
)");
    EXPECT_EQ(configuration.limits().at(1).requests_per_unit, 10U);
    EXPECT_EQ(configuration.limits().at(2).requests_per_unit, 20U);
    EXPECT_EQ(configuration.limits().at(2).unit, Unit::kMinute);
}

TEST(Configuration, JoinsFilesOfOneDomain) {
    const std::vector<ConfigurationFile> files{
        {"1.yaml",
         "domain: d\ndescriptors: [{key: a, rate_limit: {unit: day, requests_per_unit: 1}}]"},
        {"2.yaml",
         "domain: d\ndescriptors: [{key: b, rate_limit: {unit: day, requests_per_unit: 1}}]"},
        {"3.yaml", "domain: empty"},
    };
    const auto joined = Configuration::parse(files, {});
    ASSERT_TRUE(joined) << joined.error().message;
    EXPECT_EQ(path_of(*joined, "d", {{"a", ""}}), "d,a");
    EXPECT_EQ(path_of(*joined, "d", {{"b", ""}}), "d,b");
    EXPECT_TRUE(joined->has_domain("empty"));
    EXPECT_FALSE(joined->has_domain("absent"));
}

TEST(Configuration, PathsOfDifferentDescriptorsDiffer) {
    const Configuration configuration = good(R"(
domain: d
descriptors:
  - {key: "a=b", rate_limit: {unit: day, requests_per_unit: 1}}
  - {key: a, value: b, rate_limit: {unit: day, requests_per_unit: 1}}
  - {key: "a,b", rate_limit: {unit: day, requests_per_unit: 1}}
  - {key: a, descriptors: [{key: b, rate_limit: {unit: day, requests_per_unit: 1}}]}
)");
    std::set<std::string> paths;
    for (const RateLimit& limit : configuration.limits()) {
        paths.insert(limit.path);
    }
    EXPECT_EQ(paths.size(), 4U);
}

struct Mistake {
    std::string_view text;
    std::string_view said;
};

TEST(Configuration, NamesFileAndLineOfAMistake) {
    for (const auto& [text, said] : std::vector<Mistake>{
             {"", "limits.yaml:1: the file needs a domain"},
             {"- a", "limits.yaml:1: a map of names and values belongs here"},
             {"domain: d\ndescriptors: 5", "limits.yaml:2: a list belongs here"},
             {"domain: d\nlimits: []",
              "limits.yaml:2: a file has domain and descriptors, but no limits"},
             {"domain: d\ndomain: e", "limits.yaml:2: domain stands here twice"},
             {"domain: d\ndescriptors:\n  - value: x", "limits.yaml:3: a descriptor needs a key"},
             {"domain: d\ndescriptors:\n  - key: x\n    limit: {}",
              "limits.yaml:4: a descriptor has no limit"},
             {"domain: d\ndescriptors:\n  - key: x\n  - key: x",
              "limits.yaml:4: there are two descriptors d,x"},
             {"domain: d\ndescriptors: [{key: x, value: 'a*'}, {key: x, value: 'a*'}]",
              "two descriptors d,x=a*"},
             {"domain: d\ndescriptors:\n  - key: x\n    shadow_mode: perhaps",
              "limits.yaml:4: true or false belongs here"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit:\n      unit: fortnight\n      "
              "requests_per_unit: 1",
              "limits.yaml:5: \"fortnight\" is not one of second, minute"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit:\n      unit: day\n      "
              "requests_per_unit: -1",
              "limits.yaml:6: a whole number from 0 to 4294967295"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit:\n      requests_per_unit: 1",
              "limits.yaml:5: a rate_limit needs a unit"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit:\n      unit: day",
              "limits.yaml:5: a rate_limit needs requests_per_unit"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit:\n      unit: day\n      "
              "unlimited: true",
              "limits.yaml:5: what is unlimited has no unit"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit: {unit: day, requests_per_unit: "
              "1, colour: red}",
              "limits.yaml:4: a rate_limit has no colour"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit: {unit: day, requests_per_unit: "
              "1, algorithm: dice}",
              "\"dice\" is not one of token-bucket"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit: {period: soon, "
              "requests_per_unit: 1}",
              "\"soon\" is no time"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit: {unit: day, requests_per_unit: "
              "1, lease: 3}",
              "a lease needs reach: leased"},
             {"domain: d\ndescriptors:\n  - key: x\n    rate_limit: {name: n, replaces: [{name: "
              "n}], unit: day, requests_per_unit: 1}",
              "replaces needs the name of another limit"},
             {"domain: d\ndescriptors: [{key: x, share_threshold: true}]",
              "share_threshold needs a value that ends with *"},
             {"domain: [", "limits.yaml:"},
             {", domain: d", "limits.yaml:"},
             {"domain: d\n---\ndomain: e", "a file has one document only"},
             {"domain: d\ndescriptors: &a\n  - key: x\n    descriptors: *a", "limits.yaml:"},
         }) {
        EXPECT_THAT(error_of(text), HasSubstr(std::string(said))) << text;
    }
}

TEST(Configuration, EndsWithAFileThatGrowsByAliases) {
    std::string list = "[{key: a}]";
    for (int level = 0; level < 30; ++level) {
        list = fmt::format(
            "[{{key: l, descriptors: &d{0} {1}}}, {{key: r, descriptors: *d{0}}}]", level, list
        );
    }
    EXPECT_THAT(
        error_of("domain: d\ndescriptors: " + list), HasSubstr("more than 200000 descriptors")
    );
}

}  // namespace
}  // namespace rookery::api::limiter
