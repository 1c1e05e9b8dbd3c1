#include "search/snapshot.h"

#include "ports/search_match.h"
#include "search/match_cursor.h"

#include <algorithm>
#include <array>
#include <map>
#include <queue>
#include <string>
#include <utility>

namespace rookery::search {

namespace {

using ports::SearchHit;

/// The living matches of one part between the bounds of a query.
class PartMatches {
public:
    /// `limit` of them are wanted at most.
    PartMatches(
        const Part& part,
        const ports::SearchQuery& query,
        std::size_t limit,
        StepBudget& budget
    )
        : part_(part),
          budget_(budget),
          together_(std::min(limit, kTogetherMax)),
          end_(part.segment->doc_count()) {
        if (query.above > 0) {
            end_ = part.segment->first_not_above(query.above);
        }
        cursor_ = make_cursor(query.matches, *part.segment, budget);
        if (!cursor_) {
            return;
        }
        cursor_->start();
        if (query.below <= part.segment->newest_id()) {
            cursor_->advance(part.segment->first_not_above(query.below - 1));
        }
        find_more();
    }

    [[nodiscard]] bool at_end() const { return at_ == found_; }
    [[nodiscard]] DocNumber doc() const { return docs_[at_]; }
    [[nodiscard]] std::uint64_t id() const { return part_.segment->id(doc()); }
    void next() {
        if (++at_ == found_) {
            find_more();
        }
    }

private:
    static constexpr std::size_t kTogetherMax = 32;

    /// Several at a time, because what is to be known of each is in another place of the memory.
    void find_more() {
        at_ = 0;
        found_ = 0;
        while (found_ == 0 && cursor_->doc() < end_) {
            const std::span docs(docs_.data(), cursor_->take({docs_.data(), together_}));
            if (!budget_.spend(docs.size())) {
                return;
            }
            for (const DocNumber doc : docs) {
                part_.segment->prefetch_id(doc);
                part_.dead->prefetch(doc);
            }
            for (const DocNumber doc : docs) {
                docs_[found_] = doc;
                found_ += doc < end_ && !part_.dead->has(doc) ? 1 : 0;
            }
        }
    }

    const Part& part_;
    StepBudget& budget_;
    std::size_t together_;
    DocNumber end_;
    MatchCursorPtr cursor_;
    std::size_t at_ = 0;
    std::size_t found_ = 0;
    std::array<DocNumber, kTogetherMax> docs_;
};

bool may_have(const Part& part, const ports::SearchQuery& query) {
    return query.below > part.segment->oldest_id() && query.above < part.segment->newest_id();
}

ports::SearchStatistics statistics_of(const Snapshot& snapshot) {
    ports::SearchStatistics statistics;
    for (const Part& part : snapshot.parts) {
        statistics.documents += part.segment->doc_count();
        statistics.words += part.segment->word_count();
    }
    return statistics;
}

/// The scores of one part's documents.
class Scorer {
public:
    /// `idfs` belong to the scored terms of `query`, in their order.
    Scorer(
        const Segment& segment,
        const ports::SearchQuery& query,
        const std::vector<double>& idfs,
        const ports::SearchStatistics& statistics
    )
        : segment_(segment), statistics_(statistics) {
        for (std::size_t i = 0; i < query.scored.size(); ++i) {
            if (const auto term = segment.find(query.scored[i])) {
                terms_.emplace_back(segment.cursor(*term), idfs[i]);
            }
        }
    }

    /// Of documents in ascending order.
    double score(DocNumber doc) {
        double sum = 0;
        for (auto& [cursor, idf] : terms_) {
            cursor.advance(doc);
            if (cursor.doc() == doc) {
                sum +=
                    ports::term_score(statistics_, idf, cursor.frequency(), segment_.length(doc));
            }
        }
        return sum;
    }

private:
    const Segment& segment_;
    const ports::SearchStatistics& statistics_;
    std::vector<std::pair<PostingCursor, double>> terms_;
};

std::vector<double> idfs_of(
    const Snapshot& snapshot,
    const ports::SearchQuery& query,
    const ports::SearchStatistics& statistics
) {
    std::vector<double> idfs;
    for (const std::string& text : query.scored) {
        std::uint64_t documents = 0;
        for (const Part& part : snapshot.parts) {
            const auto term = part.segment->find(text);
            documents += term ? term->documents : 0;
        }
        idfs.push_back(ports::inverse_document_frequency(statistics, documents));
    }
    return idfs;
}

bool is_better(const SearchHit& a, const SearchHit& b) {
    return a.score != b.score ? a.score > b.score : a.id > b.id;
}

}  // namespace

std::vector<SearchHit>
search_newest(const Snapshot& snapshot, const ports::SearchQuery& query, std::size_t steps) {
    StepBudget budget(steps);
    const auto older = [](const PartMatches* a, const PartMatches* b) { return a->id() < b->id(); };
    std::vector<std::unique_ptr<PartMatches>> opened;
    std::priority_queue<PartMatches*, std::vector<PartMatches*>, decltype(older)> next(older);
    std::vector<SearchHit> hits;
    std::size_t unopened = 0;
    while (hits.size() < query.limit) {
        // A part is not looked at before its newest document could be the next.
        while (unopened < snapshot.parts.size() &&
               (next.empty() || snapshot.parts[unopened].segment->newest_id() > next.top()->id())) {
            const Part& part = snapshot.parts[unopened++];
            if (may_have(part, query)) {
                auto matches =
                    std::make_unique<PartMatches>(part, query, query.limit - hits.size(), budget);
                if (!matches->at_end()) {
                    next.push(matches.get());
                    opened.push_back(std::move(matches));
                }
            }
        }
        if (next.empty()) {
            break;
        }
        PartMatches* first = next.top();
        next.pop();
        // While a document is replaced it may be in two parts for a moment.
        if (hits.empty() || hits.back().id != first->id()) {
            hits.push_back({first->id(), 0});
            if (hits.size() == query.limit) {
                break;  // what comes next would only cost
            }
        }
        first->next();
        if (!first->at_end()) {
            next.push(first);
        }
    }
    return hits;
}

std::vector<SearchHit>
search_relevant(const Snapshot& snapshot, const ports::SearchQuery& query, std::size_t steps) {
    StepBudget budget(steps);
    const ports::SearchStatistics statistics = statistics_of(snapshot);
    const std::vector<double> idfs = idfs_of(snapshot, query, statistics);
    std::vector<SearchHit> best;  // a heap whose first is the worst
    for (const Part& part : snapshot.parts) {
        if (!may_have(part, query)) {
            continue;
        }
        Scorer scorer(*part.segment, query, idfs, statistics);
        for (PartMatches matches(part, query, part.segment->doc_count(), budget); !matches.at_end();
             matches.next()) {
            const std::uint64_t id = matches.id();
            const SearchHit hit{id, scorer.score(matches.doc()) * ports::recency_factor(query, id)};
            if (std::ranges::find(best, id, &SearchHit::id) != best.end()) {
                continue;  // it is being replaced and for a moment in two parts
            }
            if (best.size() < query.limit) {
                best.push_back(hit);
                std::ranges::push_heap(best, is_better);
            } else if (!best.empty() && is_better(hit, best.front())) {
                std::ranges::pop_heap(best, is_better);
                best.back() = hit;
                std::ranges::push_heap(best, is_better);
            }
        }
    }
    std::ranges::sort(best, is_better);
    return best;
}

std::vector<ports::SearchIndex::TermCount> complete_term(
    const Snapshot& snapshot,
    std::string_view prefix,
    std::size_t limit,
    std::size_t terms_max
) {
    std::map<std::string, std::uint64_t, std::less<>> counts;
    for (const Part& part : snapshot.parts) {
        const Segment& segment = *part.segment;
        const std::uint32_t begin = segment.lower_bound(prefix);
        for (std::uint32_t i = begin; i < segment.term_count() && i - begin < terms_max; ++i) {
            const Segment::Term term = segment.term(i);
            if (!term.text.starts_with(prefix)) {
                break;
            }
            counts[std::string(term.text)] += term.documents;
        }
    }
    std::vector<ports::SearchIndex::TermCount> all;
    for (const auto& [text, documents] : counts) {
        all.push_back({text, documents});
    }
    const std::size_t kept = std::min(limit, all.size());
    std::ranges::partial_sort(
        all,
        all.begin() + static_cast<std::ptrdiff_t>(kept),
        [](const auto& a, const auto& b) {
            return a.documents != b.documents ? a.documents > b.documents : a.text < b.text;
        }
    );
    all.resize(kept);
    return all;
}

}  // namespace rookery::search
