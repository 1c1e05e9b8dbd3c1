#pragma once

#include "base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace rookery::search {

/// Bytes that stay as they are, in memory or mapped from a file.
class Bytes {
public:
    virtual ~Bytes() = default;
    [[nodiscard]] virtual std::string_view view() const = 0;
};

using BytesPtr = std::shared_ptr<const Bytes>;

[[nodiscard]] BytesPtr hold(std::string bytes);

/// The file must not be changed while it is mapped; it may be removed. kNotFound if there is none.
[[nodiscard]] Result<BytesPtr> map_file(const std::filesystem::path& path);

/// Makes the file anew and durable, except for its name: sync_directory() sees to that.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);
/// The same so that after a crash the file is the old one or the new one. Durable with its name.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);
/// Makes the names of new files in it durable.
[[nodiscard]] Result<void> sync_directory(const std::filesystem::path& path);

}  // namespace rookery::search
