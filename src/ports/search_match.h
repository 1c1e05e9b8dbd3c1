#pragma once

#include "ports/search_index.h"

#include <cstddef>
#include <cstdint>

namespace rookery::ports {

/// Does the document match? The meaning of SearchNode, by looking at everything: for single
/// documents that an index may not know as they are now, and as the model of every index.
/// The terms of `document` must be sorted by text (sort_terms).
[[nodiscard]] bool matches(const SearchNode& node, const SearchDocument& document);

void sort_terms(SearchDocument& document);

/// What the score of a document is made of.
struct SearchStatistics {
    std::uint64_t documents = 0;
    std::uint64_t words = 0;  ///< in all documents
};

/// The part of a score that one term has which stands in `documents_with` documents.
[[nodiscard]] double
inverse_document_frequency(const SearchStatistics& statistics, std::uint64_t documents_with);
[[nodiscard]] double term_score(
    const SearchStatistics& statistics,
    double idf,
    std::uint32_t frequency,
    std::uint32_t length
);
/// What the sum over the terms is multiplied with.
[[nodiscard]] double recency_factor(const SearchQuery& query, std::uint64_t id);

/// kInvalid for a tree that is none: a missing term or child, an empty prefix or phrase, unsorted
/// ids; and for one with more than kSearchNodesMax nodes or deeper than kSearchDepthMax.
[[nodiscard]] Result<void> check_query(const SearchQuery& query);
inline constexpr std::size_t kSearchNodesMax = 1'000;
inline constexpr std::size_t kSearchDepthMax = 16;

}  // namespace rookery::ports
