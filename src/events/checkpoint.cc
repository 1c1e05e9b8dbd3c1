#include "events/checkpoint.h"

#include "base/codec.h"
#include "events/tables.h"

namespace rookery::events {

ports::Key checkpoint_key(std::string_view consumer) {
    return {tables::kCheckpoints, std::string(consumer), {}};
}

std::string encode_checkpoint(ports::EventId id) {
    std::string bytes;
    ByteWriter(bytes).fixed64(id);
    return bytes;
}

Result<ports::EventId> decode_checkpoint(std::string_view bytes) {
    ByteReader reader(bytes);
    const ports::EventId id = reader.fixed64();
    if (!reader.complete()) {
        return fail(ErrorCode::kCorrupt, "a stored checkpoint does not parse");
    }
    return id;
}

}  // namespace rookery::events
