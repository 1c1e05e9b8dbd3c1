#include "api/mastodon/redirect_uri.h"

#include <gtest/gtest.h>

namespace rookery::api::mastodon {
namespace {

TEST(RedirectUri, AcceptsWebAddressesAppSchemesAndOutOfBand) {
    for (const char* uri :
         {"https://client.example/callback",
          "http://127.0.0.1:8000/cb?x=1",
          "urn:ietf:wg:oauth:2.0:oob",
          "com.example.app://oauth",
          "elk:callback"}) {
        EXPECT_TRUE(is_valid_redirect_uri(uri)) << uri;
    }
}

TEST(RedirectUri, RefusesRelativeScriptedFragmentedAndBrokenOnes) {
    for (const char* uri :
         {"",
          "/callback",
          "callback",
          "javascript:alert(1)",
          "JavaScript:alert(1)",
          "data:text/html,x",
          "https://client.example/#fragment",
          "https:///path",
          "https://",
          "http:path",
          "https://client.example/a b",
          "https://client.example/\r\nSet-Cookie: a=b",
          "app://x\"y",
          "1app://x"}) {
        EXPECT_FALSE(is_valid_redirect_uri(uri)) << uri;
    }
}

TEST(RedirectUri, AddsParametersToAnExistingQuery) {
    EXPECT_EQ(with_query("https://a.example/cb", "code=1"), "https://a.example/cb?code=1");
    EXPECT_EQ(with_query("https://a.example/cb?x=2", "code=1"), "https://a.example/cb?x=2&code=1");
    EXPECT_EQ(with_query("https://a.example/cb?", "code=1"), "https://a.example/cb?code=1");
    EXPECT_EQ(with_query("app:", "code=1"), "app:?code=1");
}

TEST(WebUrl, NeedsAHost) {
    EXPECT_TRUE(is_web_url("https://a.example"));
    EXPECT_FALSE(is_web_url("ftp://a.example"));
    EXPECT_FALSE(is_web_url("https://@a.example"));
    EXPECT_FALSE(is_web_url("https://a.example/<script>"));
}

}  // namespace
}  // namespace rookery::api::mastodon
