#include "social/text/render.h"

#include <gtest/gtest.h>

namespace rookery::social::text {
namespace {

TEST(CountCharacters, CountsGraphemeClusters) {
    EXPECT_EQ(count_characters(""), 0U);
    EXPECT_EQ(count_characters("hello"), 5U);
    EXPECT_EQ(count_characters("日本語"), 3U);
    EXPECT_EQ(count_characters("e\u0301"), 1U);
    EXPECT_EQ(count_characters("👨‍👩‍👧‍👦"), 1U);
    EXPECT_EQ(count_characters("🏳️‍🌈🇩🇪👍🏽"), 3U);
    EXPECT_EQ(count_characters("\u1100\u1161\u11a8"), 1U) << "a syllable in three jamo";
    EXPECT_EQ(count_characters("a\r\nb\nc"), 5U);
}

TEST(CountCharacters, CountsEveryUrlAsTwentyThree) {
    EXPECT_EQ(count_characters("https://example.com"), 23U);
    EXPECT_EQ(count_characters("https://example.com/" + std::string(500, 'a')), 23U);
    EXPECT_EQ(count_characters("see https://example.com/a."), 4U + 23U + 1U);
    EXPECT_EQ(count_characters("http://a.example http://b.example"), 47U);
}

TEST(CountCharacters, CountsMentionsWithoutTheirHost) {
    EXPECT_EQ(count_characters("@bob@a-long-host.example"), 4U);
    EXPECT_EQ(count_characters("@bob"), 4U);
    EXPECT_EQ(count_characters("hi @bob@other.example!"), 8U);
    EXPECT_EQ(count_characters("bob@other.example"), 17U);
}

TEST(CountCharacters, CountsTagsAsTheyStand) {
    EXPECT_EQ(count_characters("#birds 字"), 8U);
}

TEST(NormalizeInput, TrimsWhiteSpaceOfEveryKind) {
    EXPECT_EQ(normalize_input("  \n\t a b \n "), "a b");
    EXPECT_EQ(normalize_input("\u3000字\u00a0"), "字");
    EXPECT_EQ(normalize_input(" \n \u2003"), "");
    EXPECT_EQ(normalize_input(""), "");
}

TEST(NormalizeInput, MakesLineEndsOne) {
    EXPECT_EQ(normalize_input("a\r\nb\rc\nd"), "a\nb\nc\nd");
    EXPECT_EQ(normalize_input("a\r\n\r\nb"), "a\n\nb");
}

TEST(NormalizeInput, RemovesControlCharactersAndTheBaseUrlMark) {
    EXPECT_EQ(
        normalize_input(std::string(
            "a\0b\x01"
            "c\x7f\x1b[0m\u0085x",
            14
        )),
        "abc[0mx"
    );
    EXPECT_EQ(normalize_input("a\tb"), "a b");
}

TEST(NormalizeInput, MakesUtf8WellFormed) {
    EXPECT_EQ(
        normalize_input("a\xFF\xC0\xAF"
                        "b"),
        "a\uFFFD\uFFFD\uFFFDb"
    );
    EXPECT_EQ(normalize_input("\xED\xA0\x80x"), "\uFFFD\uFFFD\uFFFDx");
    EXPECT_EQ(normalize_input("x\xE3\x81"), "x\uFFFD");
}

TEST(NormalizeInput, KeepsJoinersAndDirectionMarks) {
    EXPECT_EQ(
        normalize_input("👩‍👩‍👧 \u202eabc\u202c"), "👩‍👩‍👧 \u202eabc\u202c"
    );
}

}  // namespace
}  // namespace rookery::social::text
