#include "search/scratch.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace rookery::search {

void SpillBuffer::spill() {
    if (!error_ && file_.get() < 0) {
        auto made = make_nameless_file(scratch_->directory);
        if (made) {
            file_ = std::move(*made);
        } else {
            error_ = std::move(made).error();
        }
    }
    if (!error_) {
        if (auto written = write_at(file_, spilled_, held_, scratch_->directory); !written) {
            error_ = std::move(written).error();
        }
    }
    spilled_ += held_.size();
    held_.clear();
}

Result<void> SpillBuffer::move_to(Sink& out) {
    std::string part;
    for (std::uint64_t at = 0; at < spilled_ && !error_;) {
        const std::uint64_t wanted = std::min<std::uint64_t>(spilled_ - at, 256U << 10U);
        part.resize(wanted);
        const ssize_t read = ::pread(file_.get(), part.data(), part.size(), static_cast<off_t>(at));
        if (read < 0 && errno == EINTR) {
            continue;
        }
        if (read <= 0) {
            error_ = file_error("read again what was written to", scratch_->directory);
            break;
        }
        out.append({part.data(), static_cast<std::size_t>(read)});
        at += static_cast<std::uint64_t>(read);
    }
    if (error_) {
        clear();
        return *std::exchange(error_, std::nullopt);
    }
    out.append(held_);
    clear();
    return {};
}

Result<ScratchNumbers> ScratchNumbers::make(std::size_t count, const Scratch& scratch) {
    ScratchNumbers made;
    const std::size_t bytes = count * sizeof(std::uint32_t);
    if (bytes <= scratch.held_bytes_max) {
        made.held_.resize(count);
        made.all_ = made.held_;
        return made;
    }
    TRY(const OpenFile file, make_nameless_file(scratch.directory));
    // All of it now: where there is no room on the disk, writing to what is mapped ends the
    // process.
    if (const int failed = ::posix_fallocate(file.get(), 0, static_cast<off_t>(bytes));
        failed != 0) {
        errno = failed;
        return file_error("make a file for a while in", scratch.directory);
    }
    void* mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    if (mapped == MAP_FAILED) {
        return file_error("map a file in", scratch.directory);
    }
    made.mapped_ = mapped;
    made.all_ = {static_cast<std::uint32_t*>(mapped), count};
    return made;
}

ScratchNumbers::ScratchNumbers(ScratchNumbers&& other) noexcept
    : held_(std::move(other.held_)),
      mapped_(std::exchange(other.mapped_, nullptr)),
      all_(std::exchange(other.all_, {})) {}

ScratchNumbers::~ScratchNumbers() {
    if (mapped_ != nullptr) {
        ::munmap(mapped_, all_.size_bytes());
    }
}

}  // namespace rookery::search
