#include "ports/search_match.h"

#include "base/ids.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

namespace rookery::ports {

namespace {

using Kind = SearchNode::Kind;

const SearchTerm* find(const SearchDocument& document, std::string_view text) {
    const auto at = std::ranges::lower_bound(document.terms, text, {}, &SearchTerm::text);
    return at != document.terms.end() && at->text == text ? &*at : nullptr;
}

bool has_prefix(const SearchDocument& document, std::string_view prefix) {
    const auto at = std::ranges::lower_bound(document.terms, prefix, {}, &SearchTerm::text);
    return at != document.terms.end() && at->text.starts_with(prefix);
}

bool has_phrase(const SearchDocument& document, const std::vector<std::string>& words) {
    std::vector<const SearchTerm*> terms;
    for (const std::string& word : words) {
        const SearchTerm* term = find(document, word);
        if (term == nullptr) {
            return false;
        }
        terms.push_back(term);
    }
    return std::ranges::any_of(terms.front()->positions, [&](std::uint32_t start) {
        for (std::size_t i = 1; i < terms.size(); ++i) {
            const auto wanted = start + static_cast<std::uint32_t>(i);
            if (!std::ranges::binary_search(terms[i]->positions, wanted)) {
                return false;
            }
        }
        return true;
    });
}

bool is_well_formed(const SearchNode& node) {
    switch (node.kind) {
        case Kind::kTerm:
            return node.terms.size() == 1;
        case Kind::kPrefix:
            return node.terms.size() == 1 && !node.terms.front().empty();
        case Kind::kPhrase:
            return !node.terms.empty();
        case Kind::kNot:
            return node.children.size() == 1;
        case Kind::kIds:
            return std::ranges::is_sorted(node.ids, std::greater{});
        default:
            return true;
    }
}

Result<void> check_node(const SearchNode& node, std::size_t depth, std::size_t& nodes) {
    if (++nodes > kSearchNodesMax || depth > kSearchDepthMax) {
        return fail(ErrorCode::kInvalid, "the query has too many parts");
    }
    if (!is_well_formed(node)) {
        return fail(ErrorCode::kInvalid, "the query has a part without what it looks for");
    }
    for (const SearchNode& child : node.children) {
        if (auto checked = check_node(child, depth + 1, nodes); !checked) {
            return checked;
        }
    }
    return {};
}

}  // namespace

bool matches(const SearchNode& node, const SearchDocument& document) {
    const auto holds = [&document](const SearchNode& child) { return matches(child, document); };
    switch (node.kind) {
        case Kind::kAll:
            return true;
        case Kind::kTerm:
            return find(document, node.terms.front()) != nullptr;
        case Kind::kPrefix:
            return has_prefix(document, node.terms.front());
        case Kind::kPhrase:
            return has_phrase(document, node.terms);
        case Kind::kAnd:
            return std::ranges::all_of(node.children, holds);
        case Kind::kOr:
            return std::ranges::any_of(node.children, holds);
        case Kind::kNot:
            return !holds(node.children.front());
        case Kind::kIds:
            return std::ranges::binary_search(node.ids, document.id, std::greater{});
    }
    return false;
}

void sort_terms(SearchDocument& document) {
    std::ranges::sort(document.terms, {}, &SearchTerm::text);
}

double
inverse_document_frequency(const SearchStatistics& statistics, std::uint64_t documents_with) {
    const auto all = static_cast<double>(statistics.documents);
    const auto with = static_cast<double>(documents_with);
    return std::log(1.0 + (all - with + 0.5) / (with + 0.5));
}

double term_score(
    const SearchStatistics& statistics,
    double idf,
    std::uint32_t frequency,
    std::uint32_t length
) {
    constexpr double kSaturation = 1.2;
    constexpr double kLengthWeight = 0.75;
    const double average = statistics.words == 0 ? 1.0
                                                 : static_cast<double>(statistics.words) /
                                                       static_cast<double>(statistics.documents);
    const double relative_length = static_cast<double>(length) / average;
    const double norm = kSaturation * (1.0 - kLengthWeight + kLengthWeight * relative_length);
    const auto often = static_cast<double>(frequency);
    return idf * often * (kSaturation + 1.0) / (often + norm);
}

double recency_factor(const SearchQuery& query, std::uint64_t id) {
    if (query.recency == 0) {
        return 1.0;
    }
    const auto age_ms = static_cast<double>(std::max<UnixMs>(0, query.now_ms - id_time_ms(id)));
    return 1.0 + query.recency * std::exp2(-age_ms / static_cast<double>(query.half_life_ms));
}

Result<void> check_query(const SearchQuery& query) {
    std::size_t nodes = 0;
    if (query.half_life_ms <= 0) {
        return fail(ErrorCode::kInvalid, "the half-life must be positive");
    }
    return check_node(query.matches, 0, nodes);
}

}  // namespace rookery::ports
