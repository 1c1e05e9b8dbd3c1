#include "discover/names/min_tree.h"

#include <algorithm>
#include <utility>

namespace rookery::discover::names {

MinTree::MinTree(std::vector<std::uint32_t> numbers) {
    levels_.push_back(std::move(numbers));
    while (levels_.back().size() > kWidth) {
        const std::vector<std::uint32_t>& below = levels_.back();
        std::vector<std::uint32_t> level;
        level.reserve((below.size() + kWidth - 1) / kWidth);
        for (std::size_t first = 0; first < below.size(); first += kWidth) {
            const auto begin = below.begin() + static_cast<std::ptrdiff_t>(first);
            const std::size_t count = std::min(kWidth, below.size() - first);
            level.push_back(*std::min_element(begin, begin + static_cast<std::ptrdiff_t>(count)));
        }
        levels_.push_back(std::move(level));
    }
}

std::size_t MinTree::bytes() const {
    std::size_t total = 0;
    for (const auto& level : levels_) {
        total += level.size() * sizeof(std::uint32_t);
    }
    return total;
}

void LowestFirst::push(const MinTree& tree, std::size_t level, std::size_t index) {
    const std::uint32_t lowest = tree.levels_[level][index];
    heap_.push_back({lowest, static_cast<std::uint32_t>(level), index, &tree});
    if (is_heap_) {
        std::ranges::push_heap(heap_, std::ranges::greater{}, &Node::lowest);
    }
}

void LowestFirst::add(const MinTree& tree, std::size_t from, std::size_t until) {
    // The biggest blocks that lie inside, of each level at both ends.
    for (std::size_t level = 0; from < until; ++level) {
        const bool is_top = level + 1 == tree.levels_.size();
        while (from < until && (is_top || from % MinTree::kWidth != 0)) {
            push(tree, level, from++);
        }
        while (from < until && until % MinTree::kWidth != 0) {
            push(tree, level, --until);
        }
        from /= MinTree::kWidth;
        until /= MinTree::kWidth;
    }
}

LowestFirst::Node LowestFirst::pop() {
    std::ranges::pop_heap(heap_, std::ranges::greater{}, &Node::lowest);
    const Node node = heap_.back();
    heap_.pop_back();
    return node;
}

std::optional<std::uint32_t> LowestFirst::next() {
    if (!is_heap_) {
        std::ranges::make_heap(heap_, std::ranges::greater{}, &Node::lowest);
        is_heap_ = true;
    }
    while (!heap_.empty()) {
        const Node node = pop();
        if (node.level == 0) {
            return node.lowest;
        }
        const std::size_t below = node.level - 1;
        const std::size_t first = node.index * MinTree::kWidth;
        const std::size_t end = std::min(first + MinTree::kWidth, node.tree->levels_[below].size());
        for (std::size_t index = first; index < end; ++index) {
            push(*node.tree, below, index);
        }
    }
    return std::nullopt;
}

}  // namespace rookery::discover::names
