#pragma once

#include "base/metrics.h"

namespace rookery::app {

class Core;

/// What is found, and how much memory and disk finding it takes: rookery_search_*. `core` must
/// outlive the registry's last report.
void expose_search(const Core& core, metrics::Registry& registry);

}  // namespace rookery::app
