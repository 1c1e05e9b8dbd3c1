#include "discover/text/fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::discover::text {
namespace {

TEST(Fold, MakesOneOfLargeAndSmall) {
    EXPECT_EQ(fold("Birds"), "birds");
    EXPECT_EQ(fold("ΑΘΗΝΑ"), "αθηνα");
    EXPECT_EQ(fold("МОСКВА"), "москва");
    EXPECT_EQ(fold("ԵՐԵՎԱՆ"), "երեվան");
}

TEST(Fold, MakesOneOfLettersWrittenInTwoWays) {
    EXPECT_EQ(fold("Straße"), "strasse");
    EXPECT_EQ(fold("STRASSE"), "strasse");
    EXPECT_EQ(fold("ﬁnal"), "final");
    EXPECT_EQ(fold("ＡＢＣ１"), "abc1");
    EXPECT_EQ(fold("Æon"), "aeon");
    EXPECT_EQ(fold("cœur"), "coeur");
    EXPECT_EQ(fold("ǣ"), "ae");
    EXPECT_EQ(fold("ｶﾞｽ"), "ガス");
    EXPECT_EQ(fold("㎏"), "kg");
}

TEST(Fold, MakesOneOfTheSigmas) {
    EXPECT_EQ(fold("ΟΔΟΣ"), fold("οδος"));
    EXPECT_EQ(fold("λόγος"), "λογοσ");
}

TEST(Fold, MakesOneOfTheApostrophes) {
    EXPECT_EQ(fold("don’t"), "don't");
    EXPECT_EQ(fold("об’єкт"), fold("обʼєкт"));
}

TEST(Fold, RemovesDiacriticsOfLatinAndGreek) {
    EXPECT_EQ(fold("Éléphant"), "elephant");
    EXPECT_EQ(fold("e\u0301le\u0301phant"), "elephant");  // as combining characters
    EXPECT_EQ(fold("Zażółć"), "zazolc");
    EXPECT_EQ(fold("Ångström"), "angstrom");
    EXPECT_EQ(fold("Đặng"), "dang");
    EXPECT_EQ(fold("smørrebrød"), "smorrebrod");
    EXPECT_EQ(fold("Αθήνα"), "αθηνα");
    EXPECT_EQ(fold("ᾍ"), "αι");
}

TEST(Fold, MakesOneOfTheTurkishIs) {
    EXPECT_EQ(fold("İstanbul"), "istanbul");
    EXPECT_EQ(fold("ISPARTA"), "isparta");
    EXPECT_EQ(fold("ısparta"), "isparta");
}

TEST(Fold, KeepsMarksThatMakeAnotherLetter) {
    EXPECT_EQ(fold("мой"), "мой");
    EXPECT_EQ(fold("Київ"), "київ");
    EXPECT_EQ(fold("が"), "が");
    EXPECT_EQ(fold("か\u3099"), "が");
    EXPECT_EQ(fold("हिन्दी"), "हिन्दी");
    EXPECT_EQ(fold("น้ำ"), fold("น้\u0E4Dา"));
    EXPECT_EQ(fold("한국"), "한국");
}

TEST(Fold, RemovesWhatIsWrittenOnlySometimes) {
    EXPECT_EQ(fold("ещё"), "еще");
    EXPECT_EQ(fold("замо\u0301к"), "замок");
    EXPECT_EQ(fold("مَرْحَبًا"), "مرحبا");
    EXPECT_EQ(fold("كتـــاب"), "كتاب");
    EXPECT_EQ(fold("שָׁלוֹם"), "שלום");
}

TEST(Fold, TakesMarksOffPiledUpLetters) {
    EXPECT_EQ(fold("Z\u0351\u0301\u0327a\u0489l"), "za\u0489l");
}

TEST(Fold, KeepsEmojiWholeButNotTheirLooks) {
    EXPECT_EQ(fold("👍🏽"), "👍");
    EXPECT_EQ(fold("❤\uFE0F"), "❤");
    EXPECT_EQ(fold("👨\u200D👩\u200D👧"), "👨\u200D👩\u200D👧");
    EXPECT_EQ(fold("👩🏾\u200D🚀"), "👩\u200D🚀");
    EXPECT_EQ(fold("🇩🇪"), "🇩🇪");
    const std::string england = "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F";
    EXPECT_EQ(fold(england), england);
}

TEST(Fold, CutsLongWordsAtACodePoint) {
    EXPECT_EQ(fold(std::string(1000, 'A')), std::string(64, 'a'));
    std::string letters;
    for (int i = 0; i < 40; ++i) {
        letters += "ж";
    }
    EXPECT_EQ(fold("a" + letters).size(), 63U);
}

TEST(Fold, LeavesNothingOfWhatCannotBeSeen) {
    EXPECT_EQ(fold("\u115F\u1160"), "");
    EXPECT_EQ(fold(""), "");
}

TEST(Fold, IsDoneAfterTheFirstTime) {
    for (const char* word :
         {"Straße", "ΟΔΟΣ", "İstanbul", "ﷺ",  "ﱟ",  "ـ\u0653", "ا\u0640\u0653", "é\u0301",   "ŀ",
          "ǆ",      "ﬃ",    "ᾍ",        "が", "각", "👍🏽",    "1\uFE0F\u20E3", "\xFF\xC3(", "か゛",
          "ǣ",      "½",    "ʼn",       "ẞ",  "ǿ",  "ΐ"}) {
        const std::string once = fold(word);
        EXPECT_EQ(fold(once), once) << word;
    }
}

TEST(BeginsWithVowel, SeesVowelsWithTheirMarks) {
    EXPECT_TRUE(begins_with_vowel("été"));
    EXPECT_TRUE(begins_with_vowel("Homme"));
    EXPECT_TRUE(begins_with_vowel("œuf"));
    EXPECT_FALSE(begins_with_vowel("mon"));
    EXPECT_FALSE(begins_with_vowel(""));
    EXPECT_FALSE(begins_with_vowel("\xFF"));
}

}  // namespace
}  // namespace rookery::discover::text
