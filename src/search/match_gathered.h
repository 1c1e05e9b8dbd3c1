#pragma once

#include "search/match_cursor.h"
#include "search/segment.h"

#include <vector>

namespace rookery::search {

/// The documents with any of the terms, of which there may be very many.
[[nodiscard]] MatchCursorPtr
gathered_docs(const std::vector<Segment::Term>& terms, const Segment& segment, StepBudget& budget);

}  // namespace rookery::search
