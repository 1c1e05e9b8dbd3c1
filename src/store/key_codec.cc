#include "store/key_codec.h"

namespace rookery::store {

namespace {

constexpr std::size_t kHeaderBytes = 2;

void append_prefix(ports::Table table, std::string_view partition, std::string& out) {
    out.push_back(static_cast<char>(table));
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(partition.size())));
    out.append(partition);
}

}  // namespace

std::string encode_key(const ports::Key& key) {
    std::string bytes;
    bytes.reserve(kHeaderBytes + key.partition.size() + key.sort.size());
    encode_key(key, bytes);
    return bytes;
}

void encode_key(const ports::Key& key, std::string& out) {
    out.clear();
    append_prefix(key.table, key.partition, out);
    out.append(key.sort);
}

std::string partition_prefix(ports::Table table, std::string_view partition) {
    std::string bytes;
    append_prefix(table, partition, bytes);
    return bytes;
}

std::size_t partition_prefix_size(std::string_view bytes) {
    if (bytes.size() < kHeaderBytes) {
        return 0;
    }
    const std::size_t size = kHeaderBytes + static_cast<std::uint8_t>(bytes[1]);
    return bytes.size() < size ? 0 : size;
}

Result<ports::Key> decode_key(std::string_view bytes) {
    const std::size_t prefix = partition_prefix_size(bytes);
    if (prefix == 0) {
        return fail(ErrorCode::kCorrupt, "a stored key does not parse");
    }
    return ports::Key{
        ports::Table{static_cast<std::uint8_t>(bytes[0])},
        std::string(bytes.substr(kHeaderBytes, prefix - kHeaderBytes)),
        std::string(bytes.substr(prefix))
    };
}

std::string prefix_successor(std::string prefix) {
    while (!prefix.empty()) {
        const auto last = static_cast<std::uint8_t>(prefix.back());
        if (last != 0xFF) {
            prefix.back() = static_cast<char>(last + 1);
            return prefix;
        }
        prefix.pop_back();
    }
    return prefix;
}

KeyBounds key_bounds(const ports::Range& range) {
    std::string prefix = partition_prefix(range.table, range.partition);
    std::string until = range.until.empty() ? prefix_successor(prefix) : prefix + range.until;
    return {prefix + range.from, std::move(until)};
}

}  // namespace rookery::store
