#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace rookery::discover {

/// An account's number within one graph: dense, from 0.
using Node = std::uint32_t;

/// Lists of nodes, one for each node, as numbers of just so many bits as the largest node needs.
/// Any entry is one load, a shift and a mask away, which is what random walks ask for; lists of
/// gaps that can be entered in the middle are no smaller and take twice as long
/// (docs/performance.md). Immutable once made.
class PackedRows {
public:
    /// One node's list: rising, none twice. Valid as long as the rows.
    class Row {
    public:
        Row() = default;
        Row(const std::byte* bytes, std::uint64_t first, std::uint32_t size, unsigned width)
            : bytes_(bytes), first_(first), size_(size), width_(width) {}

        [[nodiscard]] std::uint32_t size() const { return size_; }
        [[nodiscard]] bool empty() const { return size_ == 0; }
        [[nodiscard]] Node operator[](std::size_t index) const {
            return load(bytes_, (first_ + index) * width_, width_);
        }
        /// The place of the first entry that is not below `node`, at or after `from`; size() if
        /// there is none. Quick if it is near `from` (galloping search).
        [[nodiscard]] std::uint32_t seek(Node node, std::uint32_t from = 0) const;
        [[nodiscard]] bool contains(Node node) const {
            const std::uint32_t at = seek(node);
            return at != size_ && (*this)[at] == node;
        }

    private:
        const std::byte* bytes_ = nullptr;
        std::uint64_t first_ = 0;  ///< in entries
        std::uint32_t size_ = 0;
        unsigned width_ = 1;
    };

    PackedRows() = default;

    [[nodiscard]] Row row(Node node) const {
        const std::uint32_t first = starts_[node];
        return {bytes_.data(), first, starts_[node + 1] - first, width_};
    }
    [[nodiscard]] std::uint64_t entries() const { return starts_.empty() ? 0 : starts_.back(); }
    [[nodiscard]] std::size_t bytes() const {
        return bytes_.size() + (starts_.size() * sizeof(std::uint32_t));
    }

    class Writer;
    class Filler;

private:
    [[nodiscard]] static Node load(const std::byte* bytes, std::uint64_t bit, unsigned width) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + (bit >> 3), sizeof word);
        return static_cast<Node>((word >> (bit & 7)) & ((std::uint64_t{1} << width) - 1));
    }
    /// Where there were zeros.
    static void store(std::byte* bytes, std::uint64_t bit, Node node) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + (bit >> 3), sizeof word);
        word |= std::uint64_t{node} << (bit & 7);
        std::memcpy(bytes + (bit >> 3), &word, sizeof word);
    }

    std::vector<std::uint32_t> starts_;  ///< of each node's list in entries, and the end
    std::vector<std::byte> bytes_;       ///< with eight more, so that every load is within
    unsigned width_ = 1;
};

/// Makes rows one after the other.
class PackedRows::Writer {
public:
    /// Of `nodes` nodes; `entries` is how many there will be together, about.
    Writer(std::size_t nodes, std::uint64_t entries);
    /// The list of the next node: rising. All lists together stay below 2^32.
    void add(std::span<const Node> row);
    [[nodiscard]] PackedRows finish() &&;

private:
    PackedRows rows_;
};

/// Makes rows whose sizes are known, entry by entry and in any order of rows.
class PackedRows::Filler {
public:
    /// `sizes` of all rows, together below 2^32.
    explicit Filler(std::vector<std::uint32_t> sizes);
    /// Appends to a node's list, which takes them in rising order, and just as many as was said.
    void append(Node node, Node entry) {
        store(rows_.bytes_.data(), std::uint64_t{next_[node]++} * rows_.width_, entry);
    }
    [[nodiscard]] PackedRows finish() && { return std::move(rows_); }

private:
    PackedRows rows_;
    std::vector<std::uint32_t> next_;
};

static_assert(std::endian::native == std::endian::little, "PackedRows loads low bytes first");

}  // namespace rookery::discover
