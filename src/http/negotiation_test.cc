#include "http/compression.h"
#include "http/entity_tag.h"
#include "http/grammar.h"
#include "http/request.h"
#include "http/response_head.h"
#include "http/status.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace rookery::http {

namespace {

TEST(AcceptsGzip, FollowsNamesWildcardsAndWeights) {
    const std::vector<std::pair<std::string, bool>> cases{
        {"gzip", true},
        {"deflate, gzip;q=0.5", true},
        {"GZIP", true},
        {"x-gzip", true},
        {"*", true},
        {"", false},
        {"identity", false},
        {"br, deflate", false},
        {"gzip;q=0", false},
        {"gzip; q=0.000", false},
        {"gzip;q=0.001", true},
        {"gzip;q=0, *", false},
        {"*;q=0", false},
        {"gzipped", false},
    };
    for (const auto& [header, expected] : cases) {
        EXPECT_EQ(accepts_gzip(header), expected) << header;
    }
}

TEST(AcceptsCoding, LooksForTheGivenNameOnly) {
    EXPECT_TRUE(accepts_coding("gzip, deflate, br", "br"));
    EXPECT_TRUE(accepts_coding("*", "br"));
    EXPECT_FALSE(accepts_coding("gzip, deflate", "br"));
    EXPECT_FALSE(accepts_coding("br;q=0, gzip", "br"));
    EXPECT_FALSE(accepts_coding(",", "br"));
}

TEST(IsCompressible, KnowsTextFromImages) {
    EXPECT_TRUE(is_compressible("application/json; charset=utf-8"));
    EXPECT_TRUE(is_compressible("text/html"));
    EXPECT_TRUE(is_compressible("application/activity+json"));
    EXPECT_TRUE(is_compressible("image/svg+xml"));
    EXPECT_FALSE(is_compressible("image/png"));
    EXPECT_FALSE(is_compressible(""));
}

TEST(EntityTag, DependsOnTheBytesAlone) {
    const EntityTagger tagger;
    const auto tag_of = [&](std::string body) {
        Response response;
        response.body = std::move(body);
        return tagger.tag(response);
    };
    const std::string text(1000, 'a');
    EXPECT_EQ(tag_of(text), tag_of(text));
    EXPECT_TRUE(tag_of(text).starts_with("W/\""));
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string other = text;
        other[i] = 'b';
        ASSERT_NE(tag_of(text), tag_of(other)) << i;
        ASSERT_NE(tag_of(text), tag_of(text.substr(0, i))) << i;
    }
    Response pieces;
    pieces.fragments.push_back(std::make_shared<const std::string>("x"));
    const std::string one = tagger.tag(pieces);
    pieces.fragments.push_back(std::make_shared<const std::string>("y"));
    EXPECT_NE(one, tagger.tag(pieces));
}

TEST(EntityTag, IsMadeOfTheKnownHashesOfPieces) {
    const EntityTagger tagger;
    const KeyedHash hash;
    const auto tag_of = [&](const std::vector<std::string>& texts) {
        Response response;
        for (const std::string& text : texts) {
            response.fragments.emplace_back(text, hash(text), nullptr);
        }
        return tagger.tag(response);
    };
    EXPECT_EQ(tag_of({"one", "two"}), tag_of({"one", "two"}));
    EXPECT_NE(tag_of({"one", "two"}), tag_of({"two", "one"}));
    EXPECT_NE(tag_of({"one", "two"}), tag_of({"one"}));
    EXPECT_NE(tag_of({"one", "two"}), tag_of({"one", "twO"}));
    EXPECT_NE(tag_of({"onetwo"}), tag_of({"one", "two"}));
}

TEST(EntityTag, IsComparedWeaklyInAList) {
    EXPECT_TRUE(matches_entity_tag("W/\"a\"", "W/\"a\""));
    EXPECT_TRUE(matches_entity_tag("\"a\"", "W/\"a\""));
    EXPECT_TRUE(matches_entity_tag("\"b\" , W/\"a\"", "W/\"a\""));
    EXPECT_TRUE(matches_entity_tag("*", "W/\"a\""));
    EXPECT_FALSE(matches_entity_tag("\"b\"", "W/\"a\""));
    EXPECT_FALSE(matches_entity_tag("", "W/\"a\""));
}

TEST(ResponseHead, LeavesOutHeadersThatWouldBreakIt) {
    Response response;
    response.header("X-Good", "a").header("X-Bad", "a\r\nSet-Cookie: x").header("X Bad", "b");
    std::string head;
    HeadFacts facts;
    facts.content_length = 0;
    append_head(response, facts, head);
    EXPECT_NE(head.find("X-Good: a\r\n"), std::string::npos);
    EXPECT_EQ(head.find("Bad"), std::string::npos);
    EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST(Status, HasTheStandardsPhrases) {
    EXPECT_EQ(reason_phrase(200), "OK");
    EXPECT_EQ(reason_phrase(100), "Continue");
    EXPECT_EQ(reason_phrase(505), "HTTP Version Not Supported");
    EXPECT_EQ(reason_phrase(299), "Unknown");
    EXPECT_EQ(error_body("a \"b\""), R"({"error":"a \"b\""})");
}

TEST(Request, FindsCookiesInAnyHeader) {
    Request request;
    request.headers = {{"cookie", "a=1; session=x=y ;b=2"}, {"cookie", "c=3"}};
    EXPECT_EQ(request.cookie("session"), "x=y");
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("b"), "2");
    EXPECT_EQ(request.cookie("c"), "3");
    EXPECT_EQ(request.cookie("sess"), std::nullopt);
}

}  // namespace

}  // namespace rookery::http
