#include "http/router.h"

#include "kit/task_driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace rookery::http {

namespace {

using testing::ElementsAre;

Task<Response> nothing(RequestPtr /*request*/) {
    co_return Response();
}

class RouterTest : public testing::Test {
protected:
    RouterTest() {
        router_.add(Method::kGet, "/", nothing);
        router_.add(Method::kGet, "/api/v1/statuses/:id", nothing);
        router_.add(Method::kDelete, "/api/v1/statuses/:id", nothing);
        router_.add(Method::kPost, "/api/v1/statuses/special", nothing);
        router_.add(Method::kGet, "/api/v1/statuses/fixed/context", nothing);
        router_.add(Method::kGet, "/api/v1/statuses/:id/context", nothing);
        router_.add(Method::kGet, "/api/v1/statuses/:id/:what", nothing);
        router_.add(Method::kGet, "/assets/*path", nothing);
        router_.add(Method::kGet, "/assets/fixed", nothing);
    }

    [[nodiscard]] std::string pattern(Method method, std::string_view path) const {
        const Match match = router_.match(method, path);
        return match.handler != nullptr ? std::string(match.pattern) : "none";
    }

    Router router_;
};

TEST_F(RouterTest, FindsLiteralNamedAndRestParts) {
    EXPECT_EQ(pattern(Method::kGet, "/"), "/");
    EXPECT_EQ(pattern(Method::kGet, "/api/v1/statuses/7"), "/api/v1/statuses/:id");
    EXPECT_EQ(pattern(Method::kGet, "/api/v1/statuses/7/context"), "/api/v1/statuses/:id/context");
    EXPECT_EQ(pattern(Method::kGet, "/assets/css/a.css"), "/assets/*path");
    EXPECT_EQ(pattern(Method::kGet, "/assets/fixed"), "/assets/fixed");
    EXPECT_EQ(pattern(Method::kGet, "/nowhere"), "none");
    EXPECT_EQ(pattern(Method::kGet, "/api/v1/statuses"), "none");
    EXPECT_EQ(pattern(Method::kGet, "relative"), "none");
    EXPECT_EQ(pattern(Method::kGet, ""), "none");
}

TEST_F(RouterTest, PrefersALiteralPartAndFallsBackWhereItLeadsNowhere) {
    EXPECT_EQ(
        pattern(Method::kGet, "/api/v1/statuses/fixed/context"), "/api/v1/statuses/fixed/context"
    );
    EXPECT_EQ(pattern(Method::kGet, "/api/v1/statuses/fixed/other"), "/api/v1/statuses/:id/:what");
    EXPECT_EQ(pattern(Method::kGet, "/api/v1/statuses/special"), "/api/v1/statuses/:id");
    EXPECT_EQ(pattern(Method::kPost, "/api/v1/statuses/special"), "/api/v1/statuses/special");
}

TEST_F(RouterTest, DecodesTheValuesOfNamedParts) {
    EXPECT_THAT(
        router_.match(Method::kGet, "/api/v1/statuses/a%2Fb+c/%C3%A9").args,
        ElementsAre("a/b+c", "\xC3\xA9")
    );
    EXPECT_THAT(router_.match(Method::kGet, "/assets/a/b%20c").args, ElementsAre("a/b c"));
    EXPECT_EQ(pattern(Method::kGet, "/api/v1/%73tatuses/7"), "/api/v1/statuses/:id");
}

TEST_F(RouterTest, IgnoresOneTrailingSlash) {
    EXPECT_EQ(pattern(Method::kGet, "/api/v1/statuses/7/"), "/api/v1/statuses/:id");
    EXPECT_EQ(pattern(Method::kGet, "/api/v1/statuses//"), "none");
    EXPECT_EQ(pattern(Method::kGet, "/api//v1/statuses/7"), "none");
}

TEST_F(RouterTest, AnswersHeadWithTheGetHandler) {
    EXPECT_EQ(pattern(Method::kHead, "/api/v1/statuses/7"), "/api/v1/statuses/:id");
    EXPECT_EQ(pattern(Method::kHead, "/api/v1/statuses/special"), "/api/v1/statuses/:id");
}

TEST_F(RouterTest, TellsWhichMethodsAPathHas) {
    const Match match = router_.match(Method::kPut, "/api/v1/statuses/7");
    EXPECT_EQ(match.handler, nullptr);
    EXPECT_EQ(match.pattern, "/api/v1/statuses/:id");
    EXPECT_THAT(match.allowed, ElementsAre(Method::kGet, Method::kDelete, Method::kHead));
    EXPECT_TRUE(router_.match(Method::kGet, "/nowhere").allowed.empty());
}

TEST_F(RouterTest, HandsUnknownPathsToTheNotFoundHandler) {
    router_.set_not_found(nothing);
    const Match match = router_.match(Method::kGet, "/nowhere");
    EXPECT_NE(match.handler, nullptr);
    EXPECT_TRUE(match.pattern.empty());
    EXPECT_EQ(router_.match(Method::kPut, "/api/v1/statuses/7").handler, nullptr);
}

TEST_F(RouterTest, RefusesTheSameRouteTwice) {
    EXPECT_THROW(router_.add(Method::kGet, "/api/v1/statuses/:name", nothing), std::logic_error);
    EXPECT_THROW(router_.add(Method::kGet, "/api/v1/statuses/:id/", nothing), std::logic_error);
    EXPECT_THROW(router_.add(Method::kGet, "no/slash", nothing), std::logic_error);
    EXPECT_THROW(router_.add(Method::kGet, "/a/*rest/b", nothing), std::logic_error);
}

TEST_F(RouterTest, ListsItsRoutesSorted) {
    Router router;
    router.add(Method::kPost, "/b", nothing);
    router.add(Method::kGet, "/b/:id", nothing);
    router.add(Method::kGet, "/a", nothing);
    EXPECT_THAT(router.list(), ElementsAre("GET /a", "GET /b/:id", "POST /b"));
}

}  // namespace

}  // namespace rookery::http
