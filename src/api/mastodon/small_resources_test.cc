#include "api/mastodon/request_fixture.h"

namespace rookery::api::mastodon {
namespace {

class SmallResources : public RequestFixture {};

TEST_F(SmallResources, AFilterIsMadeChangedAndRemoved) {
    sign_in(alice_);
    const Answer made = post(
        "/api/v2/filters",
        {{"title", "Spoilers"},
         {"context[]", "home"},
         {"context[]", "public"},
         {"filter_action", "hide"},
         {"expires_in", "60"},
         {"keywords_attributes[][keyword]", "murderer"},
         {"keywords_attributes[][whole_word]", "true"},
         {"keywords_attributes[][keyword]", "gardener"}}
    );
    ASSERT_EQ(made.status, 200) << made.body;
    const std::string path = "/api/v2/filters/" + made.text("id");
    EXPECT_EQ(made.json().at("keywords").as_array().size(), 2U);
    EXPECT_EQ(made.json().at("expires_at"), "2026-01-01T00:01:00.000Z");
    const std::string first(made.json().at("keywords").at(0).at("id").as_string());

    const Answer changed =
        ask(http::Method::kPut,
            path,
            {{"title", "The end"},
             {"expires_in", ""},
             {"keywords_attributes[0][id]", first},
             {"keywords_attributes[0][_destroy]", "true"}});
    EXPECT_EQ(changed.text("title"), "The end");
    EXPECT_TRUE(changed.json().at("expires_at").is_null());
    EXPECT_EQ(changed.json().at("keywords").at(0).at("keyword"), "gardener");
    EXPECT_EQ(get("/api/v1/filters").json().at(0).at("phrase"), "gardener");

    sign_in(bob_);
    EXPECT_EQ(get(path).status, 404) << "somebody else's";
    EXPECT_EQ(get("/api/v2/filters").body, "[]");
    sign_in(alice_);
    EXPECT_EQ(ask(http::Method::kDelete, path).status, 200);
    EXPECT_EQ(get(path).status, 404);
}

TEST_F(SmallResources, AFilterNeedsATitleAndAContext) {
    sign_in(alice_);
    EXPECT_EQ(post("/api/v2/filters", {{"context[]", "home"}}).status, 422);
    EXPECT_EQ(post("/api/v2/filters", {{"title", "x"}}).status, 422);
    EXPECT_EQ(post("/api/v2/filters", {{"title", "x"}, {"context[]", "nowhere"}}).status, 422);
    EXPECT_EQ(get("/api/v2/filters").body, "[]");
}

TEST_F(SmallResources, HashtagsAreFollowedAndTellTheirUse) {
    post(bob_, "#Birds are back");
    post(carol_, "more #birds");
    sign_in(alice_);
    const auto tag = post("/api/v1/tags/BIRDS/follow").json();
    EXPECT_EQ(tag.at("name"), "birds");
    EXPECT_TRUE(tag.at("following").as_bool());
    EXPECT_EQ(tag.at("history").as_array().size(), 7U);
    EXPECT_EQ(tag.at("history").at(0).at("uses"), "2");
    EXPECT_EQ(tag.at("history").at(0).at("accounts"), "2");
    EXPECT_EQ(get("/api/v1/followed_tags").json().as_array().size(), 1U);
    EXPECT_FALSE(post("/api/v1/tags/birds/unfollow").json().at("following").as_bool());
    EXPECT_EQ(get("/api/v1/followed_tags").body, "[]");
    sign_out();
    EXPECT_FALSE(get("/api/v1/tags/birds").json().as_object().contains("following"));
    EXPECT_EQ(get("/api/v1/tags/a%20b").status, 404);
}

TEST_F(SmallResources, AReportIsKept) {
    const auto bad = post(bob_, "something bad");
    sign_in(alice_);
    const Answer filed = post(
        "/api/v1/reports",
        {{"account_id", to_string(bob_)},
         {"status_ids[]", to_string(bad->id)},
         {"comment", "look"},
         {"category", "spam"}}
    );
    ASSERT_EQ(filed.status, 200) << filed.body;
    EXPECT_EQ(filed.json().at("target_account").at("username"), "bob");
    const auto reports = kit::run(api_.services.reports.list({}));
    ASSERT_EQ(reports->size(), 1U);
    EXPECT_EQ(reports->front().comment, "look");
    EXPECT_EQ(post("/api/v1/reports").status, 422);
    EXPECT_EQ(
        post(
            "/api/v1/reports",
            {{"account_id", to_string(carol_)}, {"status_ids[]", to_string(bad->id)}}
        ).status,
        404
    );
}

TEST_F(SmallResources, PagesShowPublicPostsAndEscapeWhatPeopleTyped) {
    const auto shown = post(bob_, "<script>alert(1)</script> & #birds");
    const auto hidden = post(bob_, "for followers", {}, social::Visibility::kPrivate);
    for (const std::string& path :
         {std::string("/"),
          std::string("/@bob"),
          std::string("/tags/birds"),
          "/@bob/" + to_string(shown->id)}) {
        const Answer page = get(path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_NE(page.body.find("&lt;script&gt;"), std::string::npos) << path;
        EXPECT_EQ(page.body.find("<script"), std::string::npos) << path;
        EXPECT_EQ(page.body.find("for followers"), std::string::npos) << path;
        EXPECT_NE(
            page.header("content-security-policy").find("default-src 'none'"), std::string::npos
        );
    }
    EXPECT_EQ(get("/@bob/" + to_string(hidden->id)).status, 404);
    EXPECT_EQ(get("/@alice/" + to_string(shown->id)).status, 404);
    EXPECT_EQ(get("/@nobody").status, 404);
    EXPECT_EQ(get("/nonsense").status, 404);
    EXPECT_EQ(get("/users/bob").header("location"), "/@bob");
}

TEST_F(SmallResources, OtherServersFindPeopleByWebfinger) {
    const Answer found = get("/.well-known/webfinger?resource=acct:bob@rookery.example");
    EXPECT_EQ(found.text("subject"), "acct:bob@rookery.example");
    EXPECT_EQ(get("/.well-known/webfinger?resource=acct:bob@other.example").status, 404);
    EXPECT_EQ(get("/.well-known/webfinger").status, 400);
    EXPECT_EQ(get("/nodeinfo/2.0").json().at("metadata").at("upstream").at("name"), "mastodon");
}

TEST_F(SmallResources, TheDefaultPicturesArePngs) {
    for (const char* path : {"/avatars/original/missing.png", "/headers/original/missing.png"}) {
        const Answer picture = get(path);
        EXPECT_EQ(picture.header("content-type"), "image/png");
        EXPECT_TRUE(picture.body.starts_with("\x89PNG\r\n\x1a\n"));
        EXPECT_LT(picture.body.size(), 40'000U);
    }
}

}  // namespace
}  // namespace rookery::api::mastodon
