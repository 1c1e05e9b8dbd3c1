#include "base/codec.h"
#include "social/reactions.h"

namespace rookery::social {

namespace {
constexpr std::uint8_t kMarksVersion = 1;
}

std::string encode(const Marks& marks) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kMarksVersion);
    writer.varint(marks.favourite.value);
    writer.varint(marks.boost.value);
    writer.varint(marks.bookmark.value);
    writer.varint(marks.pin.value);
    return bytes;
}

Result<Marks> decode_marks(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kMarksVersion;
    Marks marks;
    marks.favourite = RelationId(reader.varint());
    marks.boost = PostId(reader.varint());
    marks.bookmark = RelationId(reader.varint());
    marks.pin = RelationId(reader.varint());
    if (!is_known || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored marks do not parse");
    }
    return marks;
}

}  // namespace rookery::social
