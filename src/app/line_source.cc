#include "app/line_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <stdio_ext.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

extern char** environ;

namespace rookery::app {

namespace {

std::string reason(int error) {
    return std::error_code(error, std::generic_category()).message();
}

/// Starts `xz -dc` with `file` as its input; its process id, and the end to read from in `output`.
Result<int> spawn_xz(int file, int& output) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorCode::kInternal, "cannot make a pipe: " + reason(errno));
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, file, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::string program = "xz";
    std::string flag = "-dc";
    const std::array<char*, 3> arguments{program.data(), flag.data(), nullptr};
    pid_t child = -1;
    const int error =
        posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (error != 0) {
        ::close(ends[0]);
        return fail(
            ErrorCode::kInvalid,
            "cannot run xz (Debian's package xz-utils) to unpack the file: " + reason(error)
        );
    }
    output = ends[0];
    return child;
}

}  // namespace

Result<LineSource> LineSource::open(const std::string& path) {
    LineSource source;
    source.path_ = path;
    source.file_ = path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                               : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about{};
    if (source.file_ < 0 || ::fstat(source.file_, &about) != 0) {
        return fail(ErrorCode::kInvalid, fmt::format("cannot read {}: {}", path, reason(errno)));
    }
    if (S_ISDIR(about.st_mode)) {
        return fail(ErrorCode::kInvalid, fmt::format("cannot read {}: it is a directory", path));
    }
    source.file_bytes_ = static_cast<std::uint64_t>(about.st_size);
    int readable = -1;
    if (path.ends_with(".xz")) {
        TRY(source.child_, spawn_xz(source.file_, readable));
    } else {
        readable = ::fcntl(source.file_, F_DUPFD_CLOEXEC, 0);
    }
    source.stream_ = ::fdopen(readable, "r");
    static_cast<void>(std::setvbuf(source.stream_, nullptr, _IOFBF, std::size_t{1} << 18));
    ::__fsetlocking(source.stream_, FSETLOCKING_BYCALLER);  // one thread reads
    return source;
}

LineSource::LineSource(LineSource&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      stream_(std::exchange(other.stream_, nullptr)),
      child_(std::exchange(other.child_, -1)),
      file_bytes_(other.file_bytes_),
      read_error_(other.read_error_),
      line_(std::exchange(other.line_, nullptr)),
      line_capacity_(std::exchange(other.line_capacity_, 0)) {}

LineSource::~LineSource() {
    if (stream_ != nullptr) {
        static_cast<void>(std::fclose(stream_));
    }
    std::free(line_);  // NOLINT(cppcoreguidelines-no-malloc): getline allocated it
    if (child_ > 0) {
        ::waitpid(child_, nullptr, 0);  // its output is closed, so it ends
    }
    if (file_ >= 0) {
        ::close(file_);
    }
}

std::optional<std::string_view> LineSource::next() {
    const ssize_t size = ::getline(&line_, &line_capacity_, stream_);
    if (size < 0) {
        read_error_ = std::ferror(stream_) != 0;
        return std::nullopt;
    }
    std::string_view line(line_, static_cast<std::size_t>(size));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) {
        line.remove_suffix(1);
    }
    return line;
}

Result<void> LineSource::finish() {
    int status = 0;
    if (child_ > 0) {
        ::waitpid(std::exchange(child_, -1), &status, 0);
    }
    if (read_error_ || status != 0) {
        return fail(
            ErrorCode::kInvalid, fmt::format("{} is damaged: reading it ended early", path_)
        );
    }
    return {};
}

double LineSource::fraction_done() const {
    const off_t at = ::lseek(file_, 0, SEEK_CUR);
    return file_bytes_ == 0 || at < 0 ? 0.0
                                      : static_cast<double>(at) / static_cast<double>(file_bytes_);
}

}  // namespace rookery::app
