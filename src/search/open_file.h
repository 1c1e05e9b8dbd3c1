#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace rookery::search {

/// A file's descriptor, closed at the end.
class OpenFile {
public:
    /// -1: there is none.
    explicit OpenFile(int descriptor = -1) : descriptor_(descriptor) {}
    OpenFile(OpenFile&& other) noexcept;
    OpenFile& operator=(OpenFile&& other) noexcept;
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile();

    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

/// What `errno` says: "cannot write /data/search/00000012.segment: No space left on device".
/// kNotFound if there is no such file.
[[nodiscard]] Error file_error(std::string_view what, const std::filesystem::path& path);

/// An empty file, to be read and written.
[[nodiscard]] Result<OpenFile> make_file(const std::filesystem::path& path);
/// The same without a name: it is gone when it is closed, also by the end of the process.
[[nodiscard]] Result<OpenFile> make_nameless_file(const std::filesystem::path& directory);

/// All of them, from there on. `path` is for the error.
[[nodiscard]] Result<void> write_at(
    const OpenFile& file,
    std::uint64_t offset,
    std::string_view bytes,
    const std::filesystem::path& path
);

}  // namespace rookery::search
