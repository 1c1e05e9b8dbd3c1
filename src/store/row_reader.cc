#include "store/row_reader.h"

#include "store/key_codec.h"
#include "store/outbox_codec.h"

#include <algorithm>
#include <memory>

namespace rookery::store {

namespace {

rocksdb::ReadOptions read_options(Reach reach) {
    rocksdb::ReadOptions options;
    options.read_tier = reach == Reach::kMemory ? rocksdb::kBlockCacheTier : rocksdb::kReadAllTier;
    return options;
}

std::string_view view(const rocksdb::Slice& slice) {
    return {slice.data(), slice.size()};
}

constexpr std::size_t kReserveMax = 64;

/// Without reading files, RocksDB answers "found" with an empty value also for a row that may or
/// may not be in a file that it has not opened: only a read of the disk can tell.
bool may_be_guessed(const rocksdb::PinnableSlice& value, Reach reach) {
    return reach == Reach::kMemory && value.empty();
}

}  // namespace

RowReader::Read<std::optional<std::string>>
RowReader::get(std::string_view encoded_key, Reach reach) const {
    using Value = std::optional<std::string>;
    rocksdb::PinnableSlice value;
    const rocksdb::Status status = database_.db().Get(
        read_options(reach),
        database_.rows(),
        rocksdb::Slice(encoded_key.data(), encoded_key.size()),
        &value
    );
    if (status.ok() && may_be_guessed(value, reach)) {
        return std::nullopt;
    }
    if (status.ok()) {
        return Result<Value>(Value(view(value)));
    }
    if (status.IsNotFound()) {
        return Result<Value>(Value());
    }
    if (status.IsIncomplete() && reach == Reach::kMemory) {
        return std::nullopt;
    }
    return Result<Value>(to_error(status, "reading a row"));
}

RowReader::Read<std::vector<std::optional<std::string>>>
RowReader::multi_get(const std::vector<ports::Key>& keys, Reach reach) const {
    using Values = std::vector<std::optional<std::string>>;
    std::vector<std::string> encoded;
    encoded.reserve(keys.size());
    std::vector<rocksdb::Slice> slices;
    slices.reserve(keys.size());
    for (const ports::Key& key : keys) {
        encoded.push_back(encode_key(key));
        slices.emplace_back(encoded.back());
    }
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    database_.db().MultiGet(
        read_options(reach),
        database_.rows(),
        keys.size(),
        slices.data(),
        found.data(),
        statuses.data()
    );
    Values values(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (statuses[i].ok() && may_be_guessed(found[i], reach)) {
            return std::nullopt;
        }
        if (statuses[i].ok()) {
            values[i] = view(found[i]);
        } else if (statuses[i].IsIncomplete() && reach == Reach::kMemory) {
            return std::nullopt;
        } else if (!statuses[i].IsNotFound()) {
            return Result<Values>(to_error(statuses[i], "reading rows"));
        }
    }
    return Result<Values>(std::move(values));
}

RowReader::Read<std::vector<ports::Row>> RowReader::scan(const ports::Range& range, Reach reach)
    const {
    using Rows = std::vector<ports::Row>;
    const KeyBounds bounds = key_bounds(range);
    Rows rows;
    if (range.limit == 0 || bounds.until <= bounds.from) {
        return Result<Rows>(std::move(rows));
    }
    rows.reserve(std::min(range.limit, kReserveMax));
    const std::size_t prefix = partition_prefix_size(bounds.from);
    const rocksdb::Slice lower(bounds.from);
    const rocksdb::Slice upper(bounds.until);
    rocksdb::ReadOptions options = read_options(reach);
    options.iterate_lower_bound = &lower;
    options.iterate_upper_bound = &upper;
    // A descending scan begins at the upper bound, which may have another prefix.
    options.prefix_same_as_start = !range.descending;
    options.total_order_seek = range.descending;
    const std::unique_ptr<rocksdb::Iterator> it(
        database_.db().NewIterator(options, database_.rows())
    );
    range.descending ? it->SeekForPrev(upper) : it->Seek(lower);
    while (it->Valid() && rows.size() < range.limit) {
        std::string_view sort = view(it->key());
        sort.remove_prefix(prefix);
        rows.push_back({std::string(sort), std::string(view(it->value()))});
        range.descending ? it->Prev() : it->Next();
    }
    if (it->status().IsIncomplete() && reach == Reach::kMemory) {
        return std::nullopt;
    }
    if (!it->status().ok()) {
        return Result<Rows>(to_error(it->status(), "scanning rows"));
    }
    return Result<Rows>(std::move(rows));
}

RowReader::Read<std::vector<std::vector<ports::Row>>> RowReader::scan_many(
    const std::vector<ports::Range>& ranges,
    Reach reach,
    std::vector<std::vector<ports::Row>>& found
) const {
    using Answers = std::vector<std::vector<ports::Row>>;
    rocksdb::ReadOptions options = read_options(reach);
    options.prefix_same_as_start = true;
    const std::unique_ptr<rocksdb::Iterator> it(
        database_.db().NewIterator(options, database_.rows())
    );
    while (found.size() < ranges.size()) {
        const ports::Range& range = ranges[found.size()];
        if (range.descending) {  // needs bounds of its own
            auto rows = scan(range, reach);
            if (!rows) {
                return std::nullopt;
            }
            if (!*rows) {
                return Result<Answers>(std::move(*rows).error());
            }
            found.push_back(std::move(**rows));
            continue;
        }
        const KeyBounds bounds = key_bounds(range);
        const std::size_t prefix = partition_prefix_size(bounds.from);
        const rocksdb::Slice upper(bounds.until);
        std::vector<ports::Row> rows;
        if (range.limit > 0 && bounds.from < bounds.until) {
            for (it->Seek(bounds.from); it->Valid() && rows.size() < range.limit; it->Next()) {
                if (it->key().compare(upper) >= 0) {
                    break;
                }
                std::string_view sort = view(it->key());
                sort.remove_prefix(prefix);
                rows.push_back({std::string(sort), std::string(view(it->value()))});
            }
            if (it->status().IsIncomplete() && reach == Reach::kMemory) {
                return std::nullopt;
            }
            if (!it->status().ok()) {
                return Result<Answers>(to_error(it->status(), "scanning rows"));
            }
        }
        found.push_back(std::move(rows));
    }
    return Result<Answers>(std::move(found));
}

RowReader::Read<std::vector<std::string>> RowReader::partitions(
    ports::Table table,
    const std::optional<std::string>& after,
    std::size_t limit,
    Reach reach
) const {
    using Names = std::vector<std::string>;
    const std::string first(1, static_cast<char>(table));
    const std::string end = prefix_successor(first);
    const rocksdb::Slice upper(end);
    rocksdb::ReadOptions options = read_options(reach);
    options.iterate_upper_bound = &upper;
    options.total_order_seek = true;  // from one prefix to the next
    const std::unique_ptr<rocksdb::Iterator> it(
        database_.db().NewIterator(options, database_.rows())
    );
    Names names;
    it->Seek(after ? prefix_successor(partition_prefix(table, *after)) : first);
    while (it->Valid() && names.size() < limit) {
        const auto key = decode_key(view(it->key()));
        if (!key) {
            return Result<Names>(key.error());
        }
        names.push_back(key->partition);
        it->Seek(prefix_successor(partition_prefix(table, key->partition)));
    }
    if (it->status().IsIncomplete() && reach == Reach::kMemory) {
        return std::nullopt;
    }
    if (!it->status().ok()) {
        return Result<Names>(to_error(it->status(), "looking for partitions"));
    }
    return Result<Names>(std::move(names));
}

RowReader::Read<std::vector<ports::StoredEvent>> RowReader::events(
    ports::EventId after,
    ports::EventId until,
    std::size_t limit,
    Reach reach
) const {
    using Events = std::vector<ports::StoredEvent>;
    Events events;
    if (until <= after || limit == 0) {
        return Result<Events>(std::move(events));
    }
    const std::string first = encode_event_key(after + 1);
    const std::string end = encode_event_key(until + 1);
    const rocksdb::Slice upper(end);
    rocksdb::ReadOptions options = read_options(reach);
    options.iterate_upper_bound = &upper;
    const std::unique_ptr<rocksdb::Iterator> it(
        database_.db().NewIterator(options, database_.outbox())
    );
    for (it->Seek(first); it->Valid() && events.size() < limit; it->Next()) {
        auto event = decode_event(view(it->key()), view(it->value()));
        if (!event) {
            return Result<Events>(std::move(event).error());
        }
        events.push_back(std::move(*event));
    }
    if (it->status().IsIncomplete() && reach == Reach::kMemory) {
        return std::nullopt;
    }
    if (!it->status().ok()) {
        return Result<Events>(to_error(it->status(), "reading events"));
    }
    return Result<Events>(std::move(events));
}

}  // namespace rookery::store
