#include "sim/relevance_model.h"

#include "ports/search_match.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rookery::sim {

void RelevanceModel::add(ModelPost post) {
    for (const ports::SearchTerm& term : post.document.terms) {
        ++posts_with_[term.text];
    }
    words_ += post.document.length;
    ports::sort_terms(post.document);
    posts_.push_back(std::move(post));
}

double RelevanceModel::bm25(
    const std::vector<std::string>& words,
    const ports::SearchDocument& document
) const {
    constexpr double k1 = 1.2;
    constexpr double b = 0.75;
    const double n = static_cast<double>(posts_.size());
    const double mean_length = static_cast<double>(words_) / n;
    double sum = 0;
    for (const std::string& word : words) {
        const auto with = posts_with_.find(word);
        const auto term = std::ranges::find(document.terms, word, &ports::SearchTerm::text);
        if (with == posts_with_.end() || term == document.terms.end()) {
            continue;
        }
        const double df = static_cast<double>(with->second);
        const double idf = std::log1p((n - df + 0.5) / (df + 0.5));
        const double tf = term->frequency;
        const double length = 1 - b + b * document.length / mean_length;
        sum += idf * (k1 + 1) * tf / (k1 * length + tf);
    }
    return sum;
}

std::vector<ModelHit> RelevanceModel::search(
    const ports::SearchQuery& query,
    discover::PostScope scope,
    std::int64_t now_ms,
    double recency,
    double half_life_ms
) const {
    std::vector<ModelHit> hits;
    for (const ModelPost& post : posts_) {
        const std::uint64_t id = post.document.id;
        const bool is_in = (post.is_findable && scope != discover::PostScope::kLibrary) ||
                           (post.is_library && scope != discover::PostScope::kPublic);
        if (!is_in || id <= query.above || id >= query.below ||
            !ports::matches(query.matches, post.document)) {
            continue;
        }
        const auto age_ms = static_cast<double>(now_ms - post.created_at_ms);
        const double freshness = recency * std::pow(0.5, age_ms / half_life_ms);
        hits.push_back({id, bm25(query.scored, post.document) * (1 + freshness)});
    }
    std::ranges::sort(hits, [](const ModelHit& a, const ModelHit& b) {
        return a.score != b.score ? a.score > b.score : a.id > b.id;
    });
    return hits;
}

}  // namespace rookery::sim
