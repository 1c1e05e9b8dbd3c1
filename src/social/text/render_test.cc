#include "social/text/render.h"

#include "base/random.h"
#include "kit/html_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace rookery::social::text {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string render(std::string_view text) {
    return render_html(text, {{"Bob", AccountId(2)}, {"carol", AccountId(3)}}, "home.example");
}

std::string link(const std::string& url, const std::string& prefix, const std::string& shown) {
    return "<a href=\"" + url +
           "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span "
           "class=\"invisible\">" +
           prefix + "</span><span class=\"\">" + shown +
           "</span><span class=\"invisible\"></span></a>";
}

/// The URLs that are linked, in order.
std::vector<std::string> links(std::string_view text) {
    const std::string html = render(text);
    std::vector<std::string> urls;
    for (std::size_t at = html.find("href=\"http"); at != std::string::npos;
         at = html.find("href=\"http", at + 1)) {
        urls.push_back(html.substr(at + 6, html.find('"', at + 6) - at - 6));
    }
    return urls;
}

TEST(RenderHtml, WrapsParagraphsAndBreaksLines) {
    EXPECT_EQ(render("one"), "<p>one</p>");
    EXPECT_EQ(
        render("one\ntwo\n\nthree\n\n\n\nfour"), "<p>one<br />two</p><p>three</p><p>four</p>"
    );
    EXPECT_EQ(render(""), "");
}

TEST(RenderHtml, EscapesEverythingElse) {
    EXPECT_EQ(
        render("<script>alert(\"1\")</script> & 'x'"),
        "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>"
    );
}

TEST(RenderHtml, LinksKnownMentionsAsRegistered) {
    EXPECT_EQ(
        render("hi @bob!"),
        "<p>hi <span class=\"h-card\" translate=\"no\"><a href=\"\x01/@Bob\" class=\"u-url "
        "mention\">@<span>Bob</span></a></span>!</p>"
    );
    EXPECT_EQ(
        render("@CAROL@home.example"),
        "<p><span class=\"h-card\" translate=\"no\"><a href=\"\x01/@carol\" class=\"u-url "
        "mention\">@<span>carol</span></a></span></p>"
    );
}

TEST(RenderHtml, LeavesUnknownAndRemoteMentionsAsText) {
    EXPECT_EQ(render("@nobody"), "<p>@nobody</p>");
    EXPECT_EQ(render("@bob@other.example"), "<p>@bob@other.example</p>");
    EXPECT_EQ(render("mail bob@home.example"), "<p>mail bob@home.example</p>");
}

TEST(RenderHtml, LinksTagsAsTyped) {
    EXPECT_EQ(
        render("#Café"),
        "<p><a href=\"\x01/tags/caf%C3%A9\" class=\"mention hashtag\" rel=\"tag\">#<span>Café"
        "</span></a></p>"
    );
    EXPECT_EQ(render("#1"), "<p>#1</p>");
}

TEST(RenderHtml, ShowsShortLinksWhole) {
    EXPECT_EQ(
        render("https://example.com/a"),
        "<p>" + link("https://example.com/a", "https://", "example.com/a") + "</p>"
    );
    EXPECT_EQ(
        render("http://www.example.com"),
        "<p>" + link("http://www.example.com", "http://www.", "example.com") + "</p>"
    );
}

TEST(RenderHtml, CutsLongLinksAfterThirtyCharacters) {
    EXPECT_EQ(
        render("https://www.example.com/123456789012345678rest"),
        "<p><a href=\"https://www.example.com/123456789012345678rest\" target=\"_blank\" "
        "rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">https://www."
        "</span><span class=\"ellipsis\">example.com/123456789012345678</span><span "
        "class=\"invisible\">rest</span></a></p>"
    );
}

TEST(RenderHtml, DoesNotCutOffASingleCharacter) {
    EXPECT_EQ(
        render("https://example.com/1234567890123456789"),
        "<p>" +
            link(
                "https://example.com/1234567890123456789",
                "https://",
                "example.com/1234567890123456789"
            ) +
            "</p>"
    );
}

TEST(RenderHtml, CutsLinksBetweenCodePoints) {
    EXPECT_THAT(
        render("https://example.com/ääääääääääääääääääöö"),
        HasSubstr("<span class=\"ellipsis\">example.com/ääääääääääääääääää</span><span "
                  "class=\"invisible\">öö</span>")
    );
}

TEST(RenderHtml, EscapesInsideLinks) {
    EXPECT_THAT(
        render("https://example.com/?a=1&b='2'x"),
        HasSubstr("href=\"https://example.com/?a=1&amp;b=&#39;2&#39;x\"")
    );
    EXPECT_THAT(
        links("https://example.com/\"onmouseover=\"alert(1)"),
        testing::ElementsAre("https://example.com/")
    );
}

TEST(RenderHtml, LeavesClosingPunctuationOutOfLinks) {
    using testing::ElementsAre;
    EXPECT_THAT(links("see https://example.com/a."), ElementsAre("https://example.com/a"));
    EXPECT_THAT(links("see https://example.com, or"), ElementsAre("https://example.com"));
    EXPECT_THAT(links("https://example.com/a?!..."), ElementsAre("https://example.com/a"));
    EXPECT_THAT(links("「https://example.com/a」。"), ElementsAre("https://example.com/a"));
    EXPECT_THAT(
        links("*https://example.com/a* [https://example.com/b]"),
        ElementsAre("https://example.com/a", "https://example.com/b")
    );
    EXPECT_THAT(
        links("https://example.com/?q= https://example.com/a-"),
        ElementsAre("https://example.com/?q=", "https://example.com/a-")
    );
}

TEST(RenderHtml, BalancesParenthesesOfLinks) {
    using testing::ElementsAre;
    EXPECT_THAT(links("(https://example.com/a)"), ElementsAre("https://example.com/a"));
    EXPECT_THAT(links("https://example.com/a_(b)"), ElementsAre("https://example.com/a_(b)"));
    EXPECT_THAT(
        links("(see https://example.com/a_(b_(c))d)."),
        ElementsAre("https://example.com/a_(b_(c))d")
    );
    EXPECT_THAT(
        links("https://example.com/a(b https://example.com/c)d"),
        ElementsAre("https://example.com/a", "https://example.com/c")
    );
}

TEST(RenderHtml, TakesHashesAndAtsIntoLinks) {
    using testing::ElementsAre;
    EXPECT_THAT(
        links("https://example.com/@bob/1#top"), ElementsAre("https://example.com/@bob/1#top")
    );
    EXPECT_THAT(
        links("https://example.com#top https://example.com?x=#1"),
        ElementsAre("https://example.com#top", "https://example.com?x=#1")
    );
    EXPECT_THAT(render("https://example.com/@bob/#birds"), Not(HasSubstr("mention")));
}

TEST(RenderHtml, TakesHostsOfEveryScriptAndPorts) {
    using testing::ElementsAre;
    EXPECT_THAT(
        links("https://bücher.example/ü http://例え.テスト/道"),
        ElementsAre("https://bücher.example/ü", "http://例え.テスト/道")
    );
    EXPECT_THAT(
        links("http://localhost:3000/x http://127.0.0.1:80 https://a.example:8443"),
        ElementsAre("http://localhost:3000/x", "http://127.0.0.1:80", "https://a.example:8443")
    );
    EXPECT_THAT(links("見てhttps://example.comです"), ElementsAre("https://example.com"));
    EXPECT_THAT(links("HTTPS://EXAMPLE.COM/A"), testing::IsEmpty());  // counted by href="http
    EXPECT_THAT(render("HTTPS://EXAMPLE.COM/A"), HasSubstr("href=\"HTTPS://EXAMPLE.COM/A\""));
}

TEST(RenderHtml, LinksNothingThatIsNoWebAddress) {
    for (const std::string_view text :
         {"http://",
          "http://a",
          "https://.example",
          "http://-a.example",
          "xhttp://example.com",
          "javascript://example.com",
          "ftp://example.com",
          "@https://example.com",
          "http://bob@example.com/",
          "http://bob.example@evil.example/",
          "example.com",
          "http://1.2.3/",
          "http://example.c"}) {
        EXPECT_THAT(links(text), testing::IsEmpty()) << text;
    }
}

TEST(RenderHtml, KeepsEmojiSequencesAndRightToLeftTextWhole) {
    const std::string family =
        "👨‍👩‍👧‍👦 🏳️‍🌈 שלום עולם مرحبا";
    EXPECT_EQ(render(family), "<p>" + family + "</p>");
}

TEST(RenderHtml, LetsNobodyTypeTheBaseUrlMark) {
    EXPECT_EQ(render("a\x01/b"), "<p>a/b</p>");
    EXPECT_THAT(render("https://example.com/\x01x"), Not(HasSubstr("\x01")));
}

TEST(RenderLineHtml, HasNoParagraphsAndSaysThatLinksAreTheAccountsOwn) {
    EXPECT_EQ(render_line_html("a\nb <", {}, "home.example"), "a b &lt;");
    EXPECT_THAT(
        render_line_html("https://example.com", {}, "home.example"),
        HasSubstr("rel=\"nofollow noopener me\"")
    );
}

/// Pieces that mean something to the scanner, so that random sequences of them reach its corners.
std::string random_text(Random& random) {
    static const std::vector<std::string> pieces{
        "http://",
        "https://",
        "www.",
        "example",
        ".",
        "com",
        "/",
        "?",
        "#",
        "@",
        "bob",
        "carol",
        "home.example",
        "(",
        ")",
        "<",
        ">",
        "\"",
        "'",
        "&",
        "&amp;",
        "=",
        "\n",
        "\n\n",
        " ",
        "é",
        "字",
        "。",
        "👩‍👩‍👧",
        "\x01",
        "\xFF",
        "\xE3\x81",
        "·",
        "_",
        "-",
        "1",
        "://",
        "＃",
        "＠",
        "\u200c",
        "localhost",
        ":",
        "80",
        "<script>",
        "</p>",
        "\u202e",
        "%",
        "]",
        "["
    };
    std::string text;
    for (std::uint64_t i = random.below(40); i > 0; --i) {
        text += pieces[random.below(pieces.size())];
    }
    return text;
}

TEST(RenderHtml, MakesOnlyAllowedHtmlOfRandomText) {
    Random random(20260101);
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = random_text(random);
        for (const std::string& html :
             {render(text), render(normalize_input(text)), render_line_html(text, {}, "x.y")}) {
            ASSERT_EQ(kit::HtmlCheck::problem(html), "") << text << "\n" << html;
        }
    }
}

TEST(RenderHtml, LinksEveryKnownMentionAndTagThatIsFound) {
    Random random(7);
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = random_text(random);
        const std::string html = render(text);
        for (const std::string& name : find_mentions(text, "home.example")) {
            if (name == "bob") {
                ASSERT_THAT(html, HasSubstr("\x01/@Bob\"")) << text;
            }
        }
        for (const std::string& tag : find_tags(text)) {
            ASSERT_THAT(html, HasSubstr("\x01" + tag_path(tag) + "\"")) << text;
        }
    }
}

TEST(RenderHtml, TakesLinearTimeOnAMegabyteOfGarbage) {
    for (const std::string_view piece :
         {"a",   "@",    "#",          "@a",           "#1",
          "@a@", "@a.",  "http://",    "http://a.b/(", "http://a.b/)",
          "(",   ")",    "https://a.", "#1_",          "\n",
          "é",   "\xEF", "http",       "http://a.b/!", "@a-@",
          "·",   "#·",   "<",          "👩‍👩"}) {
        std::string text;
        while (text.size() < 1'000'000) {
            text += piece;
        }
        const auto begin = std::chrono::steady_clock::now();
        const std::string html = render(text);
        static_cast<void>(count_characters(text));
        static_cast<void>(find_tags(text));
        const auto elapsed = std::chrono::steady_clock::now() - begin;
        EXPECT_FALSE(html.empty());
        // A quadratic step would take hours, not seconds.
        EXPECT_LT(elapsed, std::chrono::seconds(20)) << piece;
    }
}

}  // namespace
}  // namespace rookery::social::text
