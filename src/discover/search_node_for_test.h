#pragma once

#include "ports/search_index.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace rookery::discover {

/// A condition to read: "(sa & !(sb | wb*))", a phrase as "wa+wb".
inline std::string to_text(const ports::SearchNode& node) {
    using Kind = ports::SearchNode::Kind;
    const auto joined = [&](std::string_view by) {
        std::string out = "(";
        for (const ports::SearchNode& child : node.children) {
            out.append(out.size() > 1 ? by : "").append(to_text(child));
        }
        return out + ")";
    };
    switch (node.kind) {
        case Kind::kAll:
            return "all";
        case Kind::kTerm:
            return node.terms.at(0);
        case Kind::kPrefix:
            return node.terms.at(0) + "*";
        case Kind::kPhrase: {
            std::string out;
            for (const std::string& term : node.terms) {
                out.append(out.empty() ? "" : "+").append(term);
            }
            return out;
        }
        case Kind::kAnd:
            return joined(" & ");
        case Kind::kOr:
            return joined(" | ");
        case Kind::kNot:
            return "!" + to_text(node.children.at(0));
        case Kind::kIds:
            return "ids";
    }
    return {};
}

/// What an index answers for one document, term by term.
inline bool matches(const ports::SearchNode& node, const ports::SearchDocument& document) {
    using Kind = ports::SearchNode::Kind;
    const auto find = [&](const std::string& text) {
        return std::ranges::find(document.terms, text, &ports::SearchTerm::text);
    };
    const auto child_matches = [&](const ports::SearchNode& child) {
        return matches(child, document);
    };
    const auto stands_at = [&](const std::string& text, std::uint32_t position) {
        const auto term = find(text);
        return term != document.terms.end() &&
               std::ranges::binary_search(term->positions, position);
    };
    switch (node.kind) {
        case Kind::kAll:
            return true;
        case Kind::kTerm:
            return find(node.terms.at(0)) != document.terms.end();
        case Kind::kPrefix:
            return std::ranges::any_of(document.terms, [&](const ports::SearchTerm& term) {
                return term.text.starts_with(node.terms.at(0));
            });
        case Kind::kPhrase: {
            const auto first = find(node.terms.at(0));
            return first != document.terms.end() &&
                   std::ranges::any_of(first->positions, [&](std::uint32_t position) {
                       return std::ranges::all_of(node.terms, [&](const std::string& text) {
                           return stands_at(text, position++);
                       });
                   });
        }
        case Kind::kAnd:
            return std::ranges::all_of(node.children, child_matches);
        case Kind::kOr:
            return std::ranges::any_of(node.children, child_matches);
        case Kind::kNot:
            return !child_matches(node.children.at(0));
        case Kind::kIds:
            return std::ranges::find(node.ids, document.id) != node.ids.end();
    }
    return false;
}

}  // namespace rookery::discover
