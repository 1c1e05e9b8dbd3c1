#pragma once

#include "base/metrics.h"

namespace rookery::app {

class Core;

/// The graph of follows and the directory in memory: rookery_graph_* and rookery_directory_*.
/// `core` must outlive the registry's last report.
void expose_discovery(Core& core, metrics::Registry& registry);

}  // namespace rookery::app
