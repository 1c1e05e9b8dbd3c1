#include "search/match_cursor.h"

#include "search/match_leaves.h"
#include "search/match_phrase.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace rookery::search {

namespace {

using Kind = ports::SearchNode::Kind;

/// The parts of a conjunction, those within conjunctions too.
struct Parts {
    std::vector<MatchCursorPtr> wanted;
    std::vector<MatchCursorPtr> unwanted;
    /// Their words are among what is wanted.
    std::vector<PhraseCheck> phrases;
    bool impossible = false;
};

/// What all that is wanted matches and nothing unwanted. Many documents of the rarest are taken at
/// once, and each of the others keeps what it has of them.
class AllOf final : public MatchCursor {
public:
    /// At least one is wanted.
    AllOf(Parts parts, StepBudget& budget)
        : wanted_(std::move(parts.wanted)),
          unwanted_(std::move(parts.unwanted)),
          phrases_(std::move(parts.phrases)),
          budget_(budget) {
        std::ranges::sort(wanted_, {}, [](const MatchCursorPtr& c) { return c->estimate(); });
    }

    void start() override {
        wanted_.front()->start();
        find_more();
    }
    [[nodiscard]] DocNumber doc() const override { return at_ < found_ ? docs_[at_] : kNoDoc; }
    void next() override {
        if (++at_ >= found_) {
            find_more();
        }
    }
    void advance(DocNumber target) override {
        while (at_ < found_ && docs_[at_] < target) {
            ++at_;
        }
        if (at_ == found_) {
            wanted_.front()->advance(target);
            find_more();
        }
    }
    std::size_t take(std::span<DocNumber> out) override {
        std::size_t taken = 0;
        while (taken < out.size() && at_ < found_) {
            const std::size_t more = std::min(found_ - at_, out.size() - taken);
            std::copy_n(&docs_[at_], more, &out[taken]);
            taken += more;
            at_ += more;
            if (at_ == found_) {
                find_more();
            }
        }
        return taken;
    }
    std::size_t keep(std::span<DocNumber> docs) override {
        DocNumber beyond = docs.back();
        for (auto cursor = wanted_.begin(); cursor != wanted_.end() && !docs.empty(); ++cursor) {
            docs = docs.first((*cursor)->keep(docs));
            beyond = std::max(beyond, (*cursor)->doc());
        }
        docs_.front() = beyond;
        at_ = 0;
        found_ = 1;
        return keep_exactly(docs);
    }
    [[nodiscard]] std::uint32_t estimate() const override { return wanted_.front()->estimate(); }

private:
    static constexpr std::size_t kTogetherFirst = 32;

    /// The next matches, if there are any.
    void find_more() {
        MatchCursor& rarest = *wanted_.front();
        at_ = 0;
        found_ = 0;
        while (found_ == 0 && rarest.doc() != kNoDoc) {
            const std::span docs(docs_.data(), rarest.take({docs_.data(), together_}));
            if (!budget_.spend(docs.size())) {
                return;
            }
            // Few will do where many match, and where few match many cost less together.
            together_ = std::min(together_ * 2, kDocsTogetherMax);
            found_ = keep_matches(docs);
        }
    }

    /// What the others have of the rarest's `docs`. Where one of them goes on, the rarest does.
    std::size_t keep_matches(std::span<DocNumber> docs) {
        MatchCursor& rarest = *wanted_.front();
        for (std::size_t i = 1; i < wanted_.size() && !docs.empty(); ++i) {
            docs = docs.first(wanted_[i]->keep(docs));
            rarest.advance(wanted_[i]->doc());
        }
        return keep_exactly(docs);
    }

    /// Of what has all that is wanted.
    std::size_t keep_exactly(std::span<DocNumber> docs) {
        for (const MatchCursorPtr& cursor : unwanted_) {
            docs = docs.first(remove_matches(docs, *cursor));
        }
        for (PhraseCheck& phrase : phrases_) {
            docs = docs.first(phrase.keep(docs));
        }
        return docs.size();
    }

    std::vector<MatchCursorPtr> wanted_;
    std::vector<MatchCursorPtr> unwanted_;
    std::vector<PhraseCheck> phrases_;
    StepBudget& budget_;
    std::size_t together_ = kTogetherFirst;
    std::size_t at_ = 0;
    std::size_t found_ = 0;
    std::array<DocNumber, kDocsTogetherMax> docs_;
};

void add_wanted(MatchCursorPtr cursor, Parts& parts) {
    if (!cursor) {
        parts.impossible = true;
    } else if (!is_all_docs(*cursor)) {
        parts.wanted.push_back(std::move(cursor));
    }
}

void add_phrase(const std::vector<std::string>& words, const Segment& segment, Parts& parts) {
    auto phrase = PhraseCheck::make(words, segment);
    if (!phrase) {
        parts.impossible = true;
        return;
    }
    parts.phrases.push_back(std::move(*phrase));
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (std::find(words.begin(), word, *word) == word) {
            add_wanted(docs_with_term(*word, segment), parts);
        }
    }
}

void add_part(
    const ports::SearchNode& node,
    const Segment& segment,
    StepBudget& budget,
    Parts& parts
) {
    if (node.kind == Kind::kAnd) {
        for (const ports::SearchNode& child : node.children) {
            add_part(child, segment, budget, parts);
        }
    } else if (node.kind == Kind::kNot) {
        if (auto cursor = make_cursor(node.children.front(), segment, budget)) {
            parts.unwanted.push_back(std::move(cursor));
        }
    } else if (node.kind == Kind::kPhrase) {
        add_phrase(node.terms, segment, parts);
    } else if (node.kind != Kind::kAll && !parts.impossible) {
        add_wanted(make_cursor(node, segment, budget), parts);
    }
}

MatchCursorPtr all_of(const ports::SearchNode& node, const Segment& segment, StepBudget& budget) {
    Parts parts;
    add_part(node, segment, budget, parts);
    if (parts.impossible) {
        return nullptr;
    }
    if (parts.wanted.empty()) {
        parts.wanted.push_back(all_docs(segment));
    }
    if (parts.wanted.size() == 1 && parts.unwanted.empty() && parts.phrases.empty()) {
        return std::move(parts.wanted.front());
    }
    return std::make_unique<AllOf>(std::move(parts), budget);
}

}  // namespace

std::size_t MatchCursor::take(std::span<DocNumber> out) {
    std::size_t taken = 0;
    for (; taken < out.size() && doc() != kNoDoc; next()) {
        out[taken++] = doc();
    }
    return taken;
}

std::size_t remove_matches(std::span<DocNumber> docs, MatchCursor& cursor) {
    if (docs.empty()) {
        return 0;
    }
    std::array<DocNumber, kDocsTogetherMax> those;
    std::ranges::copy(docs, those.begin());
    return remove_docs(docs, {those.data(), cursor.keep({those.data(), docs.size()})});
}

std::size_t remove_docs(std::span<DocNumber> docs, std::span<const DocNumber> gone) {
    std::size_t left = 0;
    for (const DocNumber doc : docs) {
        if (!gone.empty() && gone.front() == doc) {
            gone = gone.subspan(1);
        } else {
            docs[left++] = doc;
        }
    }
    return left;
}

std::size_t MatchCursor::keep(std::span<DocNumber> docs) {
    std::size_t kept = 0;
    for (const DocNumber target : docs) {
        advance(target);
        docs[kept] = target;
        kept += doc() == target ? 1 : 0;
    }
    return kept;
}

MatchCursorPtr
make_cursor(const ports::SearchNode& node, const Segment& segment, StepBudget& budget) {
    switch (node.kind) {
        case Kind::kTerm:
            return docs_with_term(node.terms.front(), segment);
        case Kind::kPrefix:
            return docs_with_prefix(node.terms.front(), segment, budget);
        case Kind::kIds:
            return docs_with_ids(node.ids, segment);
        case Kind::kOr: {
            std::vector<MatchCursorPtr> cursors;
            for (const ports::SearchNode& child : node.children) {
                auto cursor = make_cursor(child, segment, budget);
                if (cursor && is_all_docs(*cursor)) {
                    return cursor;
                }
                if (cursor) {
                    cursors.push_back(std::move(cursor));
                }
            }
            return cursors.empty() ? nullptr : any_of(std::move(cursors));
        }
        case Kind::kAll:
        case Kind::kPhrase:
        case Kind::kAnd:
        case Kind::kNot:
            return all_of(node, segment, budget);
    }
    return nullptr;
}

}  // namespace rookery::search
