#pragma once

#include "store/rocks_store_config.h"

#include <rocksdb/cache.h>
#include <rocksdb/options.h>

#include <memory>

namespace rookery::store {

[[nodiscard]] rocksdb::DBOptions database_options(const RocksStoreConfig& config);

/// Rows: point reads and short scans of one partition.
[[nodiscard]] rocksdb::ColumnFamilyOptions
row_options(const RocksStoreConfig& config, const std::shared_ptr<rocksdb::Cache>& cache);

/// Outbox and meta: written at the end, read in order, trimmed at the beginning.
[[nodiscard]] rocksdb::ColumnFamilyOptions
sequence_options(const RocksStoreConfig& config, const std::shared_ptr<rocksdb::Cache>& cache);

}  // namespace rookery::store
