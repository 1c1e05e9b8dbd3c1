#include "api/mastodon/gate.h"

#include "api/mastodon/request_fixture.h"

namespace rookery::api::mastodon {
namespace {

class Gate : public RequestFixture {};

TEST(Scopes, OneOfTheWantedWordsIsEnough) {
    EXPECT_TRUE(scope_suffices("read", "profile read:accounts"));
    EXPECT_TRUE(scope_suffices("profile", "profile read:accounts"));
    EXPECT_FALSE(scope_suffices("write", "profile read:accounts"));
    EXPECT_FALSE(scope_suffices("read", ""));
    EXPECT_FALSE(scope_suffices("", "read"));
    EXPECT_TRUE(scope_suffices("", kAnyScope));
}

TEST(Token, ComesFromTheHeaderOrTheParameter) {
    http::Request request;
    EXPECT_EQ(token_of(request), std::nullopt);
    request.params.add("access_token", "from-parameter");
    EXPECT_EQ(token_of(request), "from-parameter");
    request.headers.emplace_back("authorization", "bearer from-header");
    EXPECT_EQ(token_of(request), "from-header");
}

TEST_F(Gate, RefusesAMissingAWrongAndARevokedToken) {
    EXPECT_EQ(get("/api/v1/accounts/verify_credentials").status, 401);
    token_ = "nonsense";
    const Answer wrong = get("/api/v1/accounts/verify_credentials");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.text("error"), "The access token is invalid");
    sign_in(alice_);
    EXPECT_EQ(get("/api/v1/accounts/verify_credentials").status, 200);
    ASSERT_TRUE(kit::run(sessions_.revoke(token_, client_id_)));
    EXPECT_EQ(get("/api/v1/accounts/verify_credentials").status, 401);
}

TEST_F(Gate, RefusesATokenWithoutTheScope) {
    sign_in(alice_, "read:statuses");
    const Answer answer = get("/api/v1/accounts/verify_credentials");
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.text("error"), "This action is outside the authorized scopes");
}

TEST_F(Gate, RefusesAnAppWhereAPersonIsNeeded) {
    sign_in(AccountId{}, "read");
    EXPECT_EQ(get("/api/v1/accounts/verify_credentials").status, 422);
}

TEST_F(Gate, RefusesSuspendedPeople) {
    sign_in(alice_);
    social::AccountChanges changes;
    changes.suspended = true;
    ASSERT_TRUE(kit::run(accounts_.update(alice_, changes)));
    const Answer answer = get("/api/v1/accounts/verify_credentials");
    // A suspension may also end the sessions.
    EXPECT_TRUE(answer.status == 403 || answer.status == 401) << answer.status;
}

TEST_F(Gate, AWrongTokenIsNotTakenForNone) {
    const std::string path = "/api/v1/accounts/" + to_string(bob_);
    EXPECT_EQ(get(path).status, 200);
    token_ = "nonsense";
    EXPECT_EQ(get(path).status, 401);
}

TEST_F(Gate, TellsTheLimitOnEveryAnswer) {
    const Answer found = get("/api/v1/instance/rules");
    EXPECT_EQ(found.header("x-ratelimit-limit"), "300");
    EXPECT_EQ(found.header("x-ratelimit-remaining"), "299");
    EXPECT_EQ(found.header("x-ratelimit-reset"), "2026-01-01T00:05:00.000000Z");
    const Answer absent = get("/api/v1/no/such/thing");
    EXPECT_EQ(absent.status, 404);
    EXPECT_EQ(absent.header("x-ratelimit-remaining"), "298");
    EXPECT_EQ(
        absent.header("ratelimit-policy"),
        R"("requests";q=300;w=300, "requests-by-account";q=1500;w=300)"
    );
    EXPECT_EQ(
        absent.header("ratelimit"), R"("requests";r=298;t=300, "requests-by-account";r=1498;t=300)"
    );
    EXPECT_EQ(absent.header("retry-after"), "");
}

TEST_F(Gate, TellsEveryLimitOfARoute) {
    sign_in(alice_);
    const Answer posted = RequestFixture::post("/api/v1/statuses", {{"status", "hello"}});
    ASSERT_EQ(posted.status, 200);
    EXPECT_EQ(posted.header("x-ratelimit-limit"), "30") << "the one that leaves least";
    EXPECT_EQ(
        posted.header("ratelimit-policy"),
        R"("requests";q=300;w=300, "requests-by-account";q=1500;w=300, )"
        R"("posts";q=300;w=10800, "posts-at-once";q=60;w=60)"
    );
    EXPECT_EQ(
        posted.header("ratelimit"),
        R"("requests";r=299;t=300, "requests-by-account";r=1499;t=300, )"
        R"("posts";r=299;t=10800, "posts-at-once";r=29;t=1)"
    );
}

TEST_F(Gate, RefusesWhatIsAboveTheLimitUntilTheWindowEnds) {
    for (int i = 0; i < 300; ++i) {
        ASSERT_EQ(get("/health").status, 200);
    }
    const Answer refused = get("/api/v1/instance/rules");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.text("error"), "Too many requests");
    EXPECT_EQ(refused.header("retry-after"), "300");
    EXPECT_THAT(refused.header("ratelimit"), testing::StartsWith(R"("requests";r=0;t=300, )"));
    clock_.advance_ms(250'500);
    EXPECT_EQ(get("/health").header("retry-after"), "50") << "whole seconds, rounded up";
    sign_in(alice_);
    EXPECT_EQ(get("/api/v1/preferences").status, 200) << "an account has its own count";
    sign_out();
    clock_.advance_ms(50'000);
    EXPECT_EQ(get("/api/v1/instance/rules").status, 200);
}

TEST_F(Gate, EveryRouteNeedsAScopeOrNobody) {
    for (const Route& route : all_routes()) {
        EXPECT_EQ(route.scope.empty(), route.auth == Auth::kNone) << route.pattern;
    }
}

}  // namespace
}  // namespace rookery::api::mastodon
