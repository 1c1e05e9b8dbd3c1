#pragma once

#include "api/mastodon/throttles.h"
#include "base/metrics.h"

namespace rookery::app {

/// What the rules in force have said: rookery_rate_limit_decisions_total. Called anew when there
/// are other rules. `throttles` must outlive the registry's last report.
void expose_limits(const api::mastodon::Throttles& throttles, metrics::Registry& registry);

}  // namespace rookery::app
