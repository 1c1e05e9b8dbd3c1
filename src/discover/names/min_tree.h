#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rookery::discover::names {

/// Numbers in an order of their own, and the lowest of every sixteen, of every sixteen of those,
/// and so on: whatever slices of them are asked for, the lowest come first without a look at the
/// others. Never changed once made.
class MinTree {
public:
    static constexpr std::size_t kWidth = 16;

    MinTree() = default;
    explicit MinTree(std::vector<std::uint32_t> numbers);

    [[nodiscard]] std::size_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
    [[nodiscard]] std::size_t bytes() const;

private:
    friend class LowestFirst;
    std::vector<std::vector<std::uint32_t>> levels_;
};

/// The numbers of slices of trees, the lowest first; one that stands in several places comes as
/// often. The trees must outlive it.
class LowestFirst {
public:
    /// The numbers [from, until) of `tree`; before the first next().
    void add(const MinTree& tree, std::size_t from, std::size_t until);
    [[nodiscard]] std::optional<std::uint32_t> next();

private:
    struct Node {
        std::uint32_t lowest;
        std::uint32_t level;
        std::size_t index;
        const MinTree* tree;
    };
    void push(const MinTree& tree, std::size_t level, std::size_t index);
    [[nodiscard]] Node pop();

    std::vector<Node> heap_;
    bool is_heap_ = false;
};

}  // namespace rookery::discover::names
