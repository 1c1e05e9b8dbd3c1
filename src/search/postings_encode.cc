#include "search/postings_encode.h"

#include "base/codec.h"
#include "search/block_numbers.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <string>

namespace rookery::search {

namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

void append32(std::string& out, std::uint64_t value) {
    const auto narrow = static_cast<std::uint32_t>(value);
    out.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
}

}  // namespace

void PostingEncoder::begin(bool has_frequencies, bool has_positions) {
    has_frequencies_ = has_frequencies;
    has_positions_ = has_positions;
    count_ = 0;
    blocks_ = 0;
    in_block_ = 0;
    previous_ = -1;
}

void PostingEncoder::add(
    DocNumber doc,
    std::uint32_t frequency,
    std::span<const std::uint32_t> positions
) {
    steps_[in_block_] = static_cast<std::uint32_t>(doc - previous_ - 1);
    frequencies_[in_block_] = frequency - 1;
    previous_ = doc;
    if (has_positions_) {
        ByteWriter writer(positions_.held());
        std::uint32_t last = 0;
        for (const std::uint32_t position : positions) {
            writer.varint(position - last);
            last = position;
        }
    }
    ++count_;
    if (++in_block_ == kBlock) {
        end_block();
    }
}

void PostingEncoder::end_block() {
    append_numbers(std::span(steps_).first(in_block_), data_.held());
    if (has_frequencies_) {
        append_numbers(std::span(frequencies_).first(in_block_), data_.held());
    }
    append32(skips_.held(), static_cast<std::uint64_t>(previous_));
    append32(skips_.held(), data_.size());
    if (has_positions_) {
        append32(skips_.held(), positions_.size());
    }
    ++blocks_;
    in_block_ = 0;
    skips_.settle();
    data_.settle();
    positions_.settle();
}

Result<void> PostingEncoder::finish(Sink& out) {
    if (in_block_ > 0) {
        end_block();
    }
    constexpr std::uint64_t kBytesMax = std::numeric_limits<std::uint32_t>::max();
    if (data_.size() > kBytesMax || positions_.size() > kBytesMax) {
        return fail(ErrorCode::kInternal, "a term has too many places for one segment");
    }
    const char flags = static_cast<char>(
        (has_frequencies_ ? PostingCursor::kHasFrequencies : 0) |
        (has_positions_ ? PostingCursor::kHasPositions : 0)
    );
    out.append({&flags, 1});
    if (blocks_ > 1) {
        if (auto moved = skips_.move_to(out); !moved) {
            return moved;
        }
    } else {
        skips_.clear();
        if (has_positions_) {
            std::string bytes;
            ByteWriter(bytes).varint(data_.size());
            out.append(bytes);
        }
    }
    if (auto moved = data_.move_to(out); !moved) {
        return moved;
    }
    return positions_.move_to(out);
}

void encode_postings(const PostingList& list, Sink& out) {
    std::size_t positions_wanted = 0;
    for (const Posting& posting : list.postings) {
        positions_wanted += posting.frequency;
    }
    const bool has_positions = !list.positions.empty() && list.positions.size() == positions_wanted;
    static const Scratch in_memory;
    PostingEncoder encoder(in_memory);
    encoder.begin(
        std::ranges::any_of(list.postings, [](const Posting& p) { return p.frequency != 1; }),
        has_positions
    );
    for (const Posting& posting : list.postings) {
        encoder.add(
            posting.doc,
            posting.frequency,
            has_positions
                ? std::span(list.positions).subspan(posting.positions_begin, posting.frequency)
                : std::span<const std::uint32_t>()
        );
    }
    // Nothing can fail in memory.
    static_cast<void>(encoder.finish(out));
}

}  // namespace rookery::search
