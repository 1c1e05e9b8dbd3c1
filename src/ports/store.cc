#include "ports/store.h"

#include "base/codec.h"

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

}  // namespace rookery::ports
