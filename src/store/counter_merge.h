#pragma once

#include <rocksdb/merge_operator.h>

namespace rookery::store {

/// Adds counters (ports::Counters) element by element, inside RocksDB: an addition is one blind
/// write, needs no read, and never conflicts.
class CounterMerge final : public rocksdb::AssociativeMergeOperator {
public:
    bool Merge(
        const rocksdb::Slice& key,
        const rocksdb::Slice* existing,
        const rocksdb::Slice& operand,
        std::string* result,
        rocksdb::Logger* logger
    ) const override;

    /// Stored in RocksDB's own options file: never changed.
    const char* Name() const override { return "rookery.counters"; }
};

}  // namespace rookery::store
