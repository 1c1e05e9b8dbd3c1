#pragma once

#include "base/metrics.h"

namespace rookery::app {

/// What runs (rookery_build_info), and what the system says of this process, under the names that
/// Prometheus' own clients use: process_resident_memory_bytes, process_cpu_seconds_total,
/// process_open_fds, process_max_fds and process_start_time_seconds.
/// https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
void expose_process(metrics::Registry& registry);

}  // namespace rookery::app
