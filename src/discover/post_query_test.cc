#include "discover/post_query.h"

#include "discover/post_terms.h"
#include "discover/query_days.h"
#include "discover/search_node_for_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::discover {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint64_t kNewest = std::numeric_limits<std::uint64_t>::max();

PostQuery parse(std::string_view typed, std::vector<std::string> languages = {}) {
    auto query =
        parse_post_query(typed, {.languages = std::move(languages), .local_host = "home.example"});
    EXPECT_TRUE(query) << typed << ": " << query.error().message;
    return query ? std::move(*query) : PostQuery();
}

/// With a space behind, so that no word is half typed.
std::string condition(std::string_view typed, std::vector<std::string> languages = {}) {
    return to_text(to_search(parse(std::string(typed) + " ", std::move(languages)), {}).matches);
}

std::string refusal(std::string_view typed, PostQueryLimits limits = {}) {
    const auto query = parse_post_query(typed, {}, limits);
    EXPECT_FALSE(query) << typed;
    if (query) {
        return {};
    }
    EXPECT_EQ(query.error().code, ErrorCode::kInvalid);
    return query.error().message;
}

TEST(PostQuery, MakesOneTermOfAPlainWord) {
    EXPECT_EQ(condition("cat"), "scat");
    EXPECT_EQ(condition("Cat", {"de", "fr"}), "scat");
    EXPECT_EQ(condition("東京"), "s東京");
    EXPECT_EQ(condition("👍🏽"), "s👍");
    EXPECT_EQ(condition("2026"), "s2026");
}

TEST(PostQuery, LooksForTheWordAndItsStems) {
    EXPECT_EQ(condition("running"), "(srun | srunning)");
    EXPECT_EQ(condition("Kinder"), "skinder");
    EXPECT_EQ(condition("Kinder", {"de"}), "(skind | skinder)");
    EXPECT_EQ(condition("Kinder", {"de-AT", "DE", "en"}), "(skind | skinder)");
    EXPECT_EQ(condition("résumé"), "(sresum | sresume)");
}

TEST(PostQuery, StemsInTheLanguageThatItNames) {
    EXPECT_EQ(condition("running language:de", {"en"}), "(srunning & lde)");
    EXPECT_EQ(condition("language:en running", {"de"}), "(len & (srun | srunning))");
    EXPECT_EQ(condition("running -language:de"), "((srun | srunning) & !lde)");
}

TEST(PostQuery, WantsAllWords) {
    EXPECT_EQ(condition("cat +dog cat"), "(scat & sdog)");
}

TEST(PostQuery, WantsNoneOfWhatIsNegated) {
    EXPECT_EQ(condition("cat -dog"), "(scat & !sdog)");
    EXPECT_EQ(condition("-running -\"big bird\""), "(!(srun | srunning) & !wbig+wbird)");
    EXPECT_EQ(condition("-dog"), "!sdog");
    EXPECT_FALSE(parse("-dog").is_empty);
}

TEST(PostQuery, WantsWordsOfAPhraseSideBySide) {
    EXPECT_EQ(condition("\"Running birds\""), "wrunning+wbirds");
    EXPECT_EQ(condition("“running”"), "wrunning");
    EXPECT_EQ(condition("\"see https://example.com/a #b"), "wsee+wexample.com+wa+wb");
    EXPECT_EQ(condition("\"…\""), "()");
}

TEST(PostQuery, MakesAPhraseOfAPieceThatIsSeveralWords) {
    EXPECT_EQ(condition("e-mail"), "we+wmail");
    EXPECT_EQ(condition("我喜欢音乐"), "w我+w喜欢+w音乐");
    EXPECT_EQ(condition("re:invent -10:30"), "(wre+winvent & !w10+w30)");
    EXPECT_EQ(condition("https://example.com/owl"), "wexample.com+wowl");
}

TEST(PostQuery, TakesTheLastWordForABeginning) {
    const auto last = [](std::string_view typed) {
        return to_text(to_search(parse(typed), {}).matches);
    };
    EXPECT_EQ(last("big bird"), "(sbig & (sbird | wbird*))");
    EXPECT_EQ(last("running"), "(srun | srunning | wrunning*)");
    EXPECT_EQ(last("Vö"), "(svo | wvo*)");
    EXPECT_EQ(last("e-ma"), "(we+wma | (we & wma*))");
    EXPECT_EQ(last("我喜欢音"), "(w我+w喜欢+w音 | (w我+w喜欢 & w音*))");
    EXPECT_EQ(last("東"), "(s東 | w東*)");
}

TEST(PostQuery, TakesTheLastWordForAWholeWhereItIsOne) {
    const auto last = [](std::string_view typed) {
        return to_text(to_search(parse(typed), {}).matches);
    };
    EXPECT_EQ(last("big bird "), "(sbig & sbird)");
    EXPECT_EQ(last("bird!"), "sbird");
    EXPECT_EQ(last("\"bird\""), "wbird");
    EXPECT_EQ(last("\"bird"), "wbird");
    EXPECT_EQ(last("bird -cat"), "(sbird & !scat)");
    EXPECT_EQ(last("bird has:link"), "(sbird & h:link)");
    EXPECT_EQ(last("b"), "sb");
    EXPECT_EQ(last("👍"), "s👍");
    EXPECT_EQ(last("bird #cat"), "(sbird & #cat)");
}

TEST(PostQuery, KnowsHashtags) {
    EXPECT_EQ(condition("#Birds"), "#birds");
    EXPECT_EQ(condition("＃Birds -#cats"), "(#birds & !#cats)");
    EXPECT_EQ(condition("#one#two"), "(#one & #two)");
    EXPECT_EQ(condition("#日本語"), "#日本語");
    EXPECT_EQ(condition("#2026"), "s2026") << "no hashtag";
    EXPECT_EQ(condition("#"), "()");
}

TEST(PostQuery, KnowsMentionsOfPeopleHere) {
    EXPECT_EQ(condition("@Bob"), "@bob");
    EXPECT_EQ(condition("@bob@home.example -＠carol"), "(@bob & !@carol)");
    EXPECT_EQ(condition("@bob@other.example"), "sbob") << "nobody's name here";
    EXPECT_EQ(condition("@bob,dog"), "(@bob & sdog)");
}

TEST(PostQuery, KnowsWhatPostsHaveAndAre) {
    EXPECT_EQ(condition("has:media has:poll"), "(h:media & h:poll)");
    EXPECT_EQ(condition("has:Embed -has:link"), "(h:link & !h:link)");
    EXPECT_EQ(condition("is:reply -is:sensitive"), "(i:reply & !i:sensitive)");
    EXPECT_EQ(condition("has:\"media\""), "h:media");
}

TEST(PostQuery, LeavesAuthorsToBeFound) {
    const PostQuery query = parse("from:me from:@me -from:Bob@example.org from:＠c");
    EXPECT_THAT(
        query.authors,
        ElementsAre(
            QueryAuthor{.name = "me", .is_me = true},
            QueryAuthor{.name = "me"},
            QueryAuthor{.name = "Bob@example.org", .is_negated = true},
            QueryAuthor{.name = "c"}
        )
    );
    const auto found = to_search(parse("-from:bob cat "), std::vector{AccountId(0x41)}).matches;
    EXPECT_EQ(to_text(found), "(scat & !" + terms::author(AccountId(0x41)) + ")");
}

TEST(PostQuery, FindsNothingByNobody) {
    EXPECT_EQ(to_text(to_search(parse("from:nobody"), std::vector{AccountId()}).matches), "()");
    EXPECT_EQ(to_text(to_search(parse("from:nobody"), {}).matches), "()");
    EXPECT_EQ(to_text(to_search(parse("-from:nobody"), {}).matches), "!()");
}

TEST(PostQuery, BoundsIdsByDays) {
    const DayIds day = *ids_of_day("2026-03-01");
    const auto bounds = [](std::string_view typed) {
        const ports::SearchQuery search = to_search(parse(typed), {});
        EXPECT_EQ(to_text(search.matches), "()") << "every document";
        EXPECT_EQ(search.matches.kind, ports::SearchNode::Kind::kAnd);
        return std::pair(search.above, search.below);
    };
    using Bounds = std::pair<std::uint64_t, std::uint64_t>;
    EXPECT_EQ(bounds("before:2026-03-01"), Bounds(0, day.first));
    EXPECT_EQ(bounds("after:2026-03-01"), Bounds(day.behind - 1, kNewest));
    EXPECT_EQ(bounds("during:2026-03-01"), Bounds(day.first - 1, day.behind));
    EXPECT_EQ(bounds("-before:2026-03-01"), Bounds(day.first - 1, kNewest));
    EXPECT_EQ(bounds("-after:2026-03-01"), Bounds(0, day.behind));
    EXPECT_EQ(bounds("after:1990-01-01"), Bounds(0, kNewest));
    EXPECT_EQ(
        bounds("before:2026-03-01 before:2027-01-01 after:2025-01-01 after:2024-01-01"),
        Bounds(ids_of_day("2025-01-02")->first - 1, day.first)
    );
}

TEST(PostQuery, KnowsWhereToLook) {
    EXPECT_EQ(parse("cat").scope, PostScope::kAll);
    EXPECT_EQ(parse("in:library").scope, PostScope::kLibrary);
    EXPECT_FALSE(parse("in:library").is_empty);
    EXPECT_EQ(parse("in:PUBLIC cat").scope, PostScope::kPublic);
    EXPECT_EQ(parse("in:public in:all").scope, PostScope::kAll);
}

TEST(PostQuery, FindsNothingIfNothingIsAsked) {
    for (const char* typed : {"", "  ", "!?", "- +", "\"\"", "from:", "has: from:@", "-"}) {
        const PostQuery query = parse(typed);
        EXPECT_TRUE(query.is_empty) << typed;
        const ports::SearchQuery search = to_search(query, {});
        EXPECT_EQ(search.matches.kind, ports::SearchNode::Kind::kOr) << typed;
        EXPECT_THAT(search.matches.children, IsEmpty()) << typed;
    }
}

TEST(PostQuery, ScoresTheStemsOfAllThatIsWanted) {
    const auto scored = [](std::string_view typed) { return to_search(parse(typed), {}).scored; };
    EXPECT_THAT(scored("running cat -dog #bird running "), ElementsAre("srun", "srunning", "scat"));
    EXPECT_THAT(scored("\"big birds\""), ElementsAre("sbig", "sbird", "sbirds"));
    EXPECT_THAT(scored("-dog has:link"), IsEmpty());
}

TEST(PostQuery, SaysWhichWordsToShow) {
    const PostQuery query = parse("Running \"big birds\" -dog #Cats @bob runn");
    EXPECT_THAT(
        query.words,
        ElementsAre(
            QueryWord{.folded = "running", .stems = {"run"}},
            QueryWord{.folded = "big"},
            QueryWord{.folded = "birds"},
            QueryWord{.folded = "cats"},
            QueryWord{.folded = "bob"},
            QueryWord{.folded = "runn", .is_prefix = true}
        )
    );
}

TEST(PostQuery, SaysWhichOperatorIsWrong) {
    EXPECT_EQ(refusal("cat has:image"), "has: takes media, poll, link or embed");
    EXPECT_EQ(refusal("is:cute"), "is: takes reply or sensitive");
    EXPECT_EQ(refusal("in:space"), "in: takes all, public or library");
    EXPECT_EQ(refusal("-in:all"), "in: cannot be negated");
    EXPECT_EQ(refusal("language:english"), "language: takes a code such as en");
    EXPECT_EQ(refusal("before:2026-02-30"), "before: takes a day such as 2026-01-31");
    EXPECT_EQ(refusal("after:now"), "after: takes a day such as 2026-01-31");
    EXPECT_EQ(refusal("during:2026"), "during: takes a day such as 2026-01-31");
    EXPECT_THAT(refusal("-during:2026-01-01"), HasSubstr("during: cannot be negated"));
}

TEST(PostQuery, RefusesWhatIsTooLong) {
    EXPECT_TRUE(parse_post_query(std::string(1024, 'a'), {}));
    EXPECT_EQ(refusal(std::string(1025, 'a')), "A search takes at most 1024 bytes");
}

TEST(PostQuery, RefusesTooManyClauses) {
    const PostQueryLimits three{.clauses_max = 3};
    const std::string_view kRefused = "A search takes at most 3 words, phrases and operators";
    EXPECT_TRUE(parse_post_query("a \"b c d e\" -f", {}, three));
    EXPECT_EQ(refusal("a b c d", three), kRefused);
    EXPECT_EQ(refusal("#a#b#c#d#e#f", three), kRefused);
    EXPECT_EQ(refusal("from:a from:b before:2026-01-01 in:all", three), kRefused);
}

}  // namespace
}  // namespace rookery::discover
