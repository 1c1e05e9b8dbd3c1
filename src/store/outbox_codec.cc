#include "store/outbox_codec.h"

#include "base/codec.h"

#include <limits>

namespace rookery::store {

std::string encode_event_key(ports::EventId id) {
    std::string bytes;
    ByteWriter(bytes).fixed64(id);
    return bytes;
}

Result<ports::EventId> decode_event_key(std::string_view bytes) {
    ByteReader reader(bytes);
    const ports::EventId id = reader.fixed64();
    if (!reader.complete() || id == 0) {
        return fail(ErrorCode::kCorrupt, "a stored event's id does not parse");
    }
    return id;
}

std::string encode_event(UnixMs at_ms, const ports::Event& event) {
    std::string bytes;
    bytes.reserve(event.payload.size() + 12);
    ByteWriter writer(bytes);
    writer.varint(static_cast<std::uint64_t>(at_ms));
    writer.varint(event.type);
    bytes += event.payload;
    return bytes;
}

Result<ports::StoredEvent> decode_event(std::string_view key, std::string_view value) {
    TRY(const ports::EventId id, decode_event_key(key));
    ByteReader reader(value);
    const std::uint64_t at_ms = reader.varint();
    const std::uint64_t type = reader.varint();
    if (!reader.ok() || type > std::numeric_limits<std::uint16_t>::max()) {
        return fail(ErrorCode::kCorrupt, "a stored event does not parse");
    }
    ports::StoredEvent stored;
    stored.id = id;
    stored.at_ms = static_cast<UnixMs>(at_ms);
    stored.event.type = static_cast<std::uint16_t>(type);
    stored.event.payload = reader.rest();
    return stored;
}

}  // namespace rookery::store
