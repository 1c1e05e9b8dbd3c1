#include "api/limiter/json_request.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::limiter {
namespace {

TEST(JsonRequest, ReadsTheLongForm) {
    const auto body = JsonRequest::parse(
        R"({"domain": "d", "hits": 7, "descriptors": [
            {"entries": [{"key": "a", "value": "1"}, {"key": "b"}],
             "limit": {"requests_per_unit": 5, "unit": "minute"}, "hits": 0}]})"
    );
    ASSERT_TRUE(body) << body.error().message;
    EXPECT_FALSE((*body)->is_batch());
    const LimitRequest& request = (*body)->requests().at(0);
    EXPECT_EQ(request.domain, "d");
    EXPECT_EQ(request.hits, 7U);
    const Descriptor& descriptor = request.descriptors.at(0);
    EXPECT_EQ(descriptor.entries.at(0).value, "1");
    EXPECT_EQ(descriptor.entries.at(1).key, "b");
    EXPECT_EQ(descriptor.entries.at(1).value, "");
    EXPECT_EQ(descriptor.limit, (Override{5, Unit::kMinute}));
    EXPECT_EQ(descriptor.hits, 0U);
}

TEST(JsonRequest, ReadsTheShortFormAndBatches) {
    const auto body = JsonRequest::parse(
        R"([{"domain": "d", "descriptors": [[["a", "1"], ["b", "\u00e9"]]]}, {"domain": "e"}])"
    );
    ASSERT_TRUE(body) << body.error().message;
    EXPECT_TRUE((*body)->is_batch());
    ASSERT_EQ((*body)->requests().size(), 2U);
    EXPECT_EQ((*body)->requests()[0].descriptors.at(0).entries.at(1).value, "\u00e9");
    EXPECT_EQ((*body)->requests()[0].hits, 1U);
    EXPECT_TRUE((*body)->requests()[1].descriptors.empty());
    EXPECT_TRUE((*JsonRequest::parse("[]"))->requests().empty());
}

TEST(JsonRequest, KeepsTextsThatTheBodyNoLongerHas) {
    std::string text = R"({"domain": "edge", "descriptors": [[["key", "a value that is long"]]]})";
    const auto body = JsonRequest::parse(text);
    text.assign(text.size(), 'x');
    ASSERT_TRUE(body);
    EXPECT_EQ((*body)->requests()[0].descriptors[0].entries[0].value, "a value that is long");
}

struct Mistake {
    std::string_view text;
    std::string_view said;
};

TEST(JsonRequest, NamesThePlaceOfAMistake) {
    for (const auto& [text, said] : std::vector<Mistake>{
             {"7", "the body must be an object with domain and descriptors"},
             {"[7]", "[0] must be an object with domain and descriptors"},
             {R"([{}, {"domain": 7}])", "[1].domain must be a text"},
             {R"({"domains": "d"})",
              "the body has no member domains, only domain, descriptors and hits"},
             {R"({"": "d"})",
              "the body has no member without a name, only domain, descriptors and hits"},
             {R"({"hits": 1.5})", "hits must be a whole number from 0 to 4294967295"},
             {R"({"hits": 4294967296})", "hits must be a whole number from 0 to 4294967295"},
             {R"({"descriptors": {}})", "descriptors must be an array"},
             {R"({"descriptors": [7]})",
              "descriptors[0] must be an object with entries, or an array of keys and values"},
             {R"({"descriptors": [[["a"]]]})", "descriptors[0][0] must be a key and a value"},
             {R"({"descriptors": [[], [["a", 7]]]})", "descriptors[1][0][1] must be a text"},
             {R"({"descriptors": [{"entries": [7]}]})",
              "descriptors[0].entries[0] must be an object with key and value"},
             {R"({"descriptors": [{"entries": [{"value": "x"}]}]})",
              "descriptors[0].entries[0] needs a key"},
             {R"({"descriptors": [{"limit": {"unit": "age"}}]})",
              "descriptors[0].limit needs a unit: second, minute, hour, day, week, month or year"},
         }) {
        const auto body = JsonRequest::parse(text);
        ASSERT_FALSE(body) << text;
        EXPECT_EQ(body.error().message, said);
    }
    EXPECT_TRUE(JsonRequest::parse("{\"domain\"").error().message.starts_with("the body is no JSON")
    );
    EXPECT_TRUE(JsonRequest::parse("{} {}").error().message.starts_with("the body is no JSON"));
    EXPECT_TRUE(
        JsonRequest::parse(std::string(100, '[')).error().message.starts_with("the body is no JSON")
    );
}

TEST(JsonRequest, ABatchHasALargestSize) {
    std::string text = "[{}";
    for (std::size_t i = 1; i < JsonRequest::kRequestsMax; ++i) {
        text += ",{}";
    }
    EXPECT_TRUE(JsonRequest::parse(text + "]"));
    EXPECT_EQ(JsonRequest::parse(text + ",{}]").error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace rookery::api::limiter
