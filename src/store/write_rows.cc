#include "store/write_rows.h"

#include "store/key_codec.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace rookery::store {

using ports::Batch;

namespace {

void append(
    const Batch::Operation& operation,
    std::string_view encoded_key,
    rocksdb::ColumnFamilyHandle* rows,
    rocksdb::WriteBatch& writes
) {
    const rocksdb::Slice key(encoded_key.data(), encoded_key.size());
    switch (operation.kind) {
        case Batch::Operation::kPut:
            writes.Put(rows, key, operation.value);
            break;
        case Batch::Operation::kErase:
            writes.Delete(rows, key);
            break;
        case Batch::Operation::kAdd:
            writes.Merge(rows, key, ports::encode_counters(operation.delta));
            break;
    }
}

}  // namespace

void append_rows(
    const Batch& batch,
    const Database& database,
    std::string& key_buffer,
    rocksdb::WriteBatch& writes
) {
    for (const Batch::Operation& operation : batch.operations) {
        encode_key(operation.key, key_buffer);
        append(operation, key_buffer, database.rows(), writes);
    }
}

void append_sorted_rows(const Batch& batch, const Database& database, rocksdb::WriteBatch& writes) {
    struct Entry {
        std::string_view key;
        const Batch::Operation* operation;
    };
    std::string keys;  // all in one piece, because they are compared many times
    std::size_t bytes = 0;
    for (const Batch::Operation& operation : batch.operations) {
        bytes += 2 + operation.key.partition.size() + operation.key.sort.size();
    }
    keys.reserve(bytes);
    std::vector<Entry> entries;
    entries.reserve(batch.operations.size());
    std::string key_buffer;
    for (const Batch::Operation& operation : batch.operations) {
        encode_key(operation.key, key_buffer);
        const std::size_t begin = keys.size();
        keys += key_buffer;
        entries.push_back({std::string_view(keys).substr(begin), &operation});
    }
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
        const int order = a.key.compare(b.key);
        return order != 0 ? order < 0 : a.operation < b.operation;  // all in one vector
    });
    for (const Entry& entry : entries) {
        append(*entry.operation, entry.key, database.rows(), writes);
    }
}

}  // namespace rookery::store
