#include "search/index_files.h"

#include "base/codec.h"
#include "search/segment_format.h"

#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace rookery::search {

namespace {

constexpr std::string_view kManifestMagic = "RKSRCHMF";
constexpr std::uint64_t kManifestVersion = 2;

/// The number in "00000012.segment".
std::optional<std::uint64_t> number_of(const std::filesystem::path& path) {
    const std::string stem = path.stem().string();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    return error == std::errc{} && end == stem.data() + stem.size() ? std::optional(number)
                                                                    : std::nullopt;
}

}  // namespace

std::string encode(const Manifest& manifest) {
    std::string out(kManifestMagic);
    ByteWriter writer(out);
    writer.varint(kManifestVersion);
    writer.varint(manifest.checkpoint);
    writer.varint(manifest.next_file);
    writer.varint(manifest.files.size());
    for (const std::uint64_t file : manifest.files) {
        writer.varint(file);
    }
    writer.fixed64(format::checksum(out));
    return out;
}

Result<Manifest> decode_manifest(std::string_view bytes) {
    const Error damaged = fail(ErrorCode::kCorrupt, "the manifest of the search index is damaged");
    if (!bytes.starts_with(kManifestMagic) || bytes.size() < kManifestMagic.size() + 8) {
        return damaged;
    }
    const std::string_view body = bytes.substr(0, bytes.size() - 8);
    if (ByteReader(bytes.substr(body.size())).fixed64() != format::checksum(body)) {
        return damaged;
    }
    ByteReader reader(body.substr(kManifestMagic.size()));
    if (reader.varint() != kManifestVersion) {
        return fail(ErrorCode::kCorrupt, "the search index was made by another version");
    }
    Manifest manifest;
    manifest.checkpoint = reader.varint();
    manifest.next_file = reader.varint();
    const std::size_t files = reader.count();
    for (std::size_t i = 0; i < files; ++i) {
        manifest.files.push_back(reader.varint());
    }
    if (!reader.complete()) {
        return damaged;
    }
    return manifest;
}

std::filesystem::path IndexFiles::segment_path(std::uint64_t file) const {
    return directory_ / fmt::format("{:08}.segment", file);
}

std::filesystem::path IndexFiles::dead_path(std::uint64_t file) const {
    return directory_ / fmt::format("{:08}.dead", file);
}

Result<void> IndexFiles::prepare() {
    std::error_code error;
    std::filesystem::create_directories(directory_, error);
    if (error) {
        return fail(
            ErrorCode::kInternal,
            fmt::format(
                "cannot make the directory of the search index {}: {}",
                directory_.string(),
                error.message()
            )
        );
    }
    return {};
}

Result<Manifest> IndexFiles::read_manifest() const {
    auto bytes = map_file(manifest_path());
    if (!bytes && bytes.error().code == ErrorCode::kNotFound) {
        return Manifest{};
    }
    if (!bytes) {
        return std::move(bytes).error();
    }
    return decode_manifest((*bytes)->view());
}

Result<void> IndexFiles::write_manifest(const Manifest& manifest) const {
    if (auto synced = sync_directory(directory_); !synced) {
        return synced;
    }
    return replace_file(manifest_path(), encode(manifest));
}

Result<SegmentPtr> IndexFiles::open_segment(std::uint64_t file) const {
    TRY(BytesPtr mapped, map_file(segment_path(file)));
    return Segment::open(std::move(mapped));
}

Result<Part> IndexFiles::read_part(std::uint64_t file) const {
    Part part;
    part.file = file;
    TRY(part.segment, open_segment(file));
    part.dead = std::make_shared<DeadDocs>(part.segment->doc_count());
    auto dead = map_file(dead_path(file));
    if (!dead && dead.error().code == ErrorCode::kNotFound) {
        return part;
    }
    if (!dead || !part.dead->decode((*dead)->view())) {
        return fail(ErrorCode::kCorrupt, "a list of dead documents of the search index is damaged");
    }
    return part;
}

Result<SegmentPtr> IndexFiles::write_segment(std::uint64_t file, std::string_view bytes) const {
    if (auto written = write_file(segment_path(file), bytes); !written) {
        return std::move(written).error();
    }
    return open_segment(file);
}

Result<SegmentPtr> IndexFiles::merge_into(
    std::uint64_t file,
    const std::vector<MergeSource>& sources,
    const std::atomic<bool>& cancelled
) const {
    TRY(const bool is_made, merge_segments_into(segment_path(file), sources, cancelled));
    if (!is_made) {
        return SegmentPtr();
    }
    return open_segment(file);
}

Result<void> IndexFiles::write_dead(const Part& part) const {
    return replace_file(dead_path(part.file), part.dead->encode());
}

void IndexFiles::remove_others(const std::set<std::uint64_t>& kept) const {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(directory_, ignored)) {
        const auto number = number_of(entry.path());
        if (number && !kept.contains(*number)) {
            std::filesystem::remove(entry.path(), ignored);
        }
    }
}

}  // namespace rookery::search
