#include "kit/memory_search_index.h"

#include "ports/search_match.h"

#include <algorithm>
#include <utility>

namespace rookery::kit {

using ports::SearchDocument;
using ports::SearchHit;

namespace {

const ports::SearchTerm* find(const SearchDocument& document, const std::string& text) {
    const auto at = std::ranges::find(document.terms, text, &ports::SearchTerm::text);
    return at == document.terms.end() ? nullptr : &*at;
}

}  // namespace

Task<Result<void>>
MemorySearchIndex::apply(std::vector<ports::SearchChange> changes, ports::EventId checkpoint) {
    const std::lock_guard lock(mutex_);
    for (ports::SearchChange& change : changes) {
        const std::uint64_t id = change.document.id;
        if (change.erased) {
            documents_.erase(id);
        } else {
            ports::sort_terms(change.document);
            documents_[id] = std::move(change.document);
        }
    }
    applied_ = std::max(applied_, checkpoint);
    co_return Result<void>{};
}

Task<Result<std::vector<SearchHit>>> MemorySearchIndex::search(ports::SearchQuery query) {
    if (auto checked = ports::check_query(query); !checked) {
        co_return std::move(checked).error();
    }
    const std::lock_guard lock(mutex_);
    ports::SearchStatistics statistics;
    for (const auto& [id, document] : documents_) {
        ++statistics.documents;
        statistics.words += document.length;
    }
    std::vector<double> idfs;
    for (const std::string& text : query.scored) {
        const auto with = std::ranges::count_if(documents_, [&text](const auto& entry) {
            return find(entry.second, text) != nullptr;
        });
        idfs.push_back(
            ports::inverse_document_frequency(statistics, static_cast<std::uint64_t>(with))
        );
    }
    std::vector<SearchHit> hits;
    for (const auto& [id, document] : documents_) {
        if (id <= query.above || id >= query.below || !ports::matches(query.matches, document)) {
            continue;
        }
        SearchHit hit{id, 0};
        if (query.order == ports::SearchOrder::kRelevance) {
            for (std::size_t i = 0; i < query.scored.size(); ++i) {
                if (const auto* term = find(document, query.scored[i])) {
                    hit.score +=
                        ports::term_score(statistics, idfs[i], term->frequency, document.length);
                }
            }
            hit.score *= ports::recency_factor(query, id);
        }
        hits.push_back(hit);
    }
    std::ranges::sort(hits, [](const SearchHit& a, const SearchHit& b) {
        return a.score != b.score ? a.score > b.score : a.id > b.id;
    });
    hits.resize(std::min(hits.size(), query.limit));
    co_return hits;
}

Task<Result<std::vector<ports::SearchIndex::TermCount>>>
MemorySearchIndex::complete(std::string prefix, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::map<std::string, std::uint64_t> counts;
    for (const auto& [id, document] : documents_) {
        for (const ports::SearchTerm& term : document.terms) {
            if (term.text.starts_with(prefix)) {
                ++counts[term.text];
            }
        }
    }
    std::vector<TermCount> all;
    for (const auto& [text, documents] : counts) {
        all.push_back({text, documents});
    }
    std::ranges::sort(all, [](const TermCount& a, const TermCount& b) {
        return a.documents != b.documents ? a.documents > b.documents : a.text < b.text;
    });
    all.resize(std::min(all.size(), limit));
    co_return all;
}

Task<Result<void>> MemorySearchIndex::flush() {
    const std::lock_guard lock(mutex_);
    durable_ = applied_;
    co_return Result<void>{};
}

ports::EventId MemorySearchIndex::checkpoint() const {
    const std::lock_guard lock(mutex_);
    return durable_;
}

ports::SearchIndex::Size MemorySearchIndex::size() const {
    const std::lock_guard lock(mutex_);
    return {documents_.size(), 0};
}

}  // namespace rookery::kit
