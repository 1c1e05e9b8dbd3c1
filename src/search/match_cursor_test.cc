// The cursors beside a model that looks at every document, on lists of many blocks.
#include "search/match_cursor.h"

#include "base/random.h"
#include "ports/search_match.h"
#include "search/segment_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::search {

namespace {

using ports::SearchDocument;
using ports::SearchNode;
using Kind = SearchNode::Kind;

constexpr std::uint32_t kDocs = 6'000;
constexpr std::uint64_t kWords = 40;

/// One document in `rarity` has the word, and those are of one time only, where it is odd.
std::uint64_t rarity(std::uint64_t word) {
    return 1 + word * word / 3;
}
bool has_word(Random& random, std::uint64_t word, std::uint64_t id) {
    const bool is_of_then = word % 2 == 0 || (id / 1'500 + word) % 3 == 0;
    return is_of_then && random.below(rarity(word)) == 0;
}
std::string text_of(std::uint64_t word) {
    return "w" + std::to_string(word);
}

std::vector<SearchDocument> made_up_documents(Random& random) {
    std::vector<SearchDocument> documents;
    for (std::uint64_t id = kDocs; id > 0; --id) {
        SearchDocument document{.id = id * 2, .length = 1, .terms = {}};
        std::uint32_t position = 0;
        for (std::uint64_t word = 0; word < kWords; ++word) {
            if (has_word(random, word, id)) {
                document.terms.push_back({text_of(word), 1, {position++}});
            }
        }
        ports::sort_terms(document);
        documents.push_back(std::move(document));
    }
    return documents;
}

SearchNode made_up_node(Random& random, int depth) {
    const std::uint64_t word = random.below(kWords);
    switch (random.below(depth == 0 ? 4 : 12)) {
        case 0:
            return {Kind::kPrefix, {text_of(1 + random.below(5))}, {}, {}};
        case 1:
            return {Kind::kPhrase, {text_of(word), text_of(word + random.below(3))}, {}, {}};
        case 2: {
            SearchNode ids{Kind::kIds, {}, {}, {}};
            for (std::uint64_t i = random.below(2'000); i > 0; --i) {
                ids.ids.push_back(random.below(kDocs * 2 + 2));
            }
            std::ranges::sort(ids.ids, std::greater{});
            return ids;
        }
        case 3:
        case 4:
            return {Kind::kTerm, {text_of(word)}, {}, {}};
        case 5:
            return {Kind::kNot, {}, {made_up_node(random, depth - 1)}, {}};
        default: {
            SearchNode node{random.below(3) == 0 ? Kind::kOr : Kind::kAnd, {}, {}, {}};
            for (std::uint64_t i = 1 + random.below(3); i > 0; --i) {
                node.children.push_back(made_up_node(random, depth - 1));
            }
            return node;
        }
    }
}

class MatchCursorTest : public testing::TestWithParam<int> {
protected:
    MatchCursorTest() : random_(static_cast<std::uint64_t>(GetParam())) {
        documents_ = made_up_documents(random_);
        std::vector<const SearchDocument*> all;
        for (const SearchDocument& document : documents_) {
            all.push_back(&document);
        }
        segment_ = Segment::open(hold(build_segment(all))).value();
    }

    /// Calls `check` with a cursor and what it should find, for many made-up queries.
    template <class Check>
    void with_queries(Check check) {
        int found_some = 0;
        for (int i = 0; i < 40; ++i) {
            const SearchNode node = made_up_node(random_, 3);
            std::vector<DocNumber> expected;
            for (DocNumber doc = 0; doc < kDocs; ++doc) {
                if (ports::matches(node, documents_[doc])) {
                    expected.push_back(doc);
                }
            }
            StepBudget budget(1'000'000'000);
            const MatchCursorPtr cursor = make_cursor(node, *segment_, budget);
            if (!cursor) {
                ASSERT_TRUE(expected.empty());
                continue;
            }
            found_some += expected.size() > 200 ? 1 : 0;
            check(*cursor, expected);
            if (testing::Test::HasFatalFailure()) {
                return;
            }
        }
        EXPECT_GT(found_some, 3);
    }

    Random random_;
    std::vector<SearchDocument> documents_;
    SegmentPtr segment_;
};

TEST_P(MatchCursorTest, GoesFromMatchToMatch) {
    with_queries([&](MatchCursor& cursor, const std::vector<DocNumber>& expected) {
        cursor.start();
        for (const DocNumber doc : expected) {
            ASSERT_EQ(cursor.doc(), doc);
            cursor.next();
        }
        ASSERT_EQ(cursor.doc(), kNoDoc);
    });
}

TEST_P(MatchCursorTest, GoesInLeapsAndTakesManyAtOnce) {
    with_queries([&](MatchCursor& cursor, const std::vector<DocNumber>& expected) {
        const std::uint64_t far = 1 + random_.below(2'000);
        cursor.start();
        auto at = expected.begin();
        while (at != expected.end()) {
            ASSERT_EQ(cursor.doc(), *at);
            if (random_.below(2) == 0) {
                const auto target = static_cast<DocNumber>(*at + random_.below(far));
                cursor.advance(target);
                at = std::lower_bound(at, expected.end(), target);
                continue;
            }
            std::array<DocNumber, 200> taken;
            const std::size_t fit = random_.below(taken.size());
            const std::size_t count = cursor.take(std::span(taken).first(fit));
            ASSERT_EQ(count, std::min<std::size_t>(fit, expected.end() - at));
            ASSERT_TRUE(std::equal(at, at + static_cast<std::ptrdiff_t>(count), taken.begin()));
            at += static_cast<std::ptrdiff_t>(count);
        }
        ASSERT_EQ(cursor.doc(), kNoDoc);
    });
}

TEST_P(MatchCursorTest, KeepsWhatMatchesOfOthersDocuments) {
    with_queries([&](MatchCursor& cursor, const std::vector<DocNumber>& expected) {
        const std::uint64_t step = 1 + random_.below(1 + random_.below(300));
        for (auto doc = static_cast<DocNumber>(random_.below(500)); doc < kDocs;) {
            std::vector<DocNumber> docs;
            std::vector<DocNumber> matching;
            for (std::uint64_t i = 1 + random_.below(kDocsTogetherMax); i > 0 && doc < kDocs; --i) {
                docs.push_back(doc);
                if (std::ranges::binary_search(expected, doc)) {
                    matching.push_back(doc);
                }
                doc += static_cast<DocNumber>(1 + random_.below(step));
            }
            const DocNumber last = docs.back();
            docs.resize(cursor.keep(docs));
            ASSERT_EQ(docs, matching);
            const auto next = std::ranges::upper_bound(expected, last);
            ASSERT_TRUE(next == expected.end() || cursor.doc() <= *next);
        }
    });
}

INSTANTIATE_TEST_SUITE_P(Seeds, MatchCursorTest, testing::Range(1, 5));

}  // namespace

}  // namespace rookery::search
