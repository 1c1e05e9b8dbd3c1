#include "limits/state_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

namespace rookery::limits {

namespace {

constexpr std::string_view kMagic = "RKLIMITS";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeadBytes = kMagic.size() + 1 + std::tuple_size_v<KeyHasher::Secret>;
/// A file is not written anew before so much of it may be outdated.
constexpr std::size_t kOutdatedMin = std::size_t{1} << 20U;

Error io_error(std::string_view what, const std::string& path) {
    const std::string why = std::generic_category().message(errno);
    return fail(ErrorCode::kUnavailable, std::string(what) + " " + path + ": " + why);
}

std::string head_of(const KeyHasher::Secret& secret) {
    std::string head(kMagic);
    ByteWriter out(head);
    out.byte(kVersion);
    for (const unsigned char byte : secret) {
        out.byte(byte);
    }
    return head;
}

Result<KeyHasher::Secret> read_head(std::string_view bytes, const std::string& path) {
    KeyHasher::Secret secret{};
    if (bytes.size() < kHeadBytes || !bytes.starts_with(kMagic)) {
        return fail(
            ErrorCode::kCorrupt, path + " is no file of limits; move it away to begin anew"
        );
    }
    ByteReader in(bytes.substr(kMagic.size()));
    if (const std::uint8_t version = in.byte(); version != kVersion) {
        return fail(
            ErrorCode::kCorrupt,
            path + " has version " + std::to_string(version) + "; this program knows version " +
                std::to_string(kVersion)
        );
    }
    for (unsigned char& byte : secret) {
        byte = in.byte();
    }
    return secret;
}

Result<void> write_all(int file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return io_error("cannot write", path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    if (::fdatasync(file) != 0) {
        return io_error("cannot write", path);
    }
    return {};
}

/// The next whole batch's payload; nothing at the end or where the file is torn.
std::optional<std::string_view> next_batch(ByteReader& in, const KeyHasher& hasher) {
    if (in.at_end()) {
        return std::nullopt;
    }
    const std::string_view payload = in.string();
    const std::uint64_t checksum = in.fixed64();
    if (!in.ok() || checksum != hasher.checksum(payload)) {
        return std::nullopt;
    }
    return payload;
}

}  // namespace

StateFile::StateFile(std::string path, const KeyHasher::Secret& secret, std::string contents)
    : path_(std::move(path)), hasher_(secret), contents_(std::move(contents)) {}

StateFile::~StateFile() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

Result<std::unique_ptr<StateFile>> StateFile::open(std::string path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        if (std::filesystem::exists(path)) {
            return io_error("cannot read", path);
        }
        return std::unique_ptr<StateFile>(
            new StateFile(std::move(path), KeyHasher::random_secret(), {})
        );
    }
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    TRY(const KeyHasher::Secret secret, read_head(bytes, path));
    bytes.erase(0, kHeadBytes);
    return std::unique_ptr<StateFile>(new StateFile(std::move(path), secret, std::move(bytes)));
}

void StateFile::restore(std::span<const NamedLimit> limits, Nanos now) {
    ByteReader in(contents_);
    while (const auto payload = next_batch(in, hasher_)) {
        ByteReader batch(*payload);
        const std::string_view name = batch.string();
        const auto named = std::ranges::find(limits, name, &NamedLimit::name);
        if (named != limits.end()) {
            // What the checksum lets through was written so.
            static_cast<void>(named->limit->restore(batch, now));
        }
    }
    contents_ = {};
}

std::string StateFile::batches(std::span<const NamedLimit> limits, Limit::Which which, Nanos now)
    const {
    std::string bytes;
    ByteWriter out(bytes);
    for (const NamedLimit& named : limits) {
        std::string states;
        ByteWriter state_writer(states);
        named.limit->save(which, now, state_writer);
        if (states.empty()) {
            continue;
        }
        std::string payload;
        ByteWriter(payload).string(named.name);
        payload += states;
        out.string(payload);
        out.fixed64(hasher_.checksum(payload));
    }
    return bytes;
}

Result<void> StateFile::save(std::span<const NamedLimit> limits, Nanos now) {
    if (file_ < 0 || bytes_ - bytes_when_new_ > std::max(kOutdatedMin, bytes_when_new_)) {
        return save_all(limits, now);
    }
    const std::string bytes = batches(limits, Limit::Which::kChanged, now);
    if (bytes.empty()) {
        return {};
    }
    auto written = write_all(file_, bytes, path_);
    if (!written) {
        // What follows a torn batch would not be read: begin a new file.
        ::close(std::exchange(file_, -1));
        return written;
    }
    bytes_ += bytes.size();
    return {};
}

Result<void> StateFile::save_all(std::span<const NamedLimit> limits, Nanos now) {
    const std::string bytes = head_of(hasher_.secret()) + batches(limits, Limit::Which::kAll, now);
    const std::string passing = path_ + ".new";
    const int file = ::open(passing.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return io_error("cannot make", passing);
    }
    auto written = write_all(file, bytes, passing);
    if (written && std::rename(passing.c_str(), path_.c_str()) != 0) {
        written = io_error("cannot rename", passing);
    }
    if (!written) {
        ::close(file);
        return written;
    }
    if (file_ >= 0) {
        ::close(file_);
    }
    file_ = file;
    bytes_ = bytes.size();
    bytes_when_new_ = bytes.size();
    return {};
}

}  // namespace rookery::limits
