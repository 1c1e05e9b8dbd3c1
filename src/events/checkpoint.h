#pragma once

#include "base/result.h"
#include "ports/store.h"

#include <string>
#include <string_view>

namespace rookery::events {

/// The row that says how far a consumer has come: everything up to this event took effect.
[[nodiscard]] ports::Key checkpoint_key(std::string_view consumer);
/// 8 bytes, most significant first.
[[nodiscard]] std::string encode_checkpoint(ports::EventId id);
[[nodiscard]] Result<ports::EventId> decode_checkpoint(std::string_view bytes);

}  // namespace rookery::events
