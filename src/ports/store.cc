#include "ports/store.h"

#include "base/codec.h"
#include "ports/bulk_load.h"

#include <tuple>

namespace rookery::ports {

std::string encode_counters(const Counters& counters) {
    std::string bytes;
    ByteWriter writer(bytes);
    for (const std::int64_t value : counters) {
        writer.fixed64(static_cast<std::uint64_t>(value));
    }
    return bytes;
}

Result<Counters> decode_counters(std::string_view bytes) {
    ByteReader reader(bytes);
    Counters counters{};
    for (std::int64_t& value : counters) {
        value = static_cast<std::int64_t>(reader.fixed64());
    }
    if (!reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored counters do not parse");
    }
    return counters;
}

Counters sum(const Counters& a, const Counters& b) {
    Counters result{};
    for (std::size_t i = 0; i < result.size(); ++i) {
        // Unsigned, because a counter that overflows must wrap, not be undefined.
        result.at(i) = static_cast<std::int64_t>(
            static_cast<std::uint64_t>(a.at(i)) + static_cast<std::uint64_t>(b.at(i))
        );
    }
    return result;
}

namespace {

bool is_storable(const Key& key) {
    return key.partition.size() <= kPartitionBytesMax;
}

}  // namespace

Result<void> check_batch(const Batch& batch) {
    for (const Batch::Operation& operation : batch.operations) {
        if (!is_storable(operation.key)) {
            return fail(ErrorCode::kInvalid, "partition of a row is over 255 bytes");
        }
    }
    for (const Batch::Expectation& expectation : batch.expectations) {
        if (!is_storable(expectation.key)) {
            return fail(ErrorCode::kInvalid, "partition of a precondition is over 255 bytes");
        }
    }
    return {};
}

bool loads_before(const KeyView& a, const KeyView& b) {
    const auto order = [](const KeyView& key) {
        return std::tuple(key.table, key.partition.size(), key.partition, key.sort);
    };
    return order(a) < order(b);
}

Result<void> check_load(const Batch& batch) {
    if (!batch.expectations.empty() || !batch.events.empty()) {
        return fail(ErrorCode::kInvalid, "a load has neither preconditions nor events");
    }
    return check_batch(batch);
}

}  // namespace rookery::ports
