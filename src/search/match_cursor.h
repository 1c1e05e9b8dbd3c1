#pragma once

#include "ports/search_index.h"
#include "search/postings.h"
#include "search/segment.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace rookery::search {

/// What one search may still cost, in steps from document to document. Shared by all its cursors;
/// when it is used up they are at their ends.
class StepBudget {
public:
    explicit StepBudget(std::size_t steps) : left_(steps) {}
    /// False if nothing is left.
    bool spend(std::size_t steps = 1) {
        left_ -= std::min(left_, steps);
        return left_ != 0;
    }

private:
    std::size_t left_;
};

/// The documents of a segment that match something, from the newest to the oldest. Either it is
/// gone through, with start() and then next(), advance() and take(), or others' documents are shown
/// to it by keep().
class MatchCursor {
public:
    virtual ~MatchCursor() = default;

    /// To the first match. Those that are cheap to make stand there at once.
    virtual void start() {}
    /// kNoDoc at the end.
    [[nodiscard]] virtual DocNumber doc() const = 0;
    virtual void next() = 0;
    /// To the first match that is not before `target`; never backwards.
    virtual void advance(DocNumber target) = 0;
    /// Puts the matches from doc() on into `out`, as many as fit, and moves behind them. Fewer than
    /// fit: there are no more.
    virtual std::size_t take(std::span<DocNumber> out);
    /// Moves those of `docs` that match to the front, in their order, and says how many; what comes
    /// behind them does not count any more. They are one at least and kDocsTogetherMax at most,
    /// ascend, and come behind those of the last time. Afterwards no match lies between the last of
    /// them and doc().
    virtual std::size_t keep(std::span<DocNumber> docs);
    /// About how many matches there are; for choosing whom to follow.
    [[nodiscard]] virtual std::uint32_t estimate() const = 0;
};

using MatchCursorPtr = std::unique_ptr<MatchCursor>;

/// Not started. Dead documents are among the matches. `node` (which is well formed), segment and
/// budget must outlive the cursor. Null if nothing in the segment can match.
[[nodiscard]] MatchCursorPtr
make_cursor(const ports::SearchNode& node, const Segment& segment, StepBudget& budget);

/// Takes what `cursor` matches out of `docs`, as keep() would leave it. How many are left, in
/// front.
std::size_t remove_matches(std::span<DocNumber> docs, MatchCursor& cursor);
/// Takes `gone` out of `docs`; both ascend. How many are left, in front.
std::size_t remove_docs(std::span<DocNumber> docs, std::span<const DocNumber> gone);

}  // namespace rookery::search
