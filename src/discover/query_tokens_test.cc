#include "discover/query_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::discover {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "-", then "key:", then the text, in quotation marks if it was.
std::vector<std::string> tokens(std::string_view typed) {
    std::vector<std::string> out;
    for (const QueryToken& token : query_tokens(typed)) {
        std::string one = token.is_negated ? "-" : "";
        one.append(token.key).append(token.key.empty() ? "" : ":");
        one.append(token.is_quoted ? "'" : "")
            .append(token.text)
            .append(token.is_quoted ? "'" : "");
        out.push_back(std::move(one));
    }
    return out;
}

TEST(QueryTokens, CutsAtWhiteSpaceOfAllKinds) {
    EXPECT_THAT(
        tokens(" one\ttwo\u3000three\u00A0 four\n"), ElementsAre("one", "two", "three", "four")
    );
    EXPECT_THAT(tokens(""), IsEmpty());
    EXPECT_THAT(tokens(" \n"), IsEmpty());
}

TEST(QueryTokens, TakesQuotationMarksOfAllKinds) {
    EXPECT_THAT(tokens(R"("big birds" small)"), ElementsAre("'big birds'", "small"));
    EXPECT_THAT(tokens("“big birds” „kleine Vögel“"), ElementsAre("'big birds'", "'kleine Vögel'"));
    EXPECT_THAT(tokens("«grands oiseaux» ＂a b＂"), ElementsAre("'grands oiseaux'", "'a b'"));
    EXPECT_THAT(tokens(R"(a"b c"d)"), ElementsAre("a", "'b c'", "d"));
}

TEST(QueryTokens, LetsAQuotationMarkWithoutAPartnerReachToTheEnd) {
    EXPECT_THAT(tokens("\"big birds -x"), ElementsAre("'big birds -x'"));
    EXPECT_THAT(tokens("big\""), ElementsAre("big", "''"));
}

TEST(QueryTokens, SeesSignsBeforeAnythingElse) {
    EXPECT_THAT(tokens("-a +b -\"c d\" -from:e"), ElementsAre("-a", "b", "-'c d'", "-from:e"));
    EXPECT_THAT(tokens("–a —b −c －d ＋e"), ElementsAre("-a", "-b", "-c", "-d", "e"));
    EXPECT_THAT(tokens("e-mail a- --b"), ElementsAre("e-mail", "a-", "--b"));
}

TEST(QueryTokens, TakesALoneSignForNothing) {
    EXPECT_THAT(tokens("-"), IsEmpty());
    EXPECT_THAT(tokens("this — that + -"), ElementsAre("this", "that"));
}

TEST(QueryTokens, KnowsOperatorsAndNoOthers) {
    EXPECT_THAT(
        tokens("From:me HAS:link is:reply in:all language：de before:x after:y during:z"),
        ElementsAre(
            "from:me",
            "has:link",
            "is:reply",
            "in:all",
            "language:de",
            "before:x",
            "after:y",
            "during:z"
        )
    );
    EXPECT_THAT(
        tokens("re:invent https://a.example :x: x"),
        ElementsAre("re:invent", "https://a.example", ":x:", "x")
    );
    EXPECT_THAT(tokens("from: in:\"all\" from:a:b"), ElementsAre("from:", "in:'all'", "from:a:b"));
}

TEST(QueryTokens, SaysWhereEachEnds) {
    const std::string_view typed = "a \"b\" c ";
    const std::vector<QueryToken> found = query_tokens(typed);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].end, 1U);
    EXPECT_EQ(found[1].end, 5U);
    EXPECT_EQ(found[2].end, 7U);
}

TEST(QueryTokens, KeepsBytesThatAreNoText) {
    EXPECT_THAT(tokens("a\xFF\xE2\x80 b"), ElementsAre("a\xFF\xE2\x80", "b"));
}

}  // namespace
}  // namespace rookery::discover
