#include "web/app_page.h"

#include <gtest/gtest.h>

namespace rookery::web {
namespace {

TEST(AppPage, PutsTheHeadInThePlaceOfTheTitle) {
    const auto page = AppPage::parse(
        "<!doctype html><html><head><meta charset=utf-8><TITLE lang=en>Rookery</TITLE>"
        "<script src=/a.js></script></head><body><p><title>no title</title></body></html>"
    );
    ASSERT_TRUE(page);
    PageHead head;
    head.title = "</title><script>alert(1)</script>";
    head.description = "\"quoted\" & <b>";
    head.url = "https://a.example/@a\"";
    head.kind = "profile";
    head.may_be_indexed = false;
    const std::string html = page->with(head);
    EXPECT_TRUE(html.starts_with("<!doctype html><html><head><meta charset=utf-8><title>&lt;/title")
    ) << html;
    EXPECT_TRUE(html.ends_with(
        "<script src=/a.js></script></head><body><p><title>no title</title></body></html>"
    )) << html;
    EXPECT_EQ(html.find("<script>"), std::string::npos);
    EXPECT_EQ(html.find(">Rookery<"), std::string::npos);
    EXPECT_NE(
        html.find("<meta name=\"description\" content=\"&quot;quoted&quot; &amp; &lt;b&gt;\">"),
        std::string::npos
    ) << html;
    EXPECT_NE(html.find("<meta property=\"og:type\" content=\"profile\">"), std::string::npos);
    EXPECT_NE(html.find("<meta name=\"robots\" content=\"noindex\">"), std::string::npos);
    EXPECT_EQ(html.find("og:image"), std::string::npos);
    EXPECT_NE(html.find("href=\"https://a.example/@a&quot;\""), std::string::npos);
}

TEST(AppPage, TakesAPageWithoutATitle) {
    const auto page = AppPage::parse("<html><head></head><body></body></html>");
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->with({.title = "Here"}).starts_with("<html><head><title>Here</title>"));
}

TEST(AppPage, RefusesAPageWithoutAHead) {
    EXPECT_FALSE(AppPage::parse("<p>hello"));
}

}  // namespace
}  // namespace rookery::web
