#include "discover/text/segments.h"

#include "base/random.h"
#include "social/text/unicode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace rookery::discover::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> parts(std::string_view text) {
    std::vector<Segment> found;
    find_segments(text, found);
    std::vector<std::string> out;
    for (const Segment& segment : found) {
        out.emplace_back(text.substr(segment.begin, segment.end - segment.begin));
    }
    return out;
}

TEST(FindSegments, LeavesOutSpacesAndPunctuation) {
    EXPECT_THAT(parts("Hello, (big) world!"), ElementsAre("Hello", "big", "world"));
    EXPECT_THAT(parts("¿Qué? «Sí» … –"), ElementsAre("Qué", "Sí"));
    EXPECT_THAT(parts(" \n\t ... ___ !"), IsEmpty());
    EXPECT_THAT(parts(""), IsEmpty());
}

TEST(FindSegments, KeepsWhatJoinsLettersOrDigits) {
    EXPECT_THAT(
        parts("don't U.S.A. 3.14 1,000,000 snake_case"),
        ElementsAre("don't", "U.S.A", "3.14", "1,000,000", "snake_case")
    );
    EXPECT_THAT(parts("don’t e-mail 'quoted'"), ElementsAre("don’t", "e", "mail", "quoted"));
    EXPECT_THAT(parts("a.1 1.a a,b 1..2"), ElementsAre("a", "1", "1", "a", "a", "b", "1", "2"));
}

TEST(FindSegments, PartsAddressesAtTheirSign) {
    EXPECT_THAT(parts("bob@example.com @@ @"), ElementsAre("bob", "example.com"));
    EXPECT_THAT(parts("東京@東京 音@b"), ElementsAre("東京", "東京", "音", "b"));
}

TEST(FindSegments, KnowsWordsOfScriptsWithoutSpaces) {
    EXPECT_THAT(parts("我喜欢音乐"), ElementsAre("我", "喜欢", "音乐"));
    EXPECT_THAT(parts("東京に行きました。"), testing::Contains("東京"));
    EXPECT_THAT(parts("コーヒーを飲む"), testing::Contains("コーヒー"));
    EXPECT_THAT(parts("สวัสดีครับ"), ElementsAre("สวัสดี", "ครับ"));
}

TEST(FindSegments, KnowsWordsOfScriptsWithSpaces) {
    EXPECT_THAT(parts("Привет, мир!"), ElementsAre("Привет", "мир"));
    EXPECT_THAT(parts("नमस्ते दुनिया।"), ElementsAre("नमस्ते", "दुनिया"));
    EXPECT_THAT(parts("مرحبا بالعالم؟"), ElementsAre("مرحبا", "بالعالم"));
    EXPECT_THAT(parts("안녕하세요 세계"), ElementsAre("안녕하세요", "세계"));
    EXPECT_THAT(parts("Γειά σου Κόσμε"), ElementsAre("Γειά", "σου", "Κόσμε"));
}

TEST(FindSegments, TakesEachEmojiForAWord) {
    EXPECT_THAT(parts("ok👍👍🏽!"), ElementsAre("ok", "👍", "👍🏽"));
    EXPECT_THAT(parts("👨\u200D👩\u200D👧❤\uFE0F"), ElementsAre("👨\u200D👩\u200D👧", "❤\uFE0F"));
    EXPECT_THAT(parts("🇩🇪🇫🇷 🏳\uFE0F\u200D🌈"), ElementsAre("🇩🇪", "🇫🇷", "🏳\uFE0F\u200D🌈"));
    EXPECT_THAT(parts("© 2026 ™ → •"), ElementsAre("2026"));
}

TEST(FindSegments, PartsWordsAtBytesThatAreNoText) {
    EXPECT_THAT(parts("one\xFFtwo \xE2\x82 three\xC3"), ElementsAre("one", "two", "three"));
}

std::vector<Segment> found_plainly(std::string_view text) {
    std::vector<Segment> found;
    find_segments_in_plain(text, 0, found);
    return found;
}

std::vector<Segment> found_by_icu(std::string_view text) {
    std::vector<Segment> found;
    find_segments_by_icu(text, 0, found);
    return found;
}

TEST(FindSegments, FindsTheSameInPlainTextAsIcu) {
    const std::vector<std::string> kCharacters = {"a", "b", "Z", "0", "1",  "9",  "_", "_",
                                                  ".", ".", "'", "'", ",",  ",",  ";", ":",
                                                  "-", "#", "/", " ", "\n", "\"", "é", "ß",
                                                  "ж", "λ", "’", "’", "“",  "…",  "¿"};
    Random random(7);
    for (int round = 0; round < 30'000; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(24); i > 0; --i) {
            text += kCharacters[random.below(kCharacters.size())];
        }
        ASSERT_TRUE(is_plain(text));
        ASSERT_EQ(found_plainly(text), found_by_icu(text)) << '"' << text << '"';
    }
}

TEST(FindSegments, FindsTheSameAroundEachPlainCharacterAsIcu) {
    for (social::text::CodePoint c = 0; c < 0x3000; ++c) {
        std::string character;
        social::text::append_utf8(character, c);
        if (c == '@' || !is_plain(character)) {
            continue;
        }
        for (const char* around : {"", "a", "1", "_", "é", "."}) {
            const std::string text = around + character + around + character;
            ASSERT_EQ(found_plainly(text), found_by_icu(text)) << c << " in \"" << text << '"';
        }
    }
}

TEST(FindSegments, FindsTheSamePieceByPieceAsInTheWhole) {
    const std::vector<std::string> kPieces = {
        "plain",
        "it's",
        "été",
        "東京都",
        "に",
        "👍🏽",
        "สวัสดี",
        "\u0301",
        "\u200D",
        "1,5",
        "мир",
        " ",
        " ",
        "\n",
        "-"
    };
    Random random(11);
    for (int round = 0; round < 5'000; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(12); i > 0; --i) {
            text += kPieces[random.below(kPieces.size())];
        }
        std::vector<Segment> by_piece;
        find_segments(text, by_piece);
        ASSERT_EQ(by_piece, found_by_icu(text)) << '"' << text << '"';
    }
}

}  // namespace
}  // namespace rookery::discover::text
