#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace rookery::app {

/// The lines of a file, plain or, if its name ends with .xz, decompressed by the program `xz`; "-"
/// is standard input. Knows how far it is, for a progress bar.
class LineSource {
public:
    /// kInvalid if the file cannot be read.
    [[nodiscard]] static Result<LineSource> open(const std::string& path);
    LineSource(LineSource&& other) noexcept;
    LineSource(const LineSource&) = delete;
    LineSource& operator=(const LineSource&) = delete;
    LineSource& operator=(LineSource&&) = delete;
    ~LineSource();

    /// The next line without its end, good until the next call; nothing at the end of the file.
    [[nodiscard]] std::optional<std::string_view> next();

    /// After the last line: kInvalid if reading ended early (a damaged archive, a broken disk).
    [[nodiscard]] Result<void> finish();

    /// From 0 to 1, by bytes read of the file as it lies on disk; 0 where that is not known.
    [[nodiscard]] double fraction_done() const;

private:
    LineSource() = default;

    std::string path_;
    int file_ = -1;                ///< the file as it lies on disk; the child reads it too
    std::FILE* stream_ = nullptr;  ///< where lines come from
    int child_ = -1;               ///< process id of xz, or -1
    std::uint64_t file_bytes_ = 0;
    bool read_error_ = false;
    char* line_ = nullptr;  ///< getline's
    std::size_t line_capacity_ = 0;
};

}  // namespace rookery::app
