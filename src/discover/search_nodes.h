#pragma once

#include "ports/search_index.h"

#include <string>
#include <utility>

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

/// No document is like it.
[[nodiscard]] inline ports::SearchNode nothing_node() {
    return {.kind = ports::SearchNode::Kind::kOr};
}

}  // namespace rookery::discover
