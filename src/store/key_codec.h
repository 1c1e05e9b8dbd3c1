#pragma once

#include "base/result.h"
#include "ports/store.h"

#include <string>
#include <string_view>

namespace rookery::store {

/// A row's key in RocksDB (docs/formats/keys.md): table, length of the partition, partition, sort.
/// The length stands before the partition so that no partition's rows lie between another's, and so
/// that "a" + "bc" and "ab" + "c" are different keys.
[[nodiscard]] std::string encode_key(const ports::Key& key);
/// The same into a buffer that is used again and again.
void encode_key(const ports::Key& key, std::string& out);

/// kCorrupt if the bytes are not what encode_key makes.
[[nodiscard]] Result<ports::Key> decode_key(std::string_view bytes);

/// What all keys of one partition begin with.
[[nodiscard]] std::string partition_prefix(ports::Table table, std::string_view partition);

/// The length of the partition's prefix in an encoded key; 0 if the bytes are not a whole one.
[[nodiscard]] std::size_t partition_prefix_size(std::string_view bytes);

/// The smallest byte string above all that begin with `prefix`; empty if there is none.
[[nodiscard]] std::string prefix_successor(std::string prefix);

/// The first key inside a range and the first one behind it.
struct KeyBounds {
    std::string from;
    std::string until;
};
[[nodiscard]] KeyBounds key_bounds(const ports::Range& range);

}  // namespace rookery::store
