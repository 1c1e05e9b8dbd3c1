#include "contract/search_index_contract.h"

#include "base/ids.h"

#include <map>
#include <sstream>

namespace rookery::contract {

using ports::SearchChange;
using testing::ElementsAre;
using testing::IsEmpty;

ports::SearchDocument SearchIndexContract::document(std::uint64_t id, const std::string& text) {
    ports::SearchDocument made;
    made.id = id;
    std::map<std::string, std::vector<std::uint32_t>> words;
    std::istringstream stream(text);
    for (std::string word; stream >> word;) {
        words[word].push_back(made.length++);
    }
    for (auto& [word, positions] : words) {
        const auto frequency = static_cast<std::uint32_t>(positions.size());
        made.terms.push_back({word, frequency, std::move(positions)});
    }
    return made;
}

void SearchIndexContract::put(std::uint64_t id, const std::string& text) {
    apply({SearchChange{document(id, text)}});
}

void SearchIndexContract::erase(std::uint64_t id) {
    SearchChange change;
    change.document.id = id;
    change.erased = true;
    apply({std::move(change)});
}

TEST_P(SearchIndexContract, FindsNothingInAnEmptyIndex) {
    EXPECT_THAT(search(Node{}), IsEmpty());
    EXPECT_EQ(index().size().documents, 0U);
    EXPECT_EQ(index().checkpoint(), 0U);
}

TEST_P(SearchIndexContract, FindsDocumentsByTermNewestFirstWhateverTheOrderOfTheirComing) {
    put(5, "red fish");
    put(9, "blue fish");
    put(7, "red bird");
    EXPECT_THAT(search(term("fish")), ElementsAre(9, 5));
    EXPECT_THAT(search(term("red")), ElementsAre(7, 5));
    EXPECT_THAT(search(term("green")), IsEmpty());
    EXPECT_THAT(search(Node{}), ElementsAre(9, 7, 5));
    EXPECT_THAT(search(Node{}, 2), ElementsAre(9, 7));
}

TEST_P(SearchIndexContract, CombinesConditions) {
    put(1, "a");
    put(2, "a b");
    put(3, "b c");
    put(4, "a b c");
    EXPECT_THAT(search(all_of({term("a"), term("b")})), ElementsAre(4, 2));
    EXPECT_THAT(search(any_of({term("a"), term("c")})), ElementsAre(4, 3, 2, 1));
    EXPECT_THAT(search(all_of({term("b"), none_of(term("a"))})), ElementsAre(3));
    EXPECT_THAT(search(none_of(term("a"))), ElementsAre(3));
    EXPECT_THAT(search(any_of({none_of(term("b")), term("c")})), ElementsAre(4, 3, 1));
    EXPECT_THAT(search(all_of({})), ElementsAre(4, 3, 2, 1));
    EXPECT_THAT(search(any_of({})), IsEmpty());
    EXPECT_THAT(search(all_of({term("a"), term("nowhere")})), IsEmpty());
    EXPECT_THAT(search(all_of({term("a"), any_of({})})), IsEmpty());
    EXPECT_THAT(search(none_of(all_of({term("a"), none_of(term("c"))}))), ElementsAre(4, 3));
}

TEST_P(SearchIndexContract, FindsPrefixes) {
    put(1, "car");
    put(2, "card");
    put(3, "cat");
    put(4, "dog");
    EXPECT_THAT(search(prefix("car")), ElementsAre(2, 1));
    EXPECT_THAT(search(prefix("ca")), ElementsAre(3, 2, 1));
    EXPECT_THAT(search(prefix("cards")), IsEmpty());
    for (std::uint64_t id = 10; id < 60; ++id) {
        put(id, "zebra" + std::to_string(id));
    }
    EXPECT_EQ(search(prefix("zebra")).size(), 50U);
    EXPECT_THAT(search(prefix("zebra"), 2), ElementsAre(59, 58));
    EXPECT_THAT(search(all_of({prefix("zebra"), none_of(prefix("zebra5"))}), 1), ElementsAre(49));
}

TEST_P(SearchIndexContract, FindsPhrases) {
    put(1, "to be or not to be");
    put(2, "be to or");
    put(3, "not to be");
    EXPECT_THAT(search(phrase({"to", "be"})), ElementsAre(3, 1));
    EXPECT_THAT(search(phrase({"be", "to"})), ElementsAre(2));
    EXPECT_THAT(search(phrase({"or", "not", "to", "be"})), ElementsAre(1));
    EXPECT_THAT(search(phrase({"to"})), ElementsAre(3, 2, 1));
    EXPECT_THAT(search(phrase({"to", "be", "nowhere"})), IsEmpty());
    EXPECT_THAT(search(phrase({"be", "be"})), IsEmpty());
    EXPECT_THAT(search(all_of({phrase({"to", "be"}), term("or")})), ElementsAre(1));
}

TEST_P(SearchIndexContract, FindsByIds) {
    put(1, "a");
    put(2, "a");
    put(3, "b");
    EXPECT_THAT(search(ids({9, 3, 2, 0})), ElementsAre(3, 2));
    EXPECT_THAT(search(all_of({term("a"), ids({3, 2})})), ElementsAre(2));
    EXPECT_THAT(search(any_of({term("b"), ids({1})})), ElementsAre(3, 1));
    EXPECT_THAT(search(none_of(ids({3, 1}))), ElementsAre(2));
    EXPECT_THAT(search(ids({})), IsEmpty());
}

TEST_P(SearchIndexContract, KeepsToTheBounds) {
    for (std::uint64_t id = 1; id <= 9; ++id) {
        put(id, "x");
    }
    ports::SearchQuery query;
    query.matches = term("x");
    query.below = 7;
    EXPECT_THAT(search(query), ElementsAre(6, 5, 4, 3, 2, 1));
    query.above = 3;
    EXPECT_THAT(search(query), ElementsAre(6, 5, 4));
    query.limit = 2;
    EXPECT_THAT(search(query), ElementsAre(6, 5));
    query.below = 4;
    EXPECT_THAT(search(query), IsEmpty());
    query.below = 0;
    EXPECT_THAT(search(query), IsEmpty());
}

TEST_P(SearchIndexContract, ReplacesADocument) {
    put(1, "old words");
    put(2, "other");
    put(1, "new words");
    EXPECT_THAT(search(term("old")), IsEmpty());
    EXPECT_THAT(search(term("new")), ElementsAre(1));
    EXPECT_THAT(search(term("words")), ElementsAre(1));
    EXPECT_EQ(index().size().documents, 2U);
}

TEST_P(SearchIndexContract, TakesTheLastOfSeveralChangesOfOneDocument) {
    SearchChange gone;
    gone.document.id = 1;
    gone.erased = true;
    apply({SearchChange{document(1, "first")}, SearchChange{document(1, "last")}});
    EXPECT_THAT(search(term("first")), IsEmpty());
    EXPECT_THAT(search(term("last")), ElementsAre(1));
    apply({SearchChange{document(1, "again")}, gone});
    EXPECT_THAT(search(Node{}), IsEmpty());
    apply({gone, SearchChange{document(1, "back")}});
    EXPECT_THAT(search(term("back")), ElementsAre(1));
}

TEST_P(SearchIndexContract, ErasesADocument) {
    put(1, "a");
    put(2, "a");
    erase(2);
    EXPECT_THAT(search(term("a")), ElementsAre(1));
    EXPECT_THAT(search(ids({2})), IsEmpty());
    EXPECT_THAT(search(none_of(term("b"))), ElementsAre(1));
    erase(3);
    EXPECT_EQ(index().size().documents, 1U);
}

TEST_P(SearchIndexContract, ScoresByRarityFrequencyAndLength) {
    put(1, "common common rare");
    put(2, "common");
    put(3, "common and many other words that make it long");
    put(4, "rare common");
    ports::SearchQuery query;
    query.matches = term("common");
    query.scored = {"common", "rare"};
    query.order = ports::SearchOrder::kRelevance;
    EXPECT_THAT(search(query), ElementsAre(4, 1, 2, 3));
    query.limit = 2;
    EXPECT_THAT(search(query), ElementsAre(4, 1));
    query.scored = {};
    query.limit = 9;
    EXPECT_THAT(search(query), ElementsAre(4, 3, 2, 1));
}

TEST_P(SearchIndexContract, CanPreferTheRecent) {
    const UnixMs now = kIdEpochMs + 1'000'000;
    const std::uint64_t old = first_id_at(now - 900'000) + 1;
    const std::uint64_t recent = first_id_at(now - 1'000) + 1;
    put(old, "word word");
    put(recent, "word other");
    ports::SearchQuery query;
    query.matches = term("word");
    query.scored = {"word"};
    query.order = ports::SearchOrder::kRelevance;
    query.now_ms = now;
    query.half_life_ms = 10'000;
    EXPECT_THAT(search(query), ElementsAre(old, recent));
    query.recency = 3;
    EXPECT_THAT(search(query), ElementsAre(recent, old));
}

TEST_P(SearchIndexContract, CompletesTerms) {
    put(1, "tea team");
    put(2, "tea ten");
    put(3, "tea team toe");
    const auto found = kit::run(index().complete("te", 2)).value();
    using Count = ports::SearchIndex::TermCount;
    EXPECT_THAT(found, ElementsAre(Count{"tea", 3}, Count{"team", 2}));
    EXPECT_THAT(kit::run(index().complete("x", 2)).value(), IsEmpty());
}

TEST_P(SearchIndexContract, RefusesWhatIsNoQuery) {
    const auto refused = [this](Node node) {
        ports::SearchQuery query;
        query.matches = std::move(node);
        const auto answer = kit::run(index().search(std::move(query)));
        return !answer && answer.error().code == ErrorCode::kInvalid;
    };
    EXPECT_TRUE(refused({Kind::kTerm, {}, {}, {}}));
    EXPECT_TRUE(refused(prefix("")));
    EXPECT_TRUE(refused(phrase({})));
    EXPECT_TRUE(refused({Kind::kNot, {}, {}, {}}));
    EXPECT_TRUE(refused(ids({1, 2})));
    Node deep = term("a");
    for (int i = 0; i < 100; ++i) {
        deep = none_of(std::move(deep));
    }
    EXPECT_TRUE(refused(std::move(deep)));
    EXPECT_TRUE(refused(all_of(std::vector<Node>(2'000, term("a")))));
}

TEST_P(SearchIndexContract, KeepsWhatWasFlushedWithItsCheckpoint) {
    put(1, "kept kept");
    put(2, "replaced");
    put(3, "erased");
    apply({}, 70);
    flush();
    EXPECT_EQ(index().checkpoint(), 70U);
    put(2, "replacement");
    erase(3);
    apply({}, 80);
    flush();
    put(4, "lost");
    apply({}, 90);
    EXPECT_EQ(index().checkpoint(), 80U);
    if (!reopen()) {
        GTEST_SKIP() << "this index lives in memory";
    }
    EXPECT_EQ(index().checkpoint(), 80U);
    EXPECT_THAT(search(Node{}), ElementsAre(2, 1));
    EXPECT_THAT(search(term("replacement")), ElementsAre(2));
    EXPECT_THAT(search(term("replaced")), IsEmpty());
    EXPECT_THAT(search(phrase({"kept", "kept"})), ElementsAre(1));
    put(4, "new");
    EXPECT_THAT(search(term("new")), ElementsAre(4));
}

}  // namespace rookery::contract
