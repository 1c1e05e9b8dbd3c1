#include "search/postings.h"

#include "search/block_numbers.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace rookery::search {

namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

std::uint32_t read32(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

}  // namespace

PostingCursor::PostingCursor(std::string_view bytes, std::uint32_t count, std::uint32_t doc_count)
    : count_(count), doc_count_(doc_count) {
    if (bytes.empty() || count == 0) {
        return;
    }
    const auto flags = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    has_frequencies_ = (flags & kHasFrequencies) != 0;
    has_positions_ = (flags & kHasPositions) != 0;
    const std::uint32_t blocks = (count + kBlock - 1) / kBlock;
    std::size_t blocks_bytes = bytes.size();
    if (blocks > 1) {
        const std::size_t skips_bytes = blocks * skip_entry_bytes();
        if (bytes.size() < skips_bytes) {
            return;
        }
        skips_ = bytes.substr(0, skips_bytes);
        bytes.remove_prefix(skips_bytes);
        blocks_bytes = read32(skips_, (blocks - 1) * skip_entry_bytes() + 4);
    } else if (has_positions_) {
        const char* at = bytes.data();
        blocks_bytes = read_varint(at, bytes.data() + bytes.size());
        bytes.remove_prefix(static_cast<std::size_t>(at - bytes.data()));
    }
    if (blocks_bytes > bytes.size()) {
        return;
    }
    blocks_ = blocks;
    blocks_of_ = bytes.substr(0, blocks_bytes);
    if (has_positions_) {
        positions_ = bytes.substr(blocks_bytes);
    }
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
    const bool is_of_segment = previous < static_cast<std::int64_t>(doc_count_);
    if (begin > end_at || end_at > blocks_of_.size() || !is_behind || !is_of_segment) {
        end();
        return;
    }
    block_ = block;
    in_block_ = std::min(kBlock, count_ - block * kBlock);
    at_ = 0;
    frequencies_loaded_ = false;
    const char* at = blocks_of_.data() + begin;
    block_end_ = blocks_of_.data() + end_at;
    if (!read_docs(at, previous)) {
        end();
        return;
    }
    after_docs_ = at;
    std::fill(docs_.begin() + in_block_, docs_.end(), kNoDoc);
    doc_ = docs_[0];
}

/// False if they are not ascending documents of the segment.
bool PostingCursor::read_docs(const char*& at, std::int64_t previous) {
    const std::span<DocNumber> docs = std::span(docs_).first(in_block_);
    switch (read_steps(at, block_end_, static_cast<std::uint32_t>(previous), docs)) {
        case NumbersRead::kDamaged:
            return false;
        case NumbersRead::kPacked:
            // 128 steps of 24 bits from below 2^31 on stay below 2^32.
            static_assert(kSegmentDocsMax == std::uint32_t{1} << 31U);
            return docs.back() < doc_count_;
        case NumbersRead::kSingly:
            break;
    }
    for (DocNumber& doc : docs) {
        previous += std::int64_t{doc} + 1;
        if (previous >= doc_count_) {
            return false;
        }
        doc = static_cast<DocNumber>(previous);
    }
    return true;
}

void PostingCursor::advance(DocNumber target) {
    if (doc_ >= target) {
        return;
    }
    if (docs_[in_block_ - 1] < target) {
        leap(target);
        if (doc_ >= target) {
            return;
        }
    }
    at_ = next_place(docs_, at_ + 1, in_block_, target);
    if (at_ < in_block_) {
        doc_ = docs_[at_];
    } else {
        end();  // only where a block's end is not what its entry says
    }
}

/// From `first` on, the first block that does not end before `target`; blocks_ if all do.
std::uint32_t PostingCursor::block_with(std::uint32_t first, DocNumber target) const {
    // Most leaps are short: gallop over the ends of blocks, then look in between.
    std::uint32_t low = first;
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
    return low;
}

/// From before the first block, or from one that ends before `target`, to the first that does not.
void PostingCursor::leap(DocNumber target) {
    load_block(blocks_ > 1 ? block_with(block_ + 1, target) : block_ + 1);
}

std::size_t PostingCursor::take(std::span<DocNumber> out) {
    std::size_t taken = 0;
    while (taken < out.size() && doc_ != kNoDoc) {
        const auto more = std::min(in_block_ - at_, static_cast<std::uint32_t>(out.size() - taken));
        std::copy_n(&docs_[at_], more, &out[taken]);
        taken += more;
        at_ += more;
        if (at_ < in_block_) {
            doc_ = docs_[at_];
        } else {
            doc_ = docs_[at_ - 1];
            load_block(block_ + 1);
        }
    }
    return taken;
}

std::size_t PostingCursor::keep(std::span<DocNumber> docs) {
    if (block_ == kBeforeFirst && !docs.empty()) {
        leap(docs.front());
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < docs.size() && doc_ != kNoDoc;) {
        const DocNumber last = docs_[in_block_ - 1];
        if (last < docs[i]) {
            leap(docs[i]);
            continue;
        }
        const std::size_t begin = i;
        while (i < docs.size() && docs[i] <= last) {
            ++i;
        }
        kept += keep_in_block(docs_, docs.subspan(begin, i - begin), &docs[kept]);
    }
    return kept;
}

void PostingCursor::load_frequencies() {
    const std::span<std::uint32_t> frequencies = std::span(frequencies_).first(in_block_);
    const char* at = after_docs_;
    if (!has_frequencies_ || read_numbers(at, block_end_, frequencies) == NumbersRead::kDamaged) {
        std::ranges::fill(frequencies, 0U);
    }
    for (std::uint32_t& frequency : frequencies) {
        ++frequency;
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
