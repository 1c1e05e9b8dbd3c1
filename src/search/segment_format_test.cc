#include "search/segment_format.h"

#include "kit/hex.h"
#include "search/index_files.h"
#include "search/segment.h"
#include "search/segment_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace rookery::search {

namespace {

using kit::hex;

std::string example() {
    const ports::SearchDocument older{3, 2, {{"hi", 2, {0, 1}}, {"s", 1, {}}}};
    const ports::SearchDocument newer{7, 1, {{"hi", 1, {4}}}};
    return build_segment({&older, &newer});
}

// The bytes that docs/formats/search.md shows.

TEST(SegmentFormat, IsWhatThePageSays) {
    const std::string bytes = example();
    const std::string_view all = bytes;
    ASSERT_EQ(bytes.size(), 150U);
    EXPECT_EQ(
        hex(all.substr(0, 20)), "52 4b 53 45 41 52 43 48 03 00 00 00 02 00 00 00 02 00 00 00"
    );
    EXPECT_EQ(hex(all.substr(24, 8)), "03 00 00 00 00 00 00 00");
    EXPECT_EQ(hex(all.substr(64, 16)), "07 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00");
    EXPECT_EQ(hex(all.substr(80, 8)), "01 00 02 00 00 00 00 00");
    EXPECT_EQ(hex(all.substr(88, 16)), "00 00 00 00 00 00 00 00 00 00 00 00 02 00 00 00");
    EXPECT_EQ(hex(all.substr(104, 16)), "09 00 00 00 00 00 00 00 02 00 00 00 01 00 00 00");
    EXPECT_EQ(hex(all.substr(120, 16)), "0b 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00");
    EXPECT_EQ(hex(all.substr(136, 3)), "68 69 73");
    EXPECT_EQ(hex(all.substr(139, 9)), "03 04 00 00 00 01 04 00 01");
    EXPECT_EQ(hex(all.substr(148)), "00 01");
}

TEST(SegmentFormat, ReadsBackWhatWasWritten) {
    const auto segment = Segment::open(hold(example()));
    ASSERT_TRUE(segment);
    EXPECT_TRUE((*segment)->is_intact());
    EXPECT_EQ((*segment)->id(0), 7U);
    EXPECT_EQ((*segment)->word_count(), 3U);
    auto cursor = (*segment)->cursor(*(*segment)->find("hi"));
    std::vector<std::uint32_t> positions;
    cursor.next();
    EXPECT_EQ(cursor.doc(), 1U);
    cursor.positions(positions);
    EXPECT_THAT(positions, testing::ElementsAre(0, 1));
    cursor.next();
    EXPECT_EQ(cursor.doc(), kNoDoc);
}

TEST(SegmentFormat, NoticesEveryByteThatIsLost) {
    const std::string bytes = example();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(Segment::open(hold(bytes.substr(0, size)))) << size;
    }
}

TEST(ManifestFormat, IsWhatThePageSays) {
    const Manifest manifest{.checkpoint = 300, .next_file = 5, .files = {2, 4}};
    const std::string bytes = encode(manifest);
    EXPECT_EQ(hex(bytes.substr(0, 15)), "52 4b 53 52 43 48 4d 46 02 ac 02 05 02 02 04");
    EXPECT_EQ(bytes.size(), 23U);
    EXPECT_EQ(decode_manifest(bytes).value(), manifest);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        EXPECT_FALSE(decode_manifest(damaged)) << i;
    }
}

}  // namespace

}  // namespace rookery::search
