#pragma once

#include "base/result.h"
#include "search/open_file.h"
#include "search/sink.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What somebody needs for a while and may be larger than memory: beyond a bound it is in a file
/// that has no name, so that nothing of it is left, whatever happens.
namespace rookery::search {

/// Where such files are made, and how much is kept in memory before one is.
struct Scratch {
    std::filesystem::path directory;
    std::size_t held_bytes_max = std::numeric_limits<std::size_t>::max();
};

/// Bytes that are appended and at last handed on in one go.
class SpillBuffer {
public:
    /// `scratch` must outlive it.
    explicit SpillBuffer(const Scratch& scratch) : scratch_(&scratch) {}

    /// Append to these, and say so at times by settle().
    [[nodiscard]] std::string& held() { return held_; }
    void settle() {
        if (held_.size() > scratch_->held_bytes_max) {
            spill();
        }
    }
    [[nodiscard]] std::uint64_t size() const { return spilled_ + held_.size(); }
    void clear() {
        held_.clear();
        spilled_ = 0;  // the file is written from its beginning the next time
    }
    /// Appends everything to `out` and is empty. Says what went wrong since the last time.
    [[nodiscard]] Result<void> move_to(Sink& out);

private:
    void spill();

    const Scratch* scratch_;
    std::string held_;
    OpenFile file_;
    std::uint64_t spilled_ = 0;
    std::optional<Error> error_;
};

/// Numbers, any of which may be asked for: zeros at first.
class ScratchNumbers {
public:
    [[nodiscard]] static Result<ScratchNumbers> make(std::size_t count, const Scratch& scratch);
    ScratchNumbers(ScratchNumbers&& other) noexcept;
    ScratchNumbers& operator=(ScratchNumbers&&) = delete;
    ScratchNumbers(const ScratchNumbers&) = delete;
    ScratchNumbers& operator=(const ScratchNumbers&) = delete;
    ~ScratchNumbers();

    [[nodiscard]] std::span<std::uint32_t> all() const { return all_; }

private:
    ScratchNumbers() = default;

    std::vector<std::uint32_t> held_;
    void* mapped_ = nullptr;
    std::span<std::uint32_t> all_;
};

}  // namespace rookery::search
