#pragma once

#include "base/result.h"
#include "ports/store.h"

#include <string>
#include <string_view>

namespace rookery::store {

/// An event in the outbox (docs/formats/events.md): its id is the key, 8 bytes, most significant
/// first; the value is the time in milliseconds and the type as varints, then the payload.
[[nodiscard]] std::string encode_event_key(ports::EventId id);
[[nodiscard]] Result<ports::EventId> decode_event_key(std::string_view bytes);

[[nodiscard]] std::string encode_event(UnixMs at_ms, const ports::Event& event);
/// kCorrupt if key or value is not what is described above.
[[nodiscard]] Result<ports::StoredEvent> decode_event(std::string_view key, std::string_view value);

}  // namespace rookery::store
