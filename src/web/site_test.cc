#include "web/site.h"

#include "kit/task_driver.h"
#include "kit/temporary_directory.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <utility>

namespace rookery::web {
namespace {

class SiteTest : public testing::Test {
protected:
    SiteTest() {
        write("index.html", "<head></head>");
        write("index.html.br", "brotli page");
        write("robots.txt", "the app's");
        write("app.js", "script");
        write("app.js.gz", "gzip script");
    }

    void write(const std::string& name, const std::string& bytes) {
        std::ofstream(directory_.path() / name, std::ios::binary) << bytes;
    }
    static http::RequestPtr request(std::string accept_encoding) {
        auto made = std::make_shared<http::Request>();
        made->headers.emplace_back("accept-encoding", std::move(accept_encoding));
        return made;
    }
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) {
                return value;
            }
        }
        return "";
    }

    kit::TemporaryDirectory directory_;
};

TEST_F(SiteTest, AnswersInTheBestCodingThatIsThereAndWanted) {
    const auto site = *Site::open(directory_.path().string());
    const auto packed = site->index(*request("gzip, br"));
    EXPECT_EQ(header(packed, "Content-Encoding"), "br");
    EXPECT_EQ(packed.fragments.at(0).bytes, "brotli page");
    EXPECT_EQ(header(packed, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header(packed, "Cache-Control"), "no-cache");
    EXPECT_TRUE(packed.etag);
    // There is no gzip of the page: the server may make one.
    const auto plain = site->index(*request("gzip"));
    EXPECT_EQ(header(plain, "Content-Encoding"), "");
    EXPECT_EQ(plain.fragments.at(0).bytes, "<head></head>");
    EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
}

TEST_F(SiteTest, LeavesTheServersOwnPagesInTheirPlace) {
    http::Router router;
    router.add(
        http::Method::kGet,
        "/robots.txt",
        [](const http::RequestPtr&) -> Task<http::Response> {
            co_return http::Response::text("the server's");
        }
    );
    router.add(http::Method::kGet, "/:handle", [](const http::RequestPtr&) -> Task<http::Response> {
        co_return http::Response::text("somebody's");
    });
    Site::add_files(*Site::open(directory_.path().string()), router);
    const auto ask = [&](std::string_view path) {
        return kit::run((*router.match(http::Method::kGet, path).handler)(request("gzip")));
    };
    EXPECT_EQ(ask("/robots.txt").body, "the server's");
    EXPECT_EQ(ask("/index.html").body, "somebody's");
    EXPECT_EQ(ask("/app.js").fragments.at(0).bytes, "gzip script");
    EXPECT_EQ(header(ask("/app.js"), "Content-Type"), "text/javascript; charset=utf-8");
}

TEST_F(SiteTest, FindsAFileByItsNameWithoutTheHash) {
    std::filesystem::create_directories(directory_.path() / "assets");
    write("assets/text-latin-ext-B1x8_zQ2.woff2", "more letters");
    write("assets/text-latin-Ab-8_zQ2.woff2", "letters");
    const auto site = *Site::open(directory_.path().string());
    EXPECT_EQ(site->address_of("/assets/text-latin-"), "/assets/text-latin-Ab-8_zQ2.woff2");
    EXPECT_EQ(site->address_of("/assets/text-latin-ext-"), "/assets/text-latin-ext-B1x8_zQ2.woff2");
    EXPECT_EQ(site->address_of("/assets/text-greek-"), "");
}

TEST_F(SiteTest, NeedsAnIndex) {
    std::filesystem::remove(directory_.path() / "index.html");
    const auto site = Site::open(directory_.path().string());
    ASSERT_FALSE(site);
    EXPECT_NE(site.error().message.find("has no index.html"), std::string::npos);
}

}  // namespace
}  // namespace rookery::web
