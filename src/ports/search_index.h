#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "ports/store.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace rookery::ports {

/// A term of a document: bytes that the index compares and nothing else. What words are, and how
/// they are folded and stemmed, is the business of whoever makes documents and queries.
struct SearchTerm {
    std::string text;
    /// How often it stands in the document, for the score; at least 1.
    std::uint32_t frequency = 1;
    /// Where it stands, ascending, for phrases: as many as `frequency`, or none. A term has them in
    /// all documents or in none.
    std::vector<std::uint32_t> positions;

    bool operator==(const SearchTerm&) const = default;
};

struct SearchDocument {
    /// Unique. The greater is the newer; its time is id_time_ms() (base/ids.h).
    std::uint64_t id = 0;
    /// In words, for the score.
    std::uint32_t length = 0;
    /// Each text once, in any order.
    std::vector<SearchTerm> terms;

    bool operator==(const SearchDocument&) const = default;
};

/// What a document must be like to be found: a tree.
struct SearchNode {
    enum class Kind : std::uint8_t {
        kAll,     ///< every document
        kTerm,    ///< has `terms[0]`
        kPrefix,  ///< has a term that begins with `terms[0]`, which is not empty
        kPhrase,  ///< has `terms` at positions that follow one another
        kAnd,     ///< all of `children`; none of them: every document
        kOr,      ///< one of `children`; none of them: no document
        kNot,     ///< not `children[0]`
        kIds,     ///< its id is among `ids`, which are sorted, the greatest first
    };

    Kind kind = Kind::kAll;
    std::vector<std::string> terms;
    std::vector<SearchNode> children;
    std::vector<std::uint64_t> ids;

    bool operator==(const SearchNode&) const = default;
};

enum class SearchOrder : std::uint8_t {
    kNewest,     ///< the greatest ids first
    kRelevance,  ///< the highest scores first, of equal ones the newest
};

/// The score of a document is the sum over `scored` of BM25 (Robertson and Zaragoza, "The
/// Probabilistic Relevance Framework", 2009; k1 = 1.2, b = 0.75) with
/// idf = ln(1 + (N - n + 0.5) / (n + 0.5)), where N counts the documents of the index and n those
/// with the term, times 1 + recency * 2^(-age / half_life).
struct SearchQuery {
    SearchNode matches;
    std::vector<std::string> scored;
    SearchOrder order = SearchOrder::kNewest;
    /// Only ids between these two, both excluded.
    std::uint64_t above = 0;
    std::uint64_t below = std::numeric_limits<std::uint64_t>::max();
    std::size_t limit = 20;
    double recency = 0;
    UnixMs now_ms = 0;
    std::int64_t half_life_ms = 1;
};

struct SearchHit {
    std::uint64_t id = 0;
    double score = 0;  ///< 0 unless the order is kRelevance

    bool operator==(const SearchHit&) const = default;
};

/// A document that is new or changed, or one that is no more.
struct SearchChange {
    SearchDocument document;
    bool erased = false;  ///< then only the document's id counts
};

/// Finds documents by their terms. State that can be made again from the store: it may lose what
/// was applied since the last flush(), and says by its checkpoint how much. All methods are
/// thread-safe and resume on the caller's executor.
class SearchIndex {
public:
    virtual ~SearchIndex() = default;

    /// When this returns, every later search sees all of the changes. Of several changes of one
    /// document in one call the last counts. `checkpoint` is how far the caller has come in the
    /// outbox; it becomes the index's own with the next flush().
    [[nodiscard]] virtual Task<Result<void>>
    apply(std::vector<SearchChange> changes, EventId checkpoint) = 0;

    /// The documents that match, each once, in the order asked for.
    [[nodiscard]] virtual Task<Result<std::vector<SearchHit>>> search(SearchQuery query) = 0;

    /// Up to `limit` terms that begin with `prefix` and the number of documents with each, the
    /// most frequent first; documents that were erased or changed may still be counted.
    struct TermCount {
        std::string text;
        std::uint64_t documents = 0;

        bool operator==(const TermCount&) const = default;
    };
    [[nodiscard]] virtual Task<Result<std::vector<TermCount>>>
    complete(std::string prefix, std::size_t limit) = 0;

    /// Returns when all that was applied before is durable together with its checkpoint.
    [[nodiscard]] virtual Task<Result<void>> flush() = 0;

    /// All that was applied up to this place in the outbox is durable. 0: nothing is.
    [[nodiscard]] virtual EventId checkpoint() const = 0;

    struct Size {
        std::uint64_t documents = 0;
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] virtual Size size() const = 0;
};

}  // namespace rookery::ports
