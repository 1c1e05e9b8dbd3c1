#include "search/match_cursor.h"

#include "search/match_leaves.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace rookery::search {

namespace {

using Kind = ports::SearchNode::Kind;

/// What all of `wanted` and none of `unwanted` match.
class AllOf final : public MatchCursor {
public:
    AllOf(
        std::vector<MatchCursorPtr> wanted,
        std::vector<MatchCursorPtr> unwanted,
        StepBudget& budget
    )
        : wanted_(std::move(wanted)), unwanted_(std::move(unwanted)), budget_(budget) {
        std::ranges::sort(wanted_, {}, [](const MatchCursorPtr& c) { return c->estimate(); });
        settle(wanted_.front()->doc());
    }

    [[nodiscard]] DocNumber doc() const override { return doc_; }
    void next() override {
        wanted_.front()->next();
        settle(wanted_.front()->doc());
    }
    void advance(DocNumber target) override {
        if (doc_ < target) {
            wanted_.front()->advance(target);
            settle(wanted_.front()->doc());
        }
    }
    [[nodiscard]] std::uint32_t estimate() const override { return wanted_.front()->estimate(); }

private:
    /// To the first match at or behind `target`, where the rarest stands.
    void settle(DocNumber target) {
        while (target != kNoDoc && budget_.spend()) {
            const DocNumber beyond = first_beyond(target);
            if (beyond == target) {
                if (!is_unwanted(target)) {
                    doc_ = target;
                    return;
                }
                wanted_.front()->next();
            } else {
                wanted_.front()->advance(beyond);
            }
            target = wanted_.front()->doc();
        }
        doc_ = kNoDoc;
    }

    /// `target` if all the others have it, else where one of them goes on.
    DocNumber first_beyond(DocNumber target) {
        for (std::size_t i = 1; i < wanted_.size(); ++i) {
            wanted_[i]->advance(target);
            if (wanted_[i]->doc() != target) {
                return wanted_[i]->doc();
            }
        }
        return target;
    }

    bool is_unwanted(DocNumber target) {
        return std::ranges::any_of(unwanted_, [target](const MatchCursorPtr& cursor) {
            cursor->advance(target);
            return cursor->doc() == target;
        });
    }

    std::vector<MatchCursorPtr> wanted_;
    std::vector<MatchCursorPtr> unwanted_;
    StepBudget& budget_;
    DocNumber doc_ = kNoDoc;
};

/// The parts of a conjunction, those within conjunctions too.
struct Parts {
    std::vector<MatchCursorPtr> wanted;
    std::vector<MatchCursorPtr> unwanted;
    bool impossible = false;
};

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
    } else if (node.kind != Kind::kAll && !parts.impossible) {
        auto cursor = make_cursor(node, segment, budget);
        if (!cursor) {
            parts.impossible = true;
        } else if (!is_all_docs(*cursor)) {
            parts.wanted.push_back(std::move(cursor));
        }
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
    if (parts.wanted.size() == 1 && parts.unwanted.empty()) {
        return std::move(parts.wanted.front());
    }
    return std::make_unique<AllOf>(std::move(parts.wanted), std::move(parts.unwanted), budget);
}

}  // namespace

MatchCursorPtr
make_cursor(const ports::SearchNode& node, const Segment& segment, StepBudget& budget) {
    switch (node.kind) {
        case Kind::kTerm:
            return docs_with_term(node.terms.front(), segment);
        case Kind::kPrefix:
            return docs_with_prefix(node.terms.front(), segment, budget);
        case Kind::kPhrase:
            return docs_with_phrase(node.terms, segment, budget);
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
        case Kind::kAnd:
        case Kind::kNot:
            return all_of(node, segment, budget);
    }
    return nullptr;
}

}  // namespace rookery::search
