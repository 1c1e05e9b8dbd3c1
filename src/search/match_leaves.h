#pragma once

#include "search/match_cursor.h"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::search {

/// Cursors that look at the segment itself; null if nothing can match.
[[nodiscard]] MatchCursorPtr all_docs(const Segment& segment);
/// Made by all_docs(), as also other functions do where every document matches.
[[nodiscard]] bool is_all_docs(const MatchCursor& cursor);
[[nodiscard]] MatchCursorPtr docs_with_term(std::string_view term, const Segment& segment);
[[nodiscard]] MatchCursorPtr
docs_with_prefix(std::string_view prefix, const Segment& segment, StepBudget& budget);
/// `ids` are sorted, the greatest first, and outlive the cursor.
[[nodiscard]] MatchCursorPtr
docs_with_ids(const std::vector<std::uint64_t>& ids, const Segment& segment);

/// One of the cursors, of which there is at least one.
[[nodiscard]] MatchCursorPtr any_of(std::vector<MatchCursorPtr> cursors);

}  // namespace rookery::search
