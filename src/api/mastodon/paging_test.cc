#include "api/mastodon/paging.h"

#include "api/mastodon/request_fixture.h"

namespace rookery::api::mastodon {
namespace {

class Paging : public RequestFixture {
protected:
    Call call(const std::string& query) {
        auto request = std::make_shared<http::Request>();
        request->path = "/api/v1/timelines/home";
        request->query = query;
        http::parse_form(query, request->params);
        return {api_, request, nullptr, nullptr};
    }
    std::string links(const std::string& query) {
        http::Response response;
        add_timeline_links(call(query), 90, 10, response);
        return response.headers.empty() ? "" : response.headers.front().second;
    }
};

TEST_F(Paging, ReadsCursorsAndClampsTheLimit) {
    const auto page = parse_page(call("max_id=9&since_id=3&min_id=&limit=1000"), kStatusPage);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->max_id, 9U);
    EXPECT_EQ(page->since_id, 3U);
    EXPECT_EQ(page->min_id, 0U);
    EXPECT_EQ(page->limit, 40U);
    EXPECT_EQ(parse_page(call("limit=0"), kStatusPage)->limit, 1U);
    EXPECT_EQ(parse_page(call("limit=-5"), kStatusPage)->limit, 1U);
    EXPECT_EQ(parse_page(call(""), kAccountPage)->limit, 40U);
}

TEST_F(Paging, NamesTheParameterThatIsNoId) {
    for (const std::string name : {"max_id", "since_id", "min_id"}) {
        const auto page = parse_page(call(name + "=abc"), kStatusPage);
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().code, ErrorCode::kInvalid);
        EXPECT_NE(page.error().message.find(name), std::string::npos);
    }
    EXPECT_FALSE(parse_page(call("max_id=99999999999999999999"), kStatusPage));
    EXPECT_FALSE(parse_page(call("limit=many"), kStatusPage));
}

TEST_F(Paging, LinksKeepOtherParametersAndNeverAToken) {
    EXPECT_EQ(
        links("limit=2&local=true&max_id=95&access_token=secret"),
        "<https://rookery.example/api/v1/timelines/home?limit=2&local=true&max_id=10>; "
        "rel=\"next\", "
        "<https://rookery.example/api/v1/timelines/home?limit=2&local=true&min_id=90>; rel=\"prev\""
    );
    EXPECT_EQ(links("%61ccess_token=secret").find("secret"), std::string::npos);
}

TEST_F(Paging, LinksCannotBeBrokenOutOf) {
    const std::string header = links("q=a>;rel=x,<b\"\r\nX: y");
    EXPECT_EQ(header.find('\n'), std::string::npos);
    EXPECT_EQ(std::ranges::count(header, '>'), 2);
}

TEST_F(Paging, RelationsHaveNoNextAfterAShortPage) {
    http::Response full;
    add_relation_links(call(""), 90, 10, true, full);
    EXPECT_NE(full.headers.front().second.find("max_id=10>; rel=\"next\""), std::string::npos);
    EXPECT_NE(full.headers.front().second.find("since_id=90>; rel=\"prev\""), std::string::npos);
    http::Response part;
    add_relation_links(call(""), 90, 10, false, part);
    EXPECT_EQ(part.headers.front().second.find("next"), std::string::npos);
}

}  // namespace
}  // namespace rookery::api::mastodon
