#pragma once

#include "discover/post_query.h"
#include "ports/search_index.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace rookery::sim {

/// A post as the model knows it, and what the searcher has to do with it.
struct ModelPost {
    ports::SearchDocument document;
    std::int64_t created_at_ms = 0;
    bool is_findable = false;  ///< by anybody
    bool is_library = false;   ///< the searcher's own, to them, or marked by them
};

struct ModelHit {
    std::uint64_t id = 0;
    double score = 0;
};

/// Answers a query by a look at every post. Shares neither lists nor scores with the index: BM25 is
/// computed here a second time, after Robertson and Zaragoza, "The Probabilistic Relevance
/// Framework" (2009), so that a mistake of the one is not one of the other.
class RelevanceModel {
public:
    void add(ModelPost post);
    /// The searcher has marked the post that was added last.
    void mark_last() { posts_.back().is_library = true; }
    [[nodiscard]] std::size_t size() const { return posts_.size(); }

    /// The posts of the scope that match, the best first, of equal ones the newest.
    [[nodiscard]] std::vector<ModelHit> search(
        const ports::SearchQuery& query,
        discover::PostScope scope,
        std::int64_t now_ms,
        double recency,
        double half_life_ms
    ) const;

private:
    [[nodiscard]] double
    bm25(const std::vector<std::string>& words, const ports::SearchDocument& document) const;

    std::vector<ModelPost> posts_;
    std::unordered_map<std::string, std::size_t> posts_with_;  ///< by term
    std::size_t words_ = 0;                                    ///< in all posts
};

}  // namespace rookery::sim
