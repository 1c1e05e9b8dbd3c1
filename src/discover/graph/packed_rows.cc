#include "discover/graph/packed_rows.h"

#include <algorithm>

namespace rookery::discover {

namespace {

unsigned width_for(std::size_t nodes) {
    return nodes < 2 ? 1 : static_cast<unsigned>(std::bit_width(nodes - 1));
}

std::size_t bytes_for(std::uint64_t entries, unsigned width) {
    return static_cast<std::size_t>(((entries * width) + 7) / 8) + sizeof(std::uint64_t);
}

}  // namespace

std::uint32_t PackedRows::Row::seek(Node node, std::uint32_t from) const {
    std::uint32_t step = 1;
    std::uint32_t low = from;
    std::uint32_t high = from;
    while (high < size_ && (*this)[high] < node) {
        low = high + 1;
        high = step < size_ - low ? low + step : size_;
        step *= 2;
    }
    while (low < high) {
        const std::uint32_t middle = low + ((high - low) / 2);
        if ((*this)[middle] < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

PackedRows::Writer::Writer(std::size_t nodes, std::uint64_t entries) {
    rows_.width_ = width_for(nodes);
    rows_.bytes_.reserve(bytes_for(entries, rows_.width_));
    rows_.starts_.reserve(nodes + 1);
    rows_.starts_.push_back(0);
}

void PackedRows::Writer::add(std::span<const Node> row) {
    std::uint64_t at = rows_.starts_.back();
    rows_.bytes_.resize(bytes_for(at + row.size(), rows_.width_));
    for (const Node node : row) {
        store(rows_.bytes_.data(), at++ * rows_.width_, node);
    }
    rows_.starts_.push_back(static_cast<std::uint32_t>(at));
}

PackedRows PackedRows::Writer::finish() && {
    rows_.bytes_.shrink_to_fit();
    return std::move(rows_);
}

PackedRows::Filler::Filler(std::vector<std::uint32_t> sizes) : next_(std::move(sizes)) {
    rows_.width_ = width_for(next_.size());
    rows_.starts_.reserve(next_.size() + 1);
    std::uint32_t sum = 0;
    for (std::uint32_t& size : next_) {
        sum += std::exchange(size, sum);
        rows_.starts_.push_back(size);
    }
    rows_.starts_.push_back(sum);
    rows_.bytes_.resize(bytes_for(sum, rows_.width_));
}

}  // namespace rookery::discover
