#pragma once

#include "base/result.h"
#include "store/rocks_store_config.h"

#include <cstdint>
#include <functional>

namespace rookery::store {

/// Told about how many bytes are done of how many.
using CompactProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

/// Puts the rows of a data directory that no process has open into the order in which they are read
/// fastest, which the store would else do in the background beside other work: after much was
/// written at once that takes minutes, in which every commit and every read is dear. `progress`
/// may be empty. kUnavailable: in use.
[[nodiscard]] Result<void> compact(const RocksStoreConfig& config, const CompactProgress& progress);

}  // namespace rookery::store
