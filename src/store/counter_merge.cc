#include "store/counter_merge.h"

#include "ports/store.h"

namespace rookery::store {

bool CounterMerge::Merge(
    const rocksdb::Slice& /*key*/,
    const rocksdb::Slice* existing,
    const rocksdb::Slice& operand,
    std::string* result,
    rocksdb::Logger* /*logger*/
) const {
    const auto delta = ports::decode_counters({operand.data(), operand.size()});
    if (!delta) {
        return false;
    }
    if (existing == nullptr) {
        result->assign(operand.data(), operand.size());
        return true;
    }
    const auto before = ports::decode_counters({existing->data(), existing->size()});
    if (!before) {
        return false;
    }
    *result = ports::encode_counters(ports::sum(*before, *delta));
    return true;
}

}  // namespace rookery::store
