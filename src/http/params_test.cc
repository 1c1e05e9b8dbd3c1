#include "http/params.h"

#include "http/body_params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace rookery::http {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

Params form(std::string_view text) {
    Params params;
    parse_form(text, params);
    return params;
}

Request request_with(const std::string& type, std::string body, std::string query = {}) {
    Request request;
    request.headers.emplace_back("content-type", type);
    request.body = std::move(body);
    request.query = std::move(query);
    return request;
}

std::string json_error(const std::string& body) {
    Params params;
    const auto parsed = parse_json_params(body, 100, params);
    return parsed ? "none" : parsed.error().message;
}

TEST(Params, DecodesFormPairsInTheirOrder) {
    EXPECT_THAT(
        form("a=1&b=x+y%20z&&c&=d&a=%C3%A9&e=%zz%4").all(),
        ElementsAre(
            Pair("a", "1"),
            Pair("b", "x y z"),
            Pair("c", ""),
            Pair("", "d"),
            Pair("a", "\xC3\xA9"),
            Pair("e", "%zz%4")
        )
    );
    EXPECT_TRUE(form("").all().empty());
}

TEST(Params, ListsTheNameWithAndWithoutBrackets) {
    const Params params = form("id[]=1&id=2&ids=3&id[][]=4");
    EXPECT_THAT(params.list("id"), ElementsAre("1", "2"));
    EXPECT_EQ(params.get("id"), "1");
    EXPECT_EQ(params.get("i"), std::nullopt);
    EXPECT_EQ(params.get_or("x", "y"), "y");
}

TEST(Params, ReadsBooleansAndNumbersAsClientsWriteThem) {
    const Params params = form("a=TRUE&b=1&c=on&d=t&e=yes&f=false&g=0&h=off&i=&j=maybe&n=-12&m=1x");
    for (const char* name : {"a", "b", "c", "d", "e"}) {
        EXPECT_EQ(params.get_bool(name), true) << name;
    }
    for (const char* name : {"f", "g", "h", "i"}) {
        EXPECT_EQ(params.get_bool(name), false) << name;
    }
    EXPECT_EQ(params.get_bool("j"), std::nullopt);
    EXPECT_EQ(params.get_bool("absent"), std::nullopt);
    EXPECT_EQ(params.get_number("n"), -12);
    EXPECT_EQ(params.get_number("m"), std::nullopt);
    EXPECT_EQ(params.get_number("i"), std::nullopt);
    EXPECT_EQ(form("n=99999999999999999999").get_number("n"), std::nullopt);
}

TEST(JsonParams, FlattensNestedValues) {
    Params params;
    const std::string body =
        R"({"status":"h\u00e9","sensitive":true,"n":-5,"big":18446744073709551615,"f":1.5,)"
        R"("gone":null,"media_ids":["1",2],"poll":{"options":["a","b"],"multiple":false},)"
        R"("fields_attributes":[{"name":"x"},{"name":"y"}],"named[]":["z"],"none":[]} )";
    ASSERT_TRUE(parse_json_params(body, 100, params));
    EXPECT_THAT(
        params.all(),
        ElementsAre(
            Pair("status", "h\xC3\xA9"),
            Pair("sensitive", "true"),
            Pair("n", "-5"),
            Pair("big", "18446744073709551615"),
            Pair("f", "1.5"),
            Pair("media_ids[]", "1"),
            Pair("media_ids[]", "2"),
            Pair("poll[options][]", "a"),
            Pair("poll[options][]", "b"),
            Pair("poll[multiple]", "false"),
            Pair("fields_attributes[0][name]", "x"),
            Pair("fields_attributes[1][name]", "y"),
            Pair("named[]", "z")
        )
    );
    EXPECT_THAT(params.list("poll[options]"), ElementsAre("a", "b"));
}

TEST(JsonParams, SaysWhatIsWrongWithABody) {
    EXPECT_THAT(json_error(R"({"a":)"), HasSubstr("not valid JSON"));
    EXPECT_THAT(json_error(R"({"a":1} x)"), HasSubstr("not valid JSON"));
    EXPECT_THAT(json_error("{\"a\":\"\xFF\"}"), HasSubstr("not valid JSON"));
    EXPECT_THAT(json_error("[1]"), HasSubstr("must be a JSON object"));
    EXPECT_THAT(json_error("\"a\""), HasSubstr("must be a JSON object"));
    std::string deep;
    for (int i = 0; i < 50; ++i) {
        deep += R"({"a":)";
    }
    EXPECT_THAT(json_error(deep), HasSubstr("nested too deeply"));
}

TEST(JsonParams, RefusesNamesThatEveryLeafWouldRepeat) {
    const std::string part(400, 'n');
    EXPECT_EQ(json_error("{\"" + part + "\":{\"" + part + "\":[1,2]}}"), "none");
    EXPECT_THAT(
        json_error("{\"" + part + "\":{\"" + part + "\":{\"" + part + "\":null}}}"),
        HasSubstr("longer than 1024 bytes")
    );
    EXPECT_THAT(json_error("{\"" + std::string(2000, 'n') + "\":[1]}"), HasSubstr("longer than"));
}

TEST(JsonParams, StopsAtTheLimit) {
    Params params;
    EXPECT_TRUE(parse_json_params(R"({"a":[1,2,3]})", 3, params));
    Params more;
    const auto parsed = parse_json_params(R"({"a":[1,2,3,4]})", 3, more);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::kTooLarge);
}

TEST(ReadParams, PutsTheBodyBeforeTheQuery) {
    Request request =
        request_with("application/x-www-form-urlencoded; charset=utf-8", "a=body", "a=query&b=2");
    ASSERT_TRUE(read_params(request, {100, 100}));
    EXPECT_THAT(request.params.list("a"), ElementsAre("body", "query"));
    EXPECT_EQ(request.params.get("b"), "2");
    EXPECT_EQ(request.body, "");
}

TEST(ReadParams, LeavesOtherBodiesAlone) {
    Request request = request_with("application/octet-stream", "a=1&\xFF");
    ASSERT_TRUE(read_params(request, {100, 100}));
    EXPECT_EQ(request.body, "a=1&\xFF");
    EXPECT_TRUE(request.params.all().empty());
}

TEST(ReadParams, TakesAnEmptyBodyOfAnyType) {
    Request request = request_with("application/json", "", "a=1");
    ASSERT_TRUE(read_params(request, {100, 100}));
    EXPECT_EQ(request.params.get("a"), "1");
}

TEST(ReadParams, RefusesTextThatIsNotUtf8AndNamesTheParameter) {
    for (const char* query : {"bio=%FF", "bio=%00"}) {
        Request request = request_with("", "", query);
        const auto read = read_params(request, {100, 100});
        ASSERT_FALSE(read) << query;
        EXPECT_THAT(read.error().message, HasSubstr("bio"));
    }
    Request request = request_with("", "", "%FF=1");
    EXPECT_FALSE(read_params(request, {100, 100}));
}

TEST(ReadParams, RefusesAJsonBodyOverItsLimit) {
    Request request = request_with("application/json", R"({"a":1})");
    EXPECT_TRUE(read_params(request, {100, 7}));
    request = request_with("application/json", R"({"a":1})");
    EXPECT_EQ(read_params(request, {100, 6}).error().code, ErrorCode::kTooLarge);
}

TEST(ReadParams, CountsQueryAndBodyTogether) {
    const std::string type = "application/x-www-form-urlencoded";
    Request request = request_with(type, "a=1&b=2", "c=3");
    EXPECT_TRUE(read_params(request, {3, 100}));
    request = request_with(type, "a=1&b=2", "c=3&d=4");
    EXPECT_EQ(read_params(request, {3, 100}).error().code, ErrorCode::kTooLarge);
}

TEST(HeaderParameter, UnderstandsQuotesAndBlanks) {
    EXPECT_EQ(header_parameter("a/b; boundary=x", "boundary"), "x");
    EXPECT_EQ(header_parameter("a/b;Boundary = \"x;\\\"y\" ; c=d", "boundary"), "x;\"y");
    EXPECT_EQ(header_parameter("a/b;Boundary = \"x;\\\"y\" ; c=d", "c"), "d");
    EXPECT_EQ(header_parameter("a/b; name; boundary=", "boundary"), "");
    EXPECT_EQ(header_parameter("boundary=x", "boundary"), std::nullopt);
    EXPECT_EQ(header_parameter("a; b=\"unclosed", "b"), "unclosed");
}

}  // namespace

}  // namespace rookery::http
