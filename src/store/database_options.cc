#include "store/database_options.h"

#include "store/counter_merge.h"
#include "store/key_codec.h"
#include "store/rocks_log.h"

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>

namespace rookery::store {

namespace {

/// The partition is the prefix: table files without a row of a partition are passed over by their
/// filter when it is scanned.
class PartitionPrefix final : public rocksdb::SliceTransform {
public:
    /// Stored in the table files: never changed.
    [[nodiscard]] const char* Name() const override { return "rookery.partition"; }
    [[nodiscard]] rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
        return {key.data(), partition_prefix_size({key.data(), key.size()})};
    }
    [[nodiscard]] bool InDomain(const rocksdb::Slice& key) const override {
        return partition_prefix_size({key.data(), key.size()}) != 0;
    }
};

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.block_size = std::size_t{8} << 10;
    // Indexes and filters live in the cache, so that its size bounds them too.
    table.cache_index_and_filter_blocks = true;
    table.cache_index_and_filter_blocks_with_high_priority = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    // A whole file's filter may be bigger than a shard of the cache, and would then be read from
    // the disk at every use: in partitions, those in use stay.
    table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
    table.partition_filters = true;
    table.metadata_block_size = std::size_t{8} << 10;
    table.pin_top_level_index_and_filter = true;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.optimize_filters_for_memory = true;
    table.format_version = 5;
    return table;
}

}  // namespace

rocksdb::DBOptions database_options(const RocksStoreConfig& config) {
    rocksdb::DBOptions options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.max_background_jobs = config.background_jobs_max;
    options.max_open_files = config.open_files_max;
    options.max_total_wal_size = 4 * config.write_buffer_bytes;
    options.bytes_per_sync = std::uint64_t{1} << 20;  // no burst of dirty pages before an fsync
    options.avoid_flush_during_recovery = true;
    options.skip_stats_update_on_db_open = true;
    // One thread commits: nothing is won by parallel inserts, and they would not use hints (below).
    options.allow_concurrent_memtable_write = false;
    options.info_log = std::make_shared<RocksLog>();
    // kill -9 or a power cut leaves at most a torn record at the log's end, of a commit that was
    // never acknowledged: that is dropped. Damage before it may hide acknowledged commits:
    // kPointInTimeRecovery, RocksDB's default, would drop them and say nothing, so this mode
    // refuses, and dropping is the operator's explicit choice.
    options.wal_recovery_mode = config.accept_damaged_log
                                    ? rocksdb::WALRecoveryMode::kPointInTimeRecovery
                                    : rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    return options;
}

rocksdb::ColumnFamilyOptions
row_options(const RocksStoreConfig& config, const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::ColumnFamilyOptions options;
    options.merge_operator = std::make_shared<CounterMerge>();
    options.prefix_extractor = std::make_shared<PartitionPrefix>();
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache)));
    options.write_buffer_size = config.write_buffer_bytes;
    options.max_write_buffer_number = 4;
    // A row goes near the last one of its table: sorted loads take a third of the time.
    options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
    // A filter of the rows still in memory: preconditions mostly ask for what is absent.
    options.memtable_prefix_bloom_size_ratio = 0.05;
    options.memtable_whole_key_filtering = true;
    options.level_compaction_dynamic_level_bytes = true;
    // LZ4 everywhere: on 2 cores, reading and compacting fast is worth more than the third of the
    // space that ZSTD would save.
    options.compression = rocksdb::kLZ4Compression;
    return options;
}

rocksdb::ColumnFamilyOptions
sequence_options(const RocksStoreConfig& config, const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::ColumnFamilyOptions options;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache)));
    options.write_buffer_size = std::max(config.write_buffer_bytes / 4, std::size_t{1} << 20);
    options.level_compaction_dynamic_level_bytes = true;
    options.compression = rocksdb::kLZ4Compression;
    return options;
}

}  // namespace rookery::store
