#pragma once

#include "ports/search_index.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rookery::discover {

[[nodiscard]] inline ports::SearchNode term_node(std::string term) {
    return {.kind = ports::SearchNode::Kind::kTerm, .terms = {std::move(term)}};
}

[[nodiscard]] inline ports::SearchNode prefix_node(std::string begin) {
    return {.kind = ports::SearchNode::Kind::kPrefix, .terms = {std::move(begin)}};
}

[[nodiscard]] inline ports::SearchNode not_node(ports::SearchNode node) {
    ports::SearchNode negated{.kind = ports::SearchNode::Kind::kNot};
    negated.children.push_back(std::move(node));
    return negated;
}

[[nodiscard]] inline ports::SearchNode all_node(std::vector<ports::SearchNode> nodes) {
    return {.kind = ports::SearchNode::Kind::kAnd, .children = std::move(nodes)};
}

[[nodiscard]] inline ports::SearchNode any_node(std::vector<ports::SearchNode> nodes) {
    return {.kind = ports::SearchNode::Kind::kOr, .children = std::move(nodes)};
}

/// `ids` are sorted, the greatest first.
[[nodiscard]] inline ports::SearchNode ids_node(std::vector<std::uint64_t> ids) {
    return {.kind = ports::SearchNode::Kind::kIds, .ids = std::move(ids)};
}

/// No document is like it.
[[nodiscard]] inline ports::SearchNode nothing_node() {
    return {.kind = ports::SearchNode::Kind::kOr};
}

}  // namespace rookery::discover
