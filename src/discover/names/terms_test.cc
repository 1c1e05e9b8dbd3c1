#include "discover/names/terms.h"

#include "discover/names/entry.h"
#include "discover/names/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::discover::names {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> typed(std::string_view text) {
    std::vector<std::string> words;
    for (const QueryWord& word : parse_name_query(text).words) {
        words.push_back(word.text);
    }
    return words;
}

TEST(NameTerms, AreFoldedWordsAndThePartsOfAHandle) {
    EXPECT_THAT(
        name_terms("Zoë  VAN der Berg 🦊", "zoe"), ElementsAre("zoe", "van", "der", "berg", "🦊")
    );
    EXPECT_THAT(name_terms("", "Jo_van__Berg"), ElementsAre("van", "berg"));
    EXPECT_THAT(name_terms("", "plain"), IsEmpty());
    EXPECT_EQ(handle_term("Jo_Berg"), "jo_berg");
}

TEST(NameTerms, OfUnspacedScriptsAreAllEndings) {
    EXPECT_THAT(
        name_terms("山田 太郎 Taro", "taro"),
        UnorderedElementsAre("山田太郎", "田太郎", "太郎", "郎", "taro")
    );
    EXPECT_THAT(name_terms("ラーメン", "r"), UnorderedElementsAre("ラーメン", "メン", "ン"));
    EXPECT_THAT(typed("山田太"), ElementsAre("山田太"));
    EXPECT_THAT(typed("🦊山田 Müller太"), UnorderedElementsAre("🦊", "山田", "muller", "太"));
    EXPECT_THAT(typed("ｶﾞﾝ"), ElementsAre("ガン"));
}

TEST(NameTerms, OfABioAreBounded) {
    EXPECT_THAT(
        bio_terms("Birds, birds and BÍRDS; trees", 3), ElementsAre("birds", "and", "trees")
    );
    EXPECT_THAT(bio_terms("one two three four", 3), ElementsAre("one", "two", "three"));
}

TEST(NameQuery, KeepsHandlesAsTypedAndFoldsTheRest) {
    EXPECT_THAT(typed("_jo_ Müller"), ElementsAre("_jo_", "muller"));
    EXPECT_THAT(typed("jo jo JO"), ElementsAre("jo"));
    EXPECT_THAT(typed("  \t "), IsEmpty());
    EXPECT_THAT(typed("a b c d e f g h i"), IsEmpty()) << "nobody is called by so many words";
    EXPECT_THAT(typed(",;."), IsEmpty());
}

TEST(NameQuery, AllowsErrorsByLength) {
    EXPECT_EQ(query_word("jo").errors_max, 0U);
    EXPECT_EQ(query_word("joe").errors_max, 1U);
    EXPECT_EQ(query_word("жук").errors_max, 1U);
    EXPECT_EQ(query_word("jonatha").errors_max, 1U);
    EXPECT_EQ(query_word("jonathan").errors_max, 2U);
    EXPECT_EQ(query_word("山田太郎").errors_max, 0U);
}

TEST(Rank, GrowsInStepsOfATenth) {
    EXPECT_EQ(rank_of(0), 0);
    EXPECT_EQ(rank_of(-5), 0);
    EXPECT_GT(rank_of(1), rank_of(0));
    EXPECT_EQ(rank_of(1000), rank_of(1010));
    EXPECT_EQ(rank_of(1101) - rank_of(1000), 1);
    EXPECT_EQ(rank_of(INT64_MAX), 255);
}

}  // namespace
}  // namespace rookery::discover::names
