// Posts and queries together: what is typed finds what it should.
#include "base/random.h"
#include "discover/post_query.h"
#include "discover/post_terms.h"
#include "discover/search_node_for_test.h"
#include "discover/text/fold.h"
#include "social/text/render.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rookery::discover {
namespace {

ports::SearchDocument document(std::string text, std::string language) {
    social::Post post;
    post.id = PostId(1);
    post.author = AccountId(2);
    post.tags = social::text::find_tags(text);
    post.text = std::move(text);
    post.language = std::move(language);
    return document_of(post, true);
}

bool finds(
    std::string_view typed,
    const ports::SearchDocument& post,
    std::vector<std::string> reads = {}
) {
    const auto query = parse_post_query(typed, {.languages = std::move(reads)});
    EXPECT_TRUE(query) << typed;
    return query && matches(to_search(*query, {}).matches, post);
}

TEST(PostSearch, FindsWordsInOtherForms) {
    const auto english = document("The children were running through Köln", "en");
    EXPECT_TRUE(finds("run child ", english) || finds("runs ", english));
    EXPECT_TRUE(finds("koln ", english));
    EXPECT_TRUE(finds("KÖLN ", english));
    EXPECT_FALSE(finds("ran ", english));

    const auto german = document("Kinder, Häuser der Straße", "de");
    EXPECT_TRUE(finds("haus ", german, {"de"}));
    EXPECT_TRUE(finds("hauses ", german, {"de"}));
    EXPECT_TRUE(finds("STRASSE ", german));
    EXPECT_TRUE(finds("kindern ", german, {"de"}));
    EXPECT_FALSE(finds("kindern ", german, {"en"}));

    const auto russian = document("Ещё новые книги", "ru");
    EXPECT_TRUE(finds("книга ", russian, {"ru"}));
    EXPECT_TRUE(finds("еще ", russian));
}

TEST(PostSearch, FindsWordsOfAnotherLanguageAsTheyStand) {
    EXPECT_TRUE(finds("kinder ", document("Spielende Kinder", "de"), {"en"}));
    EXPECT_TRUE(finds("mundo ", document("Hola mundo", "es"), {"en"}));
    EXPECT_TRUE(finds("running ", document("running", ""), {"de"}));
    EXPECT_TRUE(finds("Kinder ", document("Spielende Kinder", "en"), {"de"})) << "wrongly marked";
}

TEST(PostSearch, FindsPhrasesOnlyAsTheyStand) {
    const auto post = document("One two three, two one", "en");
    EXPECT_TRUE(finds("\"one two three\"", post));
    EXPECT_TRUE(finds("\"three two\"", post));
    EXPECT_FALSE(finds("\"one three\"", post));
    EXPECT_FALSE(finds("\"ones two\"", post));
    EXPECT_TRUE(finds("two -\"one three\"", post));
}

TEST(PostSearch, FindsLinksHashtagsAndEmoji) {
    const auto post = document("See https://www.example.com/big-birds #OwlsOfTheWorld 👍🏿", "en");
    EXPECT_TRUE(finds("example.com ", post));
    EXPECT_TRUE(finds("https://example.com/big-birds ", post));
    EXPECT_TRUE(finds("bird ", post));
    EXPECT_TRUE(finds("#owlsoftheworld", post));
    EXPECT_TRUE(finds("owlsof", post));
    EXPECT_TRUE(finds("👍", post));
    EXPECT_TRUE(finds("has:link -has:media -is:reply language:en", post));
    EXPECT_FALSE(finds("#birds", post));
}

TEST(PostSearch, FindsWordsInScriptsWithoutSpaces) {
    const auto japanese = document("昨日、東京都庁に行きました。", "ja");
    EXPECT_TRUE(finds("東京", japanese));
    EXPECT_TRUE(finds("行きました", japanese));
    EXPECT_TRUE(finds("音", document("我喜欢音乐", "zh")));
    EXPECT_TRUE(finds("喜欢音乐", document("我喜欢音乐", "zh")));
    EXPECT_FALSE(finds("音乐喜欢 ", document("我喜欢音乐", "zh")));
    EXPECT_TRUE(finds("สวัสดี", document("สวัสดีครับ", "th")));
    EXPECT_TRUE(finds("학교", document("학교에서 만나요", "ko")));
    EXPECT_TRUE(finds("#東京都庁", document("#東京都庁", "ja")));
    EXPECT_TRUE(finds("東京都庁", document("#東京都庁", "ja")));
}

TEST(PostSearch, FindsTheBeginningOfALongerWord) {
    const auto post = document("International agreements", "en");
    EXPECT_TRUE(finds("inter", post));
    EXPECT_FALSE(finds("inter ", post));
    EXPECT_TRUE(finds("agreements inter", post));
    EXPECT_FALSE(finds("-international", post));
}

TEST(PostSearch, FindsEveryWordWhateverTheSearcherReads) {
    // Words that stemmers change, in many languages, each written in several ways.
    const std::vector<std::string> kWords = {
        "running", "cafés",    "naïveté",      "Häuser", "Kinder",  "mangées",   "corriendo",
        "città",   "мальчики", "новый",        "ещё",    "hyvää",   "kitapları", "ısparta",
        "λόγος",   "كتبهم",    "लड़कों",         "bøkene", "flickor", "házak",     "corações",
        "casele",  "l'été",    "don’t",        "bob's",  "résumé",  "Straße",    "fiancées",
        "ﬁnally",  "ＲＵＮＳ", "nationalities"
    };
    const std::vector<std::string> kLanguages = {
        "en",
        "de",
        "fr",
        "es",
        "it",
        "ru",
        "fi",
        "tr",
        "el",
        "ar",
        "hi",
        "no",
        "sv",
        "hu",
        "pt",
        "ro",
        "",
        "ja",
        "pl"
    };
    Random random(5);
    for (const std::string& language : kLanguages) {
        for (const std::string& word : kWords) {
            const auto plain_post = document("x " + text::fold(word) + " y", language);
            const auto post = document("x " + word + " y", language);
            const std::vector<std::string> reads = {kLanguages[random.below(kLanguages.size())]};
            const std::string where = word + " in " + language + ", read in " + reads[0];
            EXPECT_TRUE(finds(word + " ", post, reads)) << where;
            EXPECT_TRUE(finds(text::fold(word) + " ", post, reads)) << where;
            EXPECT_TRUE(finds(word + " ", plain_post, reads)) << where;
            EXPECT_TRUE(finds("\"" + word + "\"", plain_post, reads)) << where;
            EXPECT_FALSE(finds("-" + word, post, reads)) << where;
        }
    }
}

}  // namespace
}  // namespace rookery::discover
