#include "social/markers.h"

#include "base/codec.h"
#include "social/tables.h"

namespace rookery::social {

namespace {

constexpr std::uint8_t kVersion = 1;

ports::Key marker_key(AccountId account, const std::string& timeline) {
    return {tables::kMarkers, tables::id_bytes(account), timeline};
}

}  // namespace

std::string encode(const Marker& marker) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kVersion);
    writer.varint(marker.last_read_id);
    writer.varint(marker.version);
    writer.signed_varint(marker.updated_at_ms);
    return out;
}

Result<Marker> decode_marker(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t version = reader.byte();
    Marker marker;
    marker.last_read_id = reader.varint();
    marker.version = reader.varint();
    marker.updated_at_ms = reader.signed_varint();
    if (!reader.complete() || version != kVersion) {
        return fail(ErrorCode::kCorrupt, "stored marker does not parse");
    }
    return marker;
}

Task<Result<std::vector<Marker>>>
Markers::find(AccountId account, std::vector<std::string> timelines) {
    std::vector<ports::Key> keys;
    for (const std::string& timeline : timelines) {
        keys.push_back(marker_key(account, timeline));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    std::vector<Marker> out(timelines.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i]) {
            CO_TRY(out[i], decode_marker(*rows[i]));
        }
    }
    co_return out;
}

Task<Result<Marker>>
Markers::set(AccountId account, std::string timeline, std::uint64_t last_read_id) {
    const ports::Key key = marker_key(account, timeline);
    CO_TRY(const auto bytes, co_await environment_.store.get(key));
    Marker marker;
    ports::Batch batch;
    if (bytes) {
        CO_TRY(marker, decode_marker(*bytes));
        batch.expect_equals(key, *bytes);
    } else {
        batch.expect_absent(key);
    }
    marker.last_read_id = last_read_id;
    ++marker.version;
    marker.updated_at_ms = environment_.clock.now_ms();
    batch.put(key, encode(marker));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return marker;
}

}  // namespace rookery::social
