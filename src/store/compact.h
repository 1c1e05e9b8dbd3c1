#pragma once

#include "base/result.h"
#include "store/rocks_store_config.h"

#include <functional>

namespace rookery::store {

/// Puts the rows of a data directory that no process has open into the order in which they are read
/// fastest, which the store would else do in the background beside other work: after much was
/// written at once that takes minutes, in which every commit and every read is dear. `progress`
/// gets the part that is done, from 0 to 1; may be empty. kUnavailable: in use.
[[nodiscard]] Result<void>
compact(const RocksStoreConfig& config, const std::function<void(double)>& progress);

}  // namespace rookery::store
