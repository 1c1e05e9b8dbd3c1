#pragma once

#include "ports/search_index.h"
#include "search/postings.h"
#include "search/segment.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

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

/// The documents of a segment that match something, from the newest to the oldest.
class MatchCursor {
public:
    virtual ~MatchCursor() = default;

    /// kNoDoc at the end.
    [[nodiscard]] virtual DocNumber doc() const = 0;
    virtual void next() = 0;
    /// To the first match that is not before `target`; never backwards.
    virtual void advance(DocNumber target) = 0;
    /// About how many matches there are; for choosing whom to follow.
    [[nodiscard]] virtual std::uint32_t estimate() const = 0;
};

using MatchCursorPtr = std::unique_ptr<MatchCursor>;

/// Dead documents are among the matches. `node` (which is well formed), segment and budget must
/// outlive the cursor. Null if nothing in the segment can match.
[[nodiscard]] MatchCursorPtr
make_cursor(const ports::SearchNode& node, const Segment& segment, StepBudget& budget);

}  // namespace rookery::search
