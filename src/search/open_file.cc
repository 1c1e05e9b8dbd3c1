#include "search/open_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

namespace rookery::search {

OpenFile::OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Error file_error(std::string_view what, const std::filesystem::path& path) {
    const int number = errno;
    return fail(
        number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kInternal,
        fmt::format(
            "cannot {} {}: {}", what, path.string(), std::generic_category().message(number)
        )
    );
}

Result<OpenFile> make_file(const std::filesystem::path& path) {
    OpenFile file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0) {
        return file_error("make", path);
    }
    return file;
}

Result<OpenFile> make_nameless_file(const std::filesystem::path& directory) {
    static std::atomic<std::uint64_t> made{0};
    const auto path = directory / fmt::format("scratch-{}-{}", ::getpid(), ++made);
    TRY(OpenFile file, make_file(path));
    if (::unlink(path.c_str()) != 0) {
        return file_error("remove the name of", path);
    }
    return file;
}

Result<void> write_at(
    const OpenFile& file,
    std::uint64_t offset,
    std::string_view bytes,
    const std::filesystem::path& path
) {
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return file_error("write", path);
        }
        offset += static_cast<std::uint64_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

}  // namespace rookery::search
