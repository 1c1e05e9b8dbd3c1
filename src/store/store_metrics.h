#pragma once

#include "base/metrics.h"

namespace rookery::store {

/// What the store counts. The registry must outlive the store.
struct StoreMetrics {
    explicit StoreMetrics(metrics::Registry& registry)
        : commits(registry.counter("rookery_store_commits_total", "Batches committed.")),
          conflicts(registry.counter(
              "rookery_store_conflicts_total",
              "Batches refused because a precondition did not hold."
          )),
          refused(registry.counter(
              "rookery_store_refused_total",
              "Batches refused because the commit queue was full or the store was closing."
          )),
          groups(registry.counter(
              "rookery_store_commit_groups_total",
              "Writes to the log, each for all batches that waited."
          )),
          bytes(registry.counter("rookery_store_written_bytes_total", "Bytes given to the log.")),
          loaded_rows(registry.counter("rookery_store_loaded_rows_total", "Rows written in bulk.")),
          write_seconds(registry.histogram(
              "rookery_store_group_write_seconds",
              "Time to write and sync one group of batches."
          )),
          reads(registry.counter("rookery_store_reads_total", "Reads of rows and events.")),
          pool_hops(registry.counter(
              "rookery_store_pool_hops_total",
              "Reads that were not in memory and went to a thread of the blocking pool."
          )),
          queued(registry.gauge("rookery_store_commit_queue", "Batches that wait for a commit.")) {}

    metrics::Counter& commits;
    metrics::Counter& conflicts;
    metrics::Counter& refused;
    metrics::Counter& groups;
    metrics::Counter& bytes;
    metrics::Counter& loaded_rows;
    metrics::Histogram& write_seconds;
    metrics::Counter& reads;
    metrics::Counter& pool_hops;
    metrics::Gauge& queued;
};

}  // namespace rookery::store
