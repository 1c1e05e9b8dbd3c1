#pragma once

#include "api/mastodon/call.h"
#include "base/task.h"
#include "discover/suggestions.h"
#include "social/viewers.h"

#include <vector>

namespace rookery::api::mastodon {

/// Whom to follow, as far as a few reads of the store tell: the answer of the first moments after a
/// start, until the graph is in memory (discover/suggestions.h, whose rules of who may be shown are
/// also these).
[[nodiscard]] Task<Result<std::vector<discover::Suggestion>>>
early_suggestions(Call call, social::ViewerPtr viewer);

}  // namespace rookery::api::mastodon
