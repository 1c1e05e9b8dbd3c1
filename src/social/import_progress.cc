#include "social/import_progress.h"

#include "base/codec.h"
#include "social/tables.h"

#include <utility>

namespace rookery::social {

namespace {
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kNameBytesMax = 200;
}  // namespace

std::string encode(const ImportProgress& progress) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kVersion);
    writer.varint(progress.lines);
    writer.varint(progress.made);
    writer.varint(progress.accounts);
    writer.varint(progress.skipped);
    return bytes;
}

Result<ImportProgress> decode_import_progress(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kVersion;
    ImportProgress progress;
    progress.lines = reader.varint();
    progress.made = reader.varint();
    progress.accounts = reader.varint();
    progress.skipped = reader.varint();
    if (!is_known || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored progress of an import does not parse");
    }
    return progress;
}

Result<ports::Key> import_key(std::string name) {
    if (name.empty() || name.size() > kNameBytesMax) {
        return fail(ErrorCode::kInvalid, "Name of the import must have 1 to 200 bytes");
    }
    return ports::Key{tables::kImports, std::move(name), {}};
}

}  // namespace rookery::social
