#include "base/codec.h"
#include "search/block_numbers.h"
#include "search/postings.h"

#include <algorithm>
#include <bit>

namespace rookery::search {

namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

void append32(std::string& out, std::size_t value) {
    const auto narrow = static_cast<std::uint32_t>(value);
    out.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
}

}  // namespace

void encode_postings(const PostingList& list, std::string& out) {
    constexpr std::size_t kBlock = PostingCursor::kBlock;
    const std::span<const Posting> postings(list.postings);
    const bool has_frequencies =
        std::ranges::any_of(postings, [](const Posting& p) { return p.frequency != 1; });
    const std::size_t blocks = (postings.size() + kBlock - 1) / kBlock;
    std::size_t positions_wanted = 0;
    for (const Posting& posting : postings) {
        positions_wanted += posting.frequency;
    }
    const bool has_positions = !list.positions.empty() && list.positions.size() == positions_wanted;

    std::string skips;
    std::string data;
    std::string positions;
    ByteWriter position_writer(positions);
    std::vector<std::uint32_t> numbers;
    std::int64_t previous = -1;
    for (std::size_t begin = 0; begin < postings.size(); begin += kBlock) {
        const auto block = postings.subspan(begin, std::min(kBlock, postings.size() - begin));
        numbers.clear();
        for (const Posting& posting : block) {
            numbers.push_back(static_cast<std::uint32_t>(posting.doc - previous - 1));
            previous = posting.doc;
        }
        append_numbers(numbers, data);
        if (has_frequencies) {
            numbers.clear();
            for (const Posting& posting : block) {
                numbers.push_back(posting.frequency - 1);
            }
            append_numbers(numbers, data);
        }
        if (has_positions) {
            for (const Posting& posting : block) {
                std::uint32_t last = 0;
                for (std::uint32_t i = 0; i < posting.frequency; ++i) {
                    const std::uint32_t position = list.positions[posting.positions_begin + i];
                    position_writer.varint(position - last);
                    last = position;
                }
            }
        }
        append32(skips, block.back().doc);
        append32(skips, data.size());
        if (has_positions) {
            append32(skips, positions.size());
        }
    }
    out.push_back(static_cast<char>(
        (has_frequencies ? PostingCursor::kHasFrequencies : 0) |
        (has_positions ? PostingCursor::kHasPositions : 0)
    ));
    if (blocks > 1) {
        out += skips;
    } else if (has_positions) {
        ByteWriter(out).varint(data.size());
    }
    out += data;
    out += positions;
}

}  // namespace rookery::search
