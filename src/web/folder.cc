#include "web/folder.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>
#include <utility>

namespace rookery::web {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBrotliEnding = ".br";
constexpr std::string_view kGzipEnding = ".gz";

/// The addresses of all files below `folder`, with where they lie.
Result<std::map<std::string, fs::path>> list_files(const fs::path& folder) {
    std::map<std::string, fs::path> found;
    std::error_code error;
    auto entry = fs::recursive_directory_iterator(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with('.')) {
            entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file(error)) {
            continue;
        }
        if (name.starts_with(':') || name.starts_with('*') || !is_valid_utf8(name)) {
            return fail(
                ErrorCode::kInvalid,
                "the web folder has a file whose name cannot be an address: " +
                    entry->path().string()
            );
        }
        found.emplace(
            "/" + entry->path().lexically_relative(folder).generic_string(), entry->path()
        );
    }
    if (error) {
        return fail(
            ErrorCode::kInvalid,
            "cannot read the web folder " + folder.string() + ": " + error.message()
        );
    }
    return found;
}

Result<http::Fragment> read_file(const fs::path& path, std::size_t& bytes_left) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) {
        return fail(ErrorCode::kInvalid, "cannot read " + path.string() + " of the web folder");
    }
    if (bytes.size() > bytes_left) {
        return fail(
            ErrorCode::kInvalid,
            "the web folder has more than " + std::to_string(kFolderBytesMax >> 20U) +
                " MB; name the folder of a built web app"
        );
    }
    bytes_left -= bytes.size();
    return std::make_shared<const std::string>(std::move(bytes));
}

/// "/x.js" for "/x.js.br"; empty if `address` has not this ending.
std::string_view without_ending(std::string_view address, std::string_view ending) {
    return address.ends_with(ending) ? address.substr(0, address.size() - ending.size())
                                     : std::string_view();
}

bool is_hash(std::string_view text) {
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    };
    return std::ranges::all_of(text, is_word) && std::ranges::any_of(text, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
}

}  // namespace

Result<Files> read_folder(const fs::path& folder) {
    TRY(const auto paths, list_files(folder));
    Files files;
    std::size_t bytes_left = kFolderBytesMax;
    for (const auto& [address, path] : paths) {
        const bool is_sibling =
            paths.contains(std::string(without_ending(address, kBrotliEnding))) ||
            paths.contains(std::string(without_ending(address, kGzipEnding)));
        if (is_sibling) {
            continue;
        }
        File file;
        file.content_type = content_type_of(address);
        file.is_immutable = has_hashed_name(address);
        TRY(file.bytes, read_file(path, bytes_left));
        for (const auto& [ending, bytes] :
             {std::pair{kBrotliEnding, &file.brotli}, std::pair{kGzipEnding, &file.gzip}}) {
            const auto sibling = paths.find(address + std::string(ending));
            if (sibling != paths.end()) {
                TRY(*bytes, read_file(sibling->second, bytes_left));
            }
        }
        files.emplace(address, std::move(file));
    }
    return files;
}

std::string content_type_of(std::string_view name) {
    static constexpr auto kTypes = std::to_array<std::pair<std::string_view, std::string_view>>({
        {".avif", "image/avif"},
        {".css", "text/css; charset=utf-8"},
        {".gif", "image/gif"},
        {".html", "text/html; charset=utf-8"},
        {".ico", "image/x-icon"},
        {".jpeg", "image/jpeg"},
        {".jpg", "image/jpeg"},
        {".js", "text/javascript; charset=utf-8"},
        {".json", "application/json; charset=utf-8"},
        {".map", "application/json; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".mp3", "audio/mpeg"},
        {".mp4", "video/mp4"},
        {".ogg", "audio/ogg"},
        {".otf", "font/otf"},
        {".png", "image/png"},
        {".svg", "image/svg+xml"},
        {".ttf", "font/ttf"},
        {".txt", "text/plain; charset=utf-8"},
        {".wasm", "application/wasm"},
        {".webm", "video/webm"},
        {".webmanifest", "application/manifest+json; charset=utf-8"},
        {".webp", "image/webp"},
        {".woff", "font/woff"},
        {".woff2", "font/woff2"},
        {".xml", "application/xml; charset=utf-8"},
    });
    const std::size_t dot = name.rfind('.');
    const std::string ending = dot == std::string_view::npos ? "" : ascii_lower(name.substr(dot));
    const auto* const found =
        std::ranges::find(kTypes, std::string_view(ending), [](const auto& t) { return t.first; });
    return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

bool has_hashed_name(std::string_view address) {
    constexpr std::string_view kFolder = "/assets/";
    if (!address.starts_with(kFolder)) {
        return false;
    }
    std::string_view stem = address.substr(address.rfind('/') + 1);
    if (stem.ends_with(".map")) {
        stem.remove_suffix(4);
    }
    stem = stem.substr(0, stem.rfind('.'));
    const auto is_border = [&](std::size_t at) { return stem[at] == '-' || stem[at] == '.'; };
    // A hash of eight may contain '-' itself; a longer one is what follows the last border.
    if (stem.size() > kHashLength + 1 && is_border(stem.size() - kHashLength - 1) &&
        is_hash(stem.substr(stem.size() - kHashLength))) {
        return true;
    }
    const std::size_t border = stem.find_last_of("-.");
    return border != std::string_view::npos && border > 0 &&
           stem.size() - border - 1 >= kHashLength && is_hash(stem.substr(border + 1));
}

}  // namespace rookery::web
