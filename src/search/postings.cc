#include "search/postings.h"

#include "base/codec.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace rookery::search {

namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

constexpr std::uint8_t kHasFrequencies = 1;
constexpr std::uint8_t kHasPositions = 2;

void append32(std::string& out, std::size_t value) {
    const auto narrow = static_cast<std::uint32_t>(value);
    out.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
}

std::uint32_t read32(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

constexpr std::int64_t kEightStepsMax = std::int64_t{8} * 128;

/// Whether each of the next eight bytes is a number of its own.
inline bool are_single_bytes(const char* at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return (bytes & 0x8080'8080'8080'8080ULL) == 0;
}

/// Moves `at` behind the number; at bytes that are none, to `end` and beyond nothing.
inline std::uint32_t read_varint(const char*& at, const char* end) {
    std::uint32_t value = 0;
    for (unsigned shift = 0; at != end && shift < 35; shift += 7) {
        const auto part = static_cast<std::uint8_t>(*at++);
        value |= static_cast<std::uint32_t>(part & 0x7FU) << shift;
        if ((part & 0x80U) == 0) {
            return value;
        }
    }
    at = end;
    return 0;
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
    ByteWriter writer(data);
    ByteWriter position_writer(positions);
    std::int64_t previous = -1;
    for (std::size_t begin = 0; begin < postings.size(); begin += kBlock) {
        const auto block = postings.subspan(begin, std::min(kBlock, postings.size() - begin));
        for (const Posting& posting : block) {
            writer.varint(static_cast<std::uint64_t>(posting.doc - previous - 1));
            previous = posting.doc;
        }
        if (has_frequencies) {
            for (const Posting& posting : block) {
                writer.varint(posting.frequency - 1);
            }
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
        (has_frequencies ? kHasFrequencies : 0) | (has_positions ? kHasPositions : 0)
    ));
    if (blocks > 1) {
        out += skips;
    } else if (has_positions) {
        ByteWriter(out).varint(data.size());
    }
    out += data;
    out += positions;
}

PostingCursor::PostingCursor(std::string_view bytes, std::uint32_t count, std::uint32_t doc_count)
    : count_(count), doc_count_(doc_count), blocks_((count + kBlock - 1) / kBlock) {
    end();  // unless there is something
    if (bytes.empty() || count == 0) {
        return;
    }
    const auto flags = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    has_frequencies_ = (flags & kHasFrequencies) != 0;
    has_positions_ = (flags & kHasPositions) != 0;
    std::size_t blocks_bytes = bytes.size();
    if (blocks_ > 1) {
        const std::size_t skips_bytes = blocks_ * skip_entry_bytes();
        if (bytes.size() < skips_bytes) {
            return;
        }
        skips_ = bytes.substr(0, skips_bytes);
        bytes.remove_prefix(skips_bytes);
        blocks_bytes = read32(skips_, (blocks_ - 1) * skip_entry_bytes() + 4);
    } else if (has_positions_) {
        const char* at = bytes.data();
        blocks_bytes = read_varint(at, bytes.data() + bytes.size());
        bytes.remove_prefix(static_cast<std::size_t>(at - bytes.data()));
    }
    if (blocks_bytes > bytes.size()) {
        return;
    }
    blocks_of_ = bytes.substr(0, blocks_bytes);
    if (has_positions_) {
        positions_ = bytes.substr(blocks_bytes);
    }
    load_block(0);
}

DocNumber PostingCursor::last_doc(std::uint32_t block) const {
    return read32(skips_, block * skip_entry_bytes());
}

void PostingCursor::load_block(std::uint32_t block) {
    if (block >= blocks_) {
        end();
        return;
    }
    std::size_t begin = 0;
    std::size_t end_at = blocks_of_.size();
    std::int64_t previous = -1;
    if (blocks_ > 1) {
        end_at = read32(skips_, block * skip_entry_bytes() + 4);
        if (block > 0) {
            begin = read32(skips_, (block - 1) * skip_entry_bytes() + 4);
            previous = last_doc(block - 1);
        }
    }
    // Documents ascend over the blocks, whatever damaged entries say.
    const bool is_behind = doc_ == kNoDoc || previous >= static_cast<std::int64_t>(doc_);
    if (begin > end_at || end_at > blocks_of_.size() || !is_behind) {
        end();
        return;
    }
    block_ = block;
    in_block_ = std::min(kBlock, count_ - block * kBlock);
    at_ = 0;
    frequencies_loaded_ = false;
    const char* at = blocks_of_.data() + begin;
    block_end_ = blocks_of_.data() + end_at;
    for (std::uint32_t i = 0; i < in_block_; ++i) {
        // Most steps are of one byte: eight of them at once.
        while (i + 8 <= in_block_ && block_end_ - at >= 8 && are_single_bytes(at) &&
               previous + kEightStepsMax < doc_count_) {
            for (int k = 0; k < 8; ++k) {
                previous += static_cast<std::uint8_t>(*at++) + 1;
                docs_[i++] = static_cast<DocNumber>(previous);
            }
        }
        if (i == in_block_) {
            break;
        }
        if (at == block_end_) {
            end();
            return;
        }
        previous += static_cast<std::int64_t>(read_varint(at, block_end_)) + 1;
        if (previous >= doc_count_) {
            end();
            return;
        }
        docs_[i] = static_cast<DocNumber>(previous);
    }
    after_docs_ = at;
    doc_ = docs_[0];
}

void PostingCursor::advance(DocNumber target) {
    if (doc_ >= target) {
        return;
    }
    if (blocks_ > 1 && docs_[in_block_ - 1] < target) {
        // Most leaps are short: gallop over the ends of blocks, then look in between.
        std::uint32_t low = block_ + 1;
        std::uint32_t step = 1;
        std::uint32_t high = low;
        while (high < blocks_ && last_doc(high) < target) {
            low = high + 1;
            high += step;
            step *= 2;
        }
        high = std::min(high, blocks_);
        while (low < high) {
            const std::uint32_t middle = low + (high - low) / 2;
            if (last_doc(middle) < target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        load_block(low);
        if (doc_ >= target) {
            return;
        }
    }
    while (++at_ < in_block_) {
        if (docs_[at_] >= target) {
            doc_ = docs_[at_];
            return;
        }
    }
    load_block(block_ + 1);
    if (doc_ < target) {
        end();  // only where a block's end is not what its entry says
    }
}

void PostingCursor::load_frequencies() {
    const char* at = after_docs_;
    for (std::uint32_t i = 0; i < in_block_; ++i) {
        frequencies_[i] = has_frequencies_ ? read_varint(at, block_end_) + 1 : 1;
    }
    frequencies_loaded_ = true;
}

std::uint32_t PostingCursor::frequency() {
    if (!has_frequencies_) {
        return 1;
    }
    if (!frequencies_loaded_) {
        load_frequencies();
    }
    return frequencies_[at_];
}

void PostingCursor::positions(std::vector<std::uint32_t>& out) {
    out.clear();
    if (!has_positions_) {
        return;
    }
    if (!frequencies_loaded_) {
        load_frequencies();
    }
    if (!positions_at_ || positions_block_ != block_ || positions_index_ > at_) {
        const std::size_t begin =
            block_ == 0 ? 0 : read32(skips_, (block_ - 1) * skip_entry_bytes() + 8);
        if (begin > positions_.size()) {
            return;
        }
        positions_at_ = positions_.data() + begin;
        positions_block_ = block_;
        positions_index_ = 0;
    }
    const char* const all_end = positions_.data() + positions_.size();
    for (; positions_index_ < at_; ++positions_index_) {
        for (std::uint32_t k = 0; k < frequencies_[positions_index_]; ++k) {
            if (positions_at_ == all_end) {
                break;
            }
            static_cast<void>(read_varint(positions_at_, all_end));
        }
    }
    std::uint32_t position = 0;
    for (std::uint32_t k = 0; k < frequencies_[at_] && positions_at_ != all_end; ++k) {
        position += read_varint(positions_at_, all_end);
        out.push_back(position);
    }
    ++positions_index_;
}

}  // namespace rookery::search
