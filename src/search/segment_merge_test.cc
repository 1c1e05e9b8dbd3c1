// A merge makes, byte for byte, the segment that its living documents would have made at once.
#include "search/segment_merge.h"

#include "base/random.h"
#include "kit/temporary_directory.h"
#include "search/bytes.h"
#include "search/segment_writer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::search {

namespace {

using ports::SearchDocument;

/// Words with positions, of which some are in nearly every document, and terms without any; of one
/// document a term is there often.
SearchDocument made_up(Random& random, std::uint64_t id) {
    SearchDocument document{
        .id = id, .length = static_cast<std::uint32_t>(random.below(70'000)), .terms = {}
    };
    std::map<std::string, std::vector<std::uint32_t>> words;
    for (std::uint32_t i = 0; i < 1 + random.below(20); ++i) {
        const std::uint64_t word = random.below(1 + random.below(1 + random.below(300)));
        words[fmt::format("w{}", word)].push_back(i * 100);
    }
    for (auto& [text, positions] : words) {
        document.terms.push_back({"s" + text, static_cast<std::uint32_t>(positions.size()), {}});
        document.terms.push_back({text, 0, std::move(positions)});
    }
    document.terms.push_back({"all", 1, {}});
    document.terms.push_back({fmt::format("only{}", id), 1, {}});
    document.terms.push_back({"rarely twice", random.below(200) == 0 ? 2U : 1U, {}});
    return document;
}

std::string built_of(const std::vector<SearchDocument>& documents) {
    std::vector<const SearchDocument*> pointers;
    for (const SearchDocument& document : documents) {
        pointers.push_back(&document);
    }
    return build_segment(pointers);
}

/// Segments of documents of which some are dead.
struct Sources {
    std::vector<MergeSource> all;
    std::vector<SearchDocument> living;

    void
    add(const std::vector<SearchDocument>& documents, Random& random, std::uint64_t dead_of_8) {
        const auto segment = Segment::open(hold(built_of(documents))).value();
        const auto dead = std::make_shared<DeadDocs>(segment->doc_count());
        for (const SearchDocument& document : documents) {
            if (random.below(8) < dead_of_8) {
                dead->mark(*segment->find(document.id));
            } else {
                living.push_back(document);
            }
        }
        all.push_back({segment, dead});
    }
};

/// Some are one after another in time, as posts come, others lie side by side.
Sources made_up_sources(Random& random) {
    Sources sources;
    std::uint64_t id = 1;
    for (std::uint64_t i = 0; i < 1 + random.below(4); ++i) {
        std::vector<std::vector<SearchDocument>> beside(1 + random.below(3));
        for (std::uint64_t k = 0; k < beside.size() + random.below(600); ++k) {
            auto& chosen = k < beside.size() ? beside[k] : beside[random.below(beside.size())];
            chosen.push_back(made_up(random, id));
            id += 1 + random.below(5);
        }
        for (const auto& documents : beside) {
            sources.add(documents, random, random.below(2) == 0 ? 0 : random.below(9));
        }
    }
    return sources;
}

class SegmentMerge : public testing::Test {
protected:
    /// What the file has, or an empty string where there is none.
    std::string merged(const std::vector<MergeSource>& sources, std::size_t buffer_bytes) {
        const auto made = merge_segments_into(path(), sources, cancelled_, buffer_bytes);
        EXPECT_TRUE(made);
        EXPECT_EQ(made.value(), std::filesystem::exists(path()));
        return *made ? std::string(map_file(path()).value()->view()) : std::string();
    }
    [[nodiscard]] std::filesystem::path path() const { return directory_.path() / "1.segment"; }
    [[nodiscard]] std::ptrdiff_t files() const {
        return std::distance(
            std::filesystem::directory_iterator(directory_.path()),
            std::filesystem::directory_iterator()
        );
    }

    kit::TemporaryDirectory directory_;
    std::atomic<bool> cancelled_{false};
};

class SegmentMergeOfMadeUp : public SegmentMerge, public testing::WithParamInterface<int> {};

TEST_P(SegmentMergeOfMadeUp, IsWhatTheLivingDocumentsMakeAtOnce) {
    Random random(static_cast<std::uint64_t>(GetParam()));
    for (int i = 0; i < 8; ++i) {
        const Sources sources = made_up_sources(random);
        const std::string expected = sources.living.empty() ? "" : built_of(sources.living);
        ASSERT_TRUE(merge_segments(sources.all, cancelled_) == expected);
        // With buffers of a few bytes nearly all goes through files; with large ones nothing.
        for (const std::size_t buffer_bytes : {1U, 100U, 5'000U, 1U << 20U}) {
            ASSERT_TRUE(merged(sources.all, buffer_bytes) == expected) << buffer_bytes;
        }
        ASSERT_EQ(files(), 1) << "nothing else is left";
        std::filesystem::remove(path());
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SegmentMergeOfMadeUp, testing::Range(1, 9));

TEST_F(SegmentMerge, HasAChecksumThatIsRight) {
    Random random(5);
    ASSERT_FALSE(merged(made_up_sources(random).all, 64).empty());
    const auto segment = Segment::open(map_file(path()).value());
    ASSERT_TRUE(segment);
    EXPECT_TRUE((*segment)->is_intact());
}

TEST_F(SegmentMerge, OfTheDeadAloneMakesNothing) {
    Random random(5);
    Sources sources;
    sources.add({made_up(random, 1), made_up(random, 2)}, random, 8);
    EXPECT_EQ(merged(sources.all, 64), "");
    EXPECT_EQ(merge_segments(sources.all, cancelled_), "");
    EXPECT_EQ(files(), 0);
}

TEST_F(SegmentMerge, LeavesNothingWhenItIsCancelled) {
    Random random(5);
    const Sources sources = made_up_sources(random);
    cancelled_ = true;
    EXPECT_EQ(merged(sources.all, 64), "");
    EXPECT_EQ(merge_segments(sources.all, cancelled_), "");
    EXPECT_EQ(files(), 0);
}

TEST_F(SegmentMerge, SaysWhyItCannotBeWritten) {
    Random random(5);
    const Sources sources = made_up_sources(random);
    const auto nowhere = directory_.path() / "gone" / "1.segment";
    for (const std::size_t buffer_bytes : {64U, 1U << 30U}) {
        const auto made = merge_segments_into(nowhere, sources.all, cancelled_, buffer_bytes);
        ASSERT_FALSE(made);
        EXPECT_TRUE(made.error().message.contains("gone")) << made.error().message;
    }
}

// Of a list that ends early, or says otherwise than it should, what can be read is kept; the file
// is sound all the same, although it was measured for more.
TEST_F(SegmentMerge, OfDamagedListsMakesASoundSegment) {
    Random random(11);
    std::vector<SearchDocument> documents;
    for (std::uint64_t id = 1; id <= 300; ++id) {
        documents.push_back(made_up(random, id));
    }
    const std::string sound = built_of(documents);
    format::Header header{};
    std::copy_n(sound.data(), sizeof header, reinterpret_cast<char*>(&header));
    for (int i = 0; i < 200; ++i) {
        std::string bytes = sound;
        for (int k = 0; k < 20; ++k) {
            const std::size_t lists = bytes.size() - header.postings_offset;
            bytes[header.postings_offset + random.below(lists)] =
                static_cast<char>(random.below(256));
        }
        const auto damaged = Segment::open(hold(bytes)).value();
        const std::vector<MergeSource> sources{{damaged, std::make_shared<DeadDocs>(300)}};
        ASSERT_FALSE(merged(sources, 200).empty());
        const auto made = Segment::open(map_file(path()).value());
        ASSERT_TRUE(made);
        ASSERT_TRUE((*made)->is_intact());
        ASSERT_EQ((*made)->doc_count(), 300U);
    }
}

}  // namespace

}  // namespace rookery::search
