#include "api/mastodon/oauth.h"

#include "api/mastodon/request_fixture.h"

namespace rookery::api::mastodon {
namespace {

constexpr const char* kCallback = "https://client.example/cb";
constexpr const char* kPassword = "correct horse battery";

class OAuth : public RequestFixture {
protected:
    OAuth() {
        const Answer made = RequestFixture::post(
            "/api/v1/apps",
            {{"client_name", "Test <app>"},
             {"redirect_uris", std::string(kCallback) + "\nurn:ietf:wg:oauth:2.0:oob"},
             {"scopes", "read write:statuses"}}
        );
        id_ = made.text("client_id");
        secret_ = made.text("client_secret");
    }

    void open_browser() {
        ASSERT_TRUE(kit::run(accounts_.set_password(alice_, kPassword)));
        const Answer form = get("/auth/sign_in");
        const Answer done = RequestFixture::post(
            "/auth/sign_in",
            {{"form_secret", hidden_value(form.body, "form_secret")},
             {"login", "alice"},
             {"password", kPassword}}
        );
        ASSERT_EQ(done.status, 303) << done.body;
    }

    std::string authorize_path(const std::string& more = "", const std::string& uri = kCallback) {
        return "/oauth/authorize?response_type=code&client_id=" + id_ +
               "&redirect_uri=" + percent_encode(uri) + more;
    }

    /// Allows what `path` asks and returns where the browser is sent.
    std::string allow(const std::string& path, const std::string& decision = "allow") {
        const Answer form = get(path);
        EXPECT_EQ(form.status, 200);
        const Answer done = RequestFixture::post(
            path, {{"form_secret", hidden_value(form.body, "form_secret")}, {"decision", decision}}
        );
        EXPECT_EQ(done.status, 302) << done.body;
        return done.header("location");
    }

    static std::string code_in(const std::string& location) {
        const std::size_t at = location.find("code=") + 5;
        return location.substr(at, location.find('&', at) - at);
    }

    Answer redeem(const std::string& code, Pairs more = {}) {
        auto params = std::vector<std::pair<std::string, std::string>>(more);
        std::string form = "grant_type=authorization_code&code=" + percent_encode(code) +
                           "&client_id=" + id_ + "&client_secret=" + secret_ +
                           "&redirect_uri=" + percent_encode(kCallback);
        for (const auto& [name, value] : params) {
            form += "&" + name + "=" + percent_encode(value);
        }
        return RequestFixture::post("/oauth/token?" + form);
    }

    std::string id_;
    std::string secret_;
};

TEST_F(OAuth, ACodeBecomesATokenOnce) {
    open_browser();
    const std::string location = allow(authorize_path("&scope=read&state=a%26b"));
    EXPECT_TRUE(location.starts_with(std::string(kCallback) + "?code=")) << location;
    EXPECT_NE(location.find("&state=a%26b"), std::string::npos);
    const Answer token = redeem(code_in(location));
    ASSERT_EQ(token.status, 200) << token.body;
    EXPECT_EQ(token.text("token_type"), "Bearer");
    EXPECT_EQ(token.text("scope"), "read");
    EXPECT_TRUE(token.json().as_object().at("created_at").is_int64());
    token_ = token.text("access_token");
    EXPECT_EQ(get("/api/v1/accounts/verify_credentials").text("username"), "alice");
    sign_out();
    const Answer again = redeem(code_in(location));
    EXPECT_EQ(again.status, 400);
    EXPECT_EQ(again.text("error"), "invalid_grant");
}

TEST_F(OAuth, AChallengeNeedsItsVerifier) {
    open_browser();
    const std::string verifier(50, 'v');
    const std::string path = authorize_path(
        "&scope=read&code_challenge_method=S256&code_challenge=" +
        base64url_encode(sha256(verifier))
    );
    EXPECT_EQ(redeem(code_in(allow(path))).text("error"), "invalid_grant");
    EXPECT_EQ(
        redeem(code_in(allow(path)), {{"code_verifier", std::string(50, 'w')}}).text("error"),
        "invalid_grant"
    );
    EXPECT_EQ(redeem(code_in(allow(path)), {{"code_verifier", verifier}}).status, 200);
}

TEST_F(OAuth, AVerifierWithoutAChallengeIsRefused) {
    open_browser();
    const std::string code = code_in(allow(authorize_path()));
    EXPECT_EQ(
        redeem(code, {{"code_verifier", std::string(50, 'v')}}).text("error"), "invalid_grant"
    );
}

TEST_F(OAuth, PlainChallengesAreRefusedToTheClient) {
    const Answer answer =
        get(authorize_path("&code_challenge_method=plain&code_challenge=" + std::string(50, 'v')));
    EXPECT_EQ(answer.status, 302);
    EXPECT_NE(answer.header("location").find("error=invalid_request"), std::string::npos);
}

TEST_F(OAuth, NothingIsSentToAnAddressThatWasNotRegistered) {
    for (const std::string uri :
         {"https://evil.example/cb", "https://client.example/cb/", "https://client.example/cb?x=1"
         }) {
        const Answer answer = get(authorize_path("", uri));
        EXPECT_EQ(answer.status, 422) << uri;
        EXPECT_EQ(answer.header("location"), "");
    }
    EXPECT_EQ(get("/oauth/authorize?response_type=code&client_id=x").status, 422);
}

TEST_F(OAuth, ScopesBeyondTheAppsAreRefused) {
    const Answer answer = get(authorize_path("&scope=write"));
    EXPECT_NE(answer.header("location").find("error=invalid_scope"), std::string::npos);
}

TEST_F(OAuth, DenyingSendsAccessDenied) {
    open_browser();
    const std::string location = allow(authorize_path("&state=s"), "deny");
    EXPECT_NE(location.find("error=access_denied"), std::string::npos);
    EXPECT_NE(location.find("state=s"), std::string::npos);
}

TEST_F(OAuth, TheOutOfBandCodeIsShownOnAPage) {
    open_browser();
    const std::string location = allow(authorize_path("", "urn:ietf:wg:oauth:2.0:oob"));
    EXPECT_TRUE(location.starts_with("/oauth/authorize/native?code=")) << location;
    EXPECT_NE(get(location).body.find(code_in(location)), std::string::npos);
}

TEST_F(OAuth, AFormWithoutItsSecretDoesNothing) {
    open_browser();
    const Answer answer = RequestFixture::post(authorize_path(), {{"decision", "allow"}});
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.header("location"), "");
}

TEST_F(OAuth, NamesOfAppsAreEscaped) {
    open_browser();
    const std::string html = get(authorize_path()).body;
    EXPECT_NE(html.find("Test &lt;app&gt;"), std::string::npos);
    EXPECT_EQ(html.find("<app>"), std::string::npos);
}

TEST_F(OAuth, ClientCredentialsMakeAnAppsToken) {
    const std::string basic = "Basic " + base64_encode(id_ + ":" + secret_);
    const Answer token = RequestFixture::post(
        "/oauth/token", {{"grant_type", "client_credentials"}}, {{"authorization", basic}}
    );
    ASSERT_EQ(token.status, 200) << token.body;
    token_ = token.text("access_token");
    EXPECT_EQ(get("/api/v1/apps/verify_credentials").text("name"), "Test <app>");
}

TEST_F(OAuth, AWrongSecretIsAnInvalidClient) {
    const Answer answer = RequestFixture::post(
        "/oauth/token",
        {{"grant_type", "client_credentials"}, {"client_id", id_}, {"client_secret", "wrong"}}
    );
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.text("error"), "invalid_client");
}

TEST_F(OAuth, ThePasswordGrantIsOffByDefault) {
    const Answer answer = RequestFixture::post(
        "/oauth/token",
        {{"grant_type", "password"},
         {"client_id", id_},
         {"client_secret", secret_},
         {"username", "alice"},
         {"password", kPassword}}
    );
    EXPECT_EQ(answer.text("error"), "unsupported_grant_type");
}

TEST_F(OAuth, RevokingEndsATokenOfTheAppThatHoldsIt) {
    client_id_ = id_;
    sign_in(alice_);
    const std::string token = token_;
    sign_out();
    EXPECT_EQ(RequestFixture::post("/oauth/revoke", {{"token", token}}).status, 403);
    const Answer revoked = RequestFixture::post(
        "/oauth/revoke", {{"token", token}, {"client_id", id_}, {"client_secret", secret_}}
    );
    EXPECT_EQ(revoked.status, 200);
    EXPECT_EQ(revoked.body, "{}");
    token_ = token;
    EXPECT_EQ(get("/api/v1/preferences").status, 401);
}

TEST_F(OAuth, GuessingPasswordsIsThrottled) {
    ASSERT_TRUE(kit::run(accounts_.set_password(alice_, kPassword)));
    const std::string secret = hidden_value(get("/auth/sign_in").body, "form_secret");
    const auto attempt = [&](const std::string& password) {
        return RequestFixture::post(
            "/auth/sign_in", {{"form_secret", secret}, {"login", "Alice"}, {"password", password}}
        );
    };
    for (int i = 0; i < 10; ++i) {
        ASSERT_EQ(attempt("wrong").status, 422);
    }
    const Answer refused = attempt(kPassword);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("retry-after"), "300");
    EXPECT_EQ(
        refused.header("ratelimit"), R"("sign-ins";r=0;t=300, "sign-ins-by-address";r=30;t=300)"
    ) << "a refused attempt is not charged to the address";
    clock_.advance_ms(300'000);
    EXPECT_EQ(attempt(kPassword).status, 303);
}

TEST_F(OAuth, SigningInNeverLeadsToAnotherSite) {
    for (const std::string path : {"//evil.example/", "https://evil.example/", "/\\evil.example"}) {
        const Answer form = get("/auth/sign_in?return_to=" + percent_encode(path));
        EXPECT_EQ(hidden_value(form.body, "return_to"), "/") << path;
    }
}

TEST_F(OAuth, CookiesAreSecureWhereTheServerIs) {
    open_browser();
    const Answer form = get("/auth/sign_out");
    const Answer out = RequestFixture::post(
        "/auth/sign_out", {{"form_secret", hidden_value(form.body, "form_secret")}}
    );
    const std::string cookie = out.header("set-cookie");
    for (const char* part : {"HttpOnly", "SameSite=Lax", "Secure", "Max-Age=0", "Path=/"}) {
        EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
    }
    EXPECT_EQ(get("/auth/sessions").status, 303) << "signed out";
}

TEST_F(OAuth, ABrowsersSessionOpensNothingOfTheApi) {
    open_browser();
    token_ = cookies_.at("rookery_session");
    EXPECT_EQ(get("/api/v1/accounts/verify_credentials").status, 403);
}

TEST(Pkce, FollowsTheExampleOfTheRfc) {
    EXPECT_TRUE(proves_key(
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    ));
    EXPECT_FALSE(proves_key("short", base64url_encode(sha256("short"))));
}

}  // namespace
}  // namespace rookery::api::mastodon
