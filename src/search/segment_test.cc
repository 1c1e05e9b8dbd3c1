#include "search/segment.h"

#include "search/index_files.h"
#include "search/postings_encode.h"
#include "search/segment_writer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace rookery::search {

namespace {

SegmentPtr segment_with(const std::vector<std::string>& terms) {
    ports::SearchDocument document{.id = 1, .length = 1, .terms = {}};
    for (const std::string& term : terms) {
        document.terms.push_back({.text = term});
    }
    return Segment::open(hold(build_segment({&document}))).value();
}

// So many that it has signposts; many begin alike, some are the beginning of others.
std::vector<std::string> many_terms() {
    std::vector<std::string> terms{"", "w", std::string("w\0", 2)};
    for (int i = 0; i < 3'000; ++i) {
        terms.push_back(fmt::format("w{}", i));
        terms.push_back(fmt::format("wthe_same_for_sixteen_bytes_{}", i));
        terms.push_back(fmt::format("wthe_same_for_si{}", i % 7 == 0 ? i : i + 9'000));
    }
    terms.push_back("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    std::ranges::sort(terms);
    return terms;
}

TEST(Segment, FindsEveryTermAmongMany) {
    const std::vector<std::string> terms = many_terms();
    const SegmentPtr segment = segment_with(terms);
    ASSERT_EQ(segment->term_count(), terms.size());
    for (std::uint32_t i = 0; i < terms.size(); ++i) {
        ASSERT_EQ(segment->lower_bound(terms[i]), i) << terms[i];
        ASSERT_EQ(segment->find(terms[i])->text, terms[i]);
    }
}

TEST(Segment, SaysWhereATermWouldBe) {
    const std::vector<std::string> terms = many_terms();
    const SegmentPtr segment = segment_with(terms);
    std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same at each run
    for (int i = 0; i < 5'000; ++i) {
        std::string text = terms[random() % terms.size()];
        text.resize(random() % (text.size() + 2), 'm');
        const auto expected = std::ranges::lower_bound(terms, text) - terms.begin();
        ASSERT_EQ(segment->lower_bound(text), static_cast<std::uint32_t>(expected)) << text;
    }
    EXPECT_FALSE(segment->find("wthe_same_for_sixteen_bytes_x"));
}

// A list of several blocks, some of large steps, some with frequencies; the last is not full.
TEST(Segment, GivesBackLongLists) {
    std::mt19937 random(3);  // NOLINT(cert-msc51-cpp): the same at each run
    constexpr DocNumber kDocs = 40'000'000;
    PostingList list;
    DocNumber doc = 0;
    while (list.postings.size() < 1'000) {
        const std::uint32_t frequency = list.postings.size() / 128 == 2 ? 1 + random() % 300 : 1;
        list.postings.push_back({doc, frequency, 0});
        const bool is_dense = list.postings.size() / 128 % 2 == 0;
        doc += 1 + (is_dense ? random() % 4 : random() % 70'000);
        if (list.postings.size() == 700) {
            doc += std::uint32_t{1} << 24U;  // the step that is not packed
        }
    }
    ASSERT_LT(doc, kDocs);
    StringSink written;
    encode_postings(list, written);
    const std::string& bytes = written.bytes();
    PostingCursor cursor(bytes, 1'000, kDocs);
    cursor.start();
    for (const Posting& posting : list.postings) {
        ASSERT_EQ(cursor.doc(), posting.doc);
        ASSERT_EQ(cursor.frequency(), posting.frequency);
        cursor.next();
    }
    EXPECT_EQ(cursor.doc(), kNoDoc);

    for (int i = 0; i < 300; ++i) {
        PostingCursor leaping(bytes, 1'000, kDocs);
        leaping.start();
        for (DocNumber target = 0; leaping.doc() != kNoDoc;) {
            target += random() % 4 == 0 ? random() % 2'000'000 : random() % 500;
            const DocNumber before = leaping.doc();
            leaping.advance(target);
            const auto expected = std::ranges::lower_bound(
                list.postings, std::max(target, before), {}, &Posting::doc
            );
            ASSERT_EQ(leaping.doc(), expected == list.postings.end() ? kNoDoc : expected->doc);
        }
    }
}

}  // namespace

}  // namespace rookery::search
