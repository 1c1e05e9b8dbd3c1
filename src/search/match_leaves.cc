#include "search/match_leaves.h"

#include "search/match_gathered.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace rookery::search {

namespace {

class AllDocs final : public MatchCursor {
public:
    explicit AllDocs(std::uint32_t count) : count_(count) {}

    [[nodiscard]] DocNumber doc() const override { return doc_ < count_ ? doc_ : kNoDoc; }
    void next() override { ++doc_; }
    void advance(DocNumber target) override { doc_ = std::max(doc_, std::min(target, count_)); }
    [[nodiscard]] std::uint32_t estimate() const override { return count_; }

private:
    std::uint32_t count_;
    DocNumber doc_ = 0;
};

class TermDocs final : public MatchCursor {
public:
    TermDocs(const Segment& segment, const Segment::Term& term)
        : postings_(segment.unstarted_cursor(term)), count_(term.documents) {}

    void start() override { postings_.start(); }
    [[nodiscard]] DocNumber doc() const override { return postings_.doc(); }
    void next() override { postings_.next(); }
    void advance(DocNumber target) override { postings_.advance(target); }
    std::size_t take(std::span<DocNumber> out) override { return postings_.take(out); }
    std::size_t keep(std::span<DocNumber> docs) override { return postings_.keep(docs); }
    [[nodiscard]] std::uint32_t estimate() const override { return count_; }

private:
    PostingCursor postings_;
    std::uint32_t count_;
};

class IdDocs final : public MatchCursor {
public:
    IdDocs(const std::vector<std::uint64_t>& ids, const Segment& segment)
        : segment_(segment),
          at_(std::ranges::lower_bound(ids, segment.newest_id(), std::greater{})),
          end_(std::ranges::upper_bound(ids, segment.oldest_id(), std::greater{})) {
        settle();
    }

    [[nodiscard]] DocNumber doc() const override { return doc_; }
    void next() override {
        const std::uint64_t id = *at_;
        while (at_ < end_ && *at_ == id) {
            ++at_;
        }
        settle();
    }
    void advance(DocNumber target) override {
        if (doc_ >= target) {
            return;
        }
        if (target >= segment_.doc_count()) {
            doc_ = kNoDoc;
            return;
        }
        at_ = std::lower_bound(at_, end_, segment_.id(target), std::greater{});
        settle();
    }
    [[nodiscard]] std::uint32_t estimate() const override {
        return static_cast<std::uint32_t>(end_ - at_);
    }

private:
    void settle() {
        for (; at_ < end_; ++at_) {
            if (const auto doc = segment_.find(*at_)) {
                doc_ = *doc;
                return;
            }
        }
        doc_ = kNoDoc;
    }

    const Segment& segment_;
    std::vector<std::uint64_t>::const_iterator at_;
    std::vector<std::uint64_t>::const_iterator end_;
    DocNumber doc_ = kNoDoc;
};

/// Few enough to look at each at every step.
class AnyOf final : public MatchCursor {
public:
    explicit AnyOf(std::vector<MatchCursorPtr> cursors) : cursors_(std::move(cursors)) {
        std::uint64_t sum = 0;
        for (const MatchCursorPtr& cursor : cursors_) {
            sum += cursor->estimate();
        }
        estimate_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(sum, kNoDoc));
        // What matches most comes first: it leaves the others little to look for.
        std::ranges::sort(cursors_, std::greater{}, [](const MatchCursorPtr& c) {
            return c->estimate();
        });
    }

    void start() override {
        for (const MatchCursorPtr& cursor : cursors_) {
            cursor->start();
        }
        find_first();
    }
    [[nodiscard]] DocNumber doc() const override { return doc_; }
    void next() override {
        for (const MatchCursorPtr& cursor : cursors_) {
            if (cursor->doc() == doc_) {
                cursor->next();
            }
        }
        find_first();
    }
    void advance(DocNumber target) override {
        if (doc_ >= target) {
            return;
        }
        for (const MatchCursorPtr& cursor : cursors_) {
            cursor->advance(target);
        }
        find_first();
    }
    std::size_t keep(std::span<DocNumber> docs) override {
        std::array<DocNumber, kDocsTogetherMax> rest;
        std::ranges::copy(docs, rest.begin());
        std::span left(rest.data(), docs.size());
        doc_ = docs.back();
        for (auto cursor = cursors_.begin(); cursor != cursors_.end() && !left.empty(); ++cursor) {
            left = left.first(remove_matches(left, **cursor));
        }
        return remove_docs(docs, left);
    }
    [[nodiscard]] std::uint32_t estimate() const override { return estimate_; }

private:
    void find_first() {
        doc_ = kNoDoc;
        for (const MatchCursorPtr& cursor : cursors_) {
            doc_ = std::min(doc_, cursor->doc());
        }
    }

    std::vector<MatchCursorPtr> cursors_;
    std::uint32_t estimate_ = 0;
    DocNumber doc_ = kNoDoc;
};

/// Up to so many lists are walked together; more are gathered.
constexpr std::uint32_t kWalkedTogetherMax = 8;

}  // namespace

MatchCursorPtr all_docs(const Segment& segment) {
    return std::make_unique<AllDocs>(segment.doc_count());
}

bool is_all_docs(const MatchCursor& cursor) {
    return dynamic_cast<const AllDocs*>(&cursor) != nullptr;
}

MatchCursorPtr docs_with_term(std::string_view text, const Segment& segment) {
    const auto term = segment.find(text);
    if (!term) {
        return nullptr;
    }
    if (term->documents == segment.doc_count()) {
        return all_docs(segment);  // such as what anybody may find, where all may be found
    }
    return std::make_unique<TermDocs>(segment, *term);
}

MatchCursorPtr
docs_with_prefix(std::string_view prefix, const Segment& segment, StepBudget& budget) {
    std::vector<Segment::Term> terms;
    for (std::uint32_t i = segment.lower_bound(prefix); i < segment.term_count(); ++i) {
        const Segment::Term term = segment.term(i);
        if (!term.text.starts_with(prefix)) {
            break;
        }
        terms.push_back(term);
    }
    if (terms.empty()) {
        return nullptr;
    }
    if (terms.size() <= kWalkedTogetherMax) {
        std::vector<MatchCursorPtr> cursors;
        for (const Segment::Term& term : terms) {
            cursors.push_back(std::make_unique<TermDocs>(segment, term));
        }
        return any_of(std::move(cursors));
    }
    return gathered_docs(terms, segment, budget);
}

MatchCursorPtr docs_with_ids(const std::vector<std::uint64_t>& ids, const Segment& segment) {
    return std::make_unique<IdDocs>(ids, segment);
}

MatchCursorPtr any_of(std::vector<MatchCursorPtr> cursors) {
    if (cursors.size() == 1) {
        return std::move(cursors.front());
    }
    return std::make_unique<AnyOf>(std::move(cursors));
}

}  // namespace rookery::search
