#include "discover/trends/links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::discover::trends {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Links, HaveOneFormHoweverTheyAreWritten) {
    constexpr const char* kForm = "https://example.org/Birds?page=2";
    EXPECT_EQ(normalize_link("https://example.org/Birds?page=2"), kForm);
    EXPECT_EQ(normalize_link("HTTPS://Example.ORG/Birds?page=2#top"), kForm);
    EXPECT_EQ(normalize_link("https://example.org:443/Birds?page=2"), kForm);
    EXPECT_EQ(normalize_link("https://example.org/Birds?utm_source=a&page=2&UTM_Medium=b"), kForm);
    EXPECT_EQ(normalize_link("https://example.org/Birds?page=2&fbclid=xyz&"), kForm);
    EXPECT_EQ(normalize_link("https://example.org"), "https://example.org/");
    EXPECT_EQ(normalize_link("https://example.org?utm_campaign=x"), "https://example.org/");
    EXPECT_EQ(normalize_link("http://example.org:80/"), "http://example.org/");
    EXPECT_EQ(normalize_link("http://example.org:443/"), "http://example.org:443/");
}

TEST(Links, KeepWhatTellsPagesApart) {
    EXPECT_NE(normalize_link("https://example.org/a"), normalize_link("https://example.org/A"));
    EXPECT_NE(normalize_link("https://example.org/a"), normalize_link("https://example.org/a/"));
    EXPECT_NE(
        normalize_link("https://example.org/?a=1"), normalize_link("https://example.org/?a=2")
    );
    EXPECT_EQ(normalize_link("https://e.org/?utm=1&futm_x=2"), "https://e.org/?utm=1&futm_x=2");
}

TEST(Links, AreAddressesOfTheWebAlone) {
    EXPECT_EQ(normalize_link("ftp://example.org/"), "");
    EXPECT_EQ(normalize_link("example.org"), "");
    EXPECT_EQ(normalize_link("https://"), "");
    EXPECT_EQ(normalize_link(""), "");
    EXPECT_EQ(normalize_link("https://example.org/" + std::string(3'000, 'a')), "");
}

TEST(Links, AreFoundInTextsEachOnceAndNoneToThisHouse) {
    const auto found = [](std::string_view text, std::size_t count = 9) {
        return find_links(text, "home.example", count);
    };
    EXPECT_THAT(found("no link, only a.b and #tag"), IsEmpty());
    EXPECT_THAT(
        found("see (https://a.org/x), https://A.org/x#y and https://b.org."),
        ElementsAre("https://a.org/x", "https://b.org/")
    );
    EXPECT_THAT(found("https://home.example/@bob/1 https://Home.example/x"), IsEmpty());
    EXPECT_THAT(
        found("https://a.org https://b.org https://c.org", 2),
        ElementsAre("https://a.org/", "https://b.org/")
    );
}

TEST(Links, AreCalledByHostAndPath) {
    EXPECT_EQ(
        link_title("https://www.example.org/birds%20in/spring/?page=2"),
        "example.org/birds in/spring"
    );
    EXPECT_EQ(link_title("https://example.org/"), "example.org");
    EXPECT_EQ(link_title("http://example.org:8080/a"), "example.org:8080/a");
    EXPECT_EQ(link_title("https://example.org/%FF"), "example.org/%FF") << "not UTF-8";
    EXPECT_EQ(link_host("https://www.example.org:1/x"), "www.example.org:1");
}

}  // namespace
}  // namespace rookery::discover::trends
