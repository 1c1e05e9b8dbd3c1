#pragma once

#include "api/limiter/limiter.h"
#include "base/result.h"
#include "base/task.h"

#include <vector>

namespace rookery::api::limiter {

/// Decides each request by itself, in their order. Those for which the shared store must be asked
/// are asked for all at once. Both arguments must outlive the task.
[[nodiscard]] Task<std::vector<Result<Answer>>>
decide_batch(Limiter* limiter, const std::vector<LimitRequest>* requests);

}  // namespace rookery::api::limiter
