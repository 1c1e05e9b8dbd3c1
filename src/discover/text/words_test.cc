#include "discover/text/words.h"

#include "discover/text/fold.h"
#include "discover/text/stemmer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace rookery::discover::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> folded(std::string_view text) {
    std::vector<std::string> out;
    for (Word& word : split_words(text, {}).words) {
        out.push_back(std::move(word.folded));
    }
    return out;
}

std::vector<std::string> stems(std::string_view text, std::string_view language) {
    std::vector<std::string> out;
    for (Word& word : split_words(text, language).words) {
        out.push_back(std::move(word.stem));
    }
    return out;
}

TEST(SplitWords, SaysWhereEachWordStands) {
    const std::string text = "Über  Vögel!";
    const std::vector<Word> words = split_words(text, {}).words;
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0].folded, "uber");
    EXPECT_EQ(text.substr(words[0].begin, words[0].end - words[0].begin), "Über");
    EXPECT_EQ(words[0].position, 0U);
    EXPECT_EQ(words[1].folded, "vogel");
    EXPECT_EQ(text.substr(words[1].begin, words[1].end - words[1].begin), "Vögel");
    EXPECT_EQ(words[1].position, 1U);
}

TEST(SplitWords, StemsInTheLanguageAskedFor) {
    EXPECT_THAT(stems("Running birds", "en"), ElementsAre("run", "bird"));
    EXPECT_THAT(stems("Häuser Kinder", "de"), ElementsAre("haus", "kind"));
    EXPECT_THAT(stems("mangées", "fr"), ElementsAre("mang"));
    EXPECT_THAT(stems("corriendo", "es"), ElementsAre("corr"));
    EXPECT_THAT(stems("новые книги", "ru"), ElementsAre("нов", "книг"));
    EXPECT_EQ(stems("kitapları", "tr"), stems("kitap", "tr"));
    EXPECT_EQ(stems("लड़के", "hi"), stems("लड़का", "hi"));
    EXPECT_EQ(stems("bøkene", "nb"), stems("bøkene", "no"));
}

TEST(SplitWords, StemsNothingInLanguagesWithoutAStemmer) {
    EXPECT_THAT(stems("Running birds", ""), ElementsAre("running", "birds"));
    EXPECT_THAT(stems("Running birds", "xx"), ElementsAre("running", "birds"));
    EXPECT_THAT(stems("Running birds", "english"), ElementsAre("running", "birds"));
    EXPECT_THAT(stems("Książki", "pl"), ElementsAre("ksiazki"));
}

TEST(SplitWords, StemsNoChineseNumbersOrEmoji) {
    EXPECT_THAT(stems("音乐 1990s 👍", "en"), ElementsAre("音乐", "1990s", "👍"));
}

TEST(SplitWords, StemsBeforeItRemovesMarks) {
    // What the German algorithm makes of "ü" it would not make of "u".
    EXPECT_THAT(stems("Bücher", "de"), ElementsAre("buch"));
    EXPECT_EQ(stem_of("Bücher", "de"), "buch");
    EXPECT_EQ(stem_of("naïve", "en"), "naiv");
}

TEST(SplitWords, DropsElidedArticles) {
    EXPECT_THAT(folded("l'été d’Anna qu'elle"), ElementsAre("ete", "anna", "elle"));
    EXPECT_THAT(folded("un'altra dell'Italia L'HOMME"), ElementsAre("altra", "italia", "homme"));
    EXPECT_THAT(
        folded("don't it's c'mon o'clock aujourd'hui"),
        ElementsAre("don't", "it's", "c'mon", "o'clock", "aujourd'hui")
    );
}

TEST(SplitWords, DropsUnderscoresAroundAWord) {
    EXPECT_THAT(folded("_really_ __init__ a_b"), ElementsAre("really", "init", "a_b"));
}

TEST(SplitWords, TakesUrlsApart) {
    EXPECT_THAT(
        folded("see https://www.Example.com:8080/Big_Birds/owl.html?x=1#top now"),
        ElementsAre("see", "example.com", "big", "birds", "owl", "html", "now")
    );
    EXPECT_THAT(folded("http://example.com"), ElementsAre("example.com"));
    EXPECT_THAT(folded("http://example.com?q=a"), ElementsAre("example.com"));
    EXPECT_TRUE(split_words("http://example.com", {}).has_url);
    EXPECT_FALSE(split_words("example.com", {}).has_url);
}

TEST(SplitWords, DecodesPathsOfUrls) {
    const std::string text = "x https://de.wikipedia.org/wiki/K%C3%B6lner_Dom";
    const std::vector<Word> words = split_words(text, "de").words;
    ASSERT_EQ(words.size(), 5U);
    EXPECT_EQ(words[1].folded, "de.wikipedia.org");
    EXPECT_EQ(words[3].folded, "kolner");
    EXPECT_EQ(words[4].folded, "dom");
    EXPECT_EQ(text.substr(words[3].begin, words[3].end - words[3].begin), "/wiki/K%C3%B6lner_Dom");
    EXPECT_THAT(folded("http://a.example/%FF%20b"), ElementsAre("a.example", "b"));
}

TEST(SplitWords, TakesUsernamesOfMentions) {
    EXPECT_THAT(folded("@Bob, and @carol@other.example"), ElementsAre("bob", "and", "carol"));
    EXPECT_THAT(stems("@running", "en"), ElementsAre("running"));
}

TEST(SplitWords, TakesNamesOfHashtags) {
    EXPECT_THAT(folded("#BigBirds ＃ｆｕｌｌ"), ElementsAre("bigbirds", "full"));
    EXPECT_THAT(stems("#birds", "en"), ElementsAre("bird"));
    EXPECT_EQ(folded("#東京都"), folded("東京都"));
}

TEST(SplitWords, CutsLongWords) {
    const std::vector<Word> words = split_words(std::string(5000, 'a') + " b", "en").words;
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0].folded, std::string(kWordBytesMax, 'a'));
    EXPECT_EQ(words[0].end, 5000U);
    EXPECT_EQ(words[0].stem, words[0].folded);
}

TEST(SplitWords, FindsNothingInNothing) {
    EXPECT_THAT(folded(""), IsEmpty());
    EXPECT_THAT(folded(" … !"), IsEmpty());
    EXPECT_THAT(folded("\u115F\u1160"), IsEmpty());
    EXPECT_THAT(folded("\xFF\xFE\x80"), IsEmpty());
}

TEST(SplitWords, GivesSeveralThreadsTheSame) {
    const std::string text = "Running über die Häuser 東京都 สวัสดีครับ l'été 👍🏽";
    const SplitText expected = split_words(text, "de");
    std::vector<std::jthread> threads;
    std::array<int, 4> wrong{};
    for (int& mine : wrong) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                const SplitText found = split_words(text, "de");
                mine += found.words == expected.words ? 0 : 1;
            }
        });
    }
    threads.clear();
    EXPECT_THAT(wrong, testing::Each(0));
}

}  // namespace
}  // namespace rookery::discover::text
