#include "social/text/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::social::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> mentions(std::string_view text) {
    return find_mentions(text, "home.example");
}

TEST(FindMentions, FindsNamesAnywhereInTheText) {
    EXPECT_THAT(mentions("@bob hello"), ElementsAre("bob"));
    EXPECT_THAT(mentions("hello @bob"), ElementsAre("bob"));
    EXPECT_THAT(mentions("a\n@bob\n\n@carol_2"), ElementsAre("bob", "carol_2"));
    EXPECT_THAT(mentions("(@bob), \"@carol\"; .@dave!"), ElementsAre("bob", "carol", "dave"));
}

TEST(FindMentions, LowersNamesAndNamesEachOnce) {
    EXPECT_THAT(mentions("@Bob @BOB @alice @bob"), ElementsAre("bob", "alice"));
}

TEST(FindMentions, TakesOurOwnHostAndLeavesOthers) {
    EXPECT_THAT(mentions("@bob@home.example @eve@other.example"), ElementsAre("bob"));
    EXPECT_THAT(mentions("@bob@HOME.example."), ElementsAre("bob"));
    EXPECT_THAT(mentions("@bob@home.example.org"), IsEmpty());
    EXPECT_THAT(find_mentions("@bob@localhost:3000!", "localhost:3000"), ElementsAre("bob"));
    EXPECT_THAT(find_mentions("@bob@localhost:30001", "localhost:3000"), IsEmpty());
}

TEST(FindMentions, TakesNoEmailAddressForAMention) {
    EXPECT_THAT(mentions("write to bob@home.example"), IsEmpty());
    EXPECT_THAT(mentions("a_@bob é@bob 字@bob"), IsEmpty());
}

TEST(FindMentions, TakesNothingOutOfUrls) {
    EXPECT_THAT(mentions("https://example.com/@bob https://x.example/?a=@carol"), IsEmpty());
    EXPECT_THAT(mentions("/@bob =@bob"), IsEmpty());
}

TEST(FindMentions, EndsANameWhereAnotherScriptBegins) {
    EXPECT_THAT(mentions("@bobさん、こんにちは"), ElementsAre("bob"));
    EXPECT_THAT(mentions("مرحبا @bob كيف"), ElementsAre("bob"));
    EXPECT_THAT(mentions("@bobé"), IsEmpty());
}

TEST(FindMentions, LeavesWhatIsNoUsernameHere) {
    EXPECT_THAT(mentions("@bob.smith @a-b"), IsEmpty());
    EXPECT_THAT(mentions("@" + std::string(31, 'a')), IsEmpty());
    EXPECT_THAT(mentions("@" + std::string(30, 'a')), ElementsAre(std::string(30, 'a')));
    EXPECT_THAT(mentions("@ @@ @@bob @ bob @bob@ @bob://x"), ElementsAre("bob"));
}

TEST(FindMentions, LeavesClosingPunctuationOutside) {
    EXPECT_THAT(
        mentions("@bob. @carol- @dave... @erin's"), ElementsAre("bob", "carol", "dave", "erin")
    );
}

TEST(FindTags, FindsTagsAndFoldsThem) {
    EXPECT_THAT(find_tags("#Birds and #BIRDS, #owls."), ElementsAre("birds", "owls"));
    EXPECT_THAT(find_tags("#Ünïcode #ΑΘΗΝΑ #Straße"), ElementsAre("ünïcode", "αθηνα", "strasse"));
    EXPECT_THAT(find_tags("＃ｆｕｌｌ１"), ElementsAre("full1"));
}

TEST(FindTags, NeedsMoreThanDigits) {
    EXPECT_THAT(find_tags("#1 #123 #2026 #1st #c4 #2026_01"), ElementsAre("1st", "c4", "2026_01"));
    EXPECT_THAT(find_tags("#_ #1_ # #! #-a"), IsEmpty());
}

TEST(FindTags, TakesLettersAndMarksOfEveryScript) {
    EXPECT_THAT(
        find_tags("#日本語 #한국어 #हिन्दी #שלום #العربية"),
        ElementsAre("日本語", "한국어", "हिन्दी", "שלום", "العربية")
    );
}

TEST(FindTags, TakesMiddleDotsInsideOnly) {
    EXPECT_THAT(
        find_tags("#col·lecció #ピカ・チュウ #end·"),
        ElementsAre("col·lecció", "ピカ・チュウ", "end")
    );
}

TEST(FindTags, IgnoresZeroWidthNonJoinersInTheFoldedForm) {
    EXPECT_THAT(find_tags("#می\u200cخواهم"), ElementsAre("میخواهم"));
}

TEST(FindTags, IgnoresHashesInsideWordsAndUrls) {
    EXPECT_THAT(find_tags("a#b é#b =#b /#b )#b"), IsEmpty());
    EXPECT_THAT(find_tags("https://example.com/page#section https://example.com/#a"), IsEmpty());
    EXPECT_THAT(find_tags("#one#two"), ElementsAre("one"));
    EXPECT_THAT(find_tags("##double _#under"), ElementsAre("double", "under"));
}

TEST(FindTags, IsNotFooledByEmoji) {
    EXPECT_THAT(find_tags("#️⃣ #⃣ 🐦#birds #🐦"), ElementsAre("birds"));
}

TEST(FindTags, LeavesTagsThatNoPartitionCouldHold) {
    EXPECT_THAT(find_tags("#" + std::string(256, 'a')), IsEmpty());
    EXPECT_THAT(find_tags("#" + std::string(255, 'a')), testing::SizeIs(1));
    EXPECT_THAT(find_tags("#\u115F\u115F"), IsEmpty());     // letters that fold to nothing
    EXPECT_THAT(find_tags("#\uFDFA"), testing::SizeIs(1));  // one that folds to several words
    EXPECT_THAT(find_tags("#\uFDFA")[0], testing::Not(testing::HasSubstr(" ")));
}

TEST(FindTags, StopsBeforeAUrlGluedToIt) {
    EXPECT_THAT(find_tags("#nowhttps://example.com"), ElementsAre("now"));
}

TEST(TagPath, EncodesEverythingButUnreservedCharacters) {
    EXPECT_EQ(tag_path("birds_1"), "/tags/birds_1");
    EXPECT_EQ(tag_path("café"), "/tags/caf%C3%A9");
}

}  // namespace
}  // namespace rookery::social::text
