#pragma once

#include "base/result.h"
#include "http/response.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace rookery::web {

/// One file of the web app, in memory.
struct File {
    std::string content_type;
    http::Fragment bytes;
    http::Fragment brotli;      ///< of the file beside it with .br; null if there is none
    http::Fragment gzip;        ///< the same with .gz
    bool is_immutable = false;  ///< its name changes with its bytes, so nobody need ask again
};

/// The files of a folder by their address: "/assets/index-B1x8_zQ2.js".
using Files = std::map<std::string, File, std::less<>>;

/// More is no web app, but a folder that was named by mistake.
inline constexpr std::size_t kFolderBytesMax = 256UL << 20U;

/// Reads all files of the folder and of the folders in it, but those whose names begin with a dot.
/// kInvalid says what is wrong with the folder, in a sentence for the operator.
[[nodiscard]] Result<Files> read_folder(const std::filesystem::path& folder);

/// By the ending: "text/javascript; charset=utf-8" of "x.js"; "application/octet-stream" for what
/// is not known.
[[nodiscard]] std::string content_type_of(std::string_view name);

/// As long is the hash that our own bundler puts into names; others may write longer ones.
inline constexpr std::size_t kHashLength = 8;

/// True for "/assets/NAME-HASH.ext", as bundlers write it: at least eight letters, digits, '_' or
/// '-' after a '-' or '.', not all of them lower-case letters.
[[nodiscard]] bool has_hashed_name(std::string_view address);

}  // namespace rookery::web
