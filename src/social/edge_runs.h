#pragma once

#include "base/result.h"

#include <compare>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace rookery::social {

/// An edge as two numbers, in the order in which it is sorted.
struct IdPair {
    std::uint64_t first = 0;
    std::uint64_t second = 0;

    auto operator<=>(const IdPair&) const = default;
};

/// Sorts in rising order and leaves each pair once; `spare` is memory to work with.
void sort_pairs(std::vector<IdPair>& pairs, std::vector<IdPair>& spare);

/// Sorted runs of pairs, about 4 bytes a pair, in a file that has no name and so goes with the
/// process, however that ends. append() by one thread; afterwards read by many (EdgeMerge).
class EdgeRuns {
public:
    /// kInternal if no file can be made in `directory`, which is made if need be.
    [[nodiscard]] static Result<EdgeRuns> create(const std::filesystem::path& directory);
    EdgeRuns(EdgeRuns&& other) noexcept;
    EdgeRuns& operator=(EdgeRuns&&) = delete;
    EdgeRuns(const EdgeRuns&) = delete;
    EdgeRuns& operator=(const EdgeRuns&) = delete;
    ~EdgeRuns();

    /// One run: pairs that rise strictly.
    [[nodiscard]] Result<void> append(std::span<const IdPair> sorted);

    /// Numbers that cut what `first` may be into about `parts` parts of as many pairs each; without
    /// both ends, rising, maybe fewer.
    [[nodiscard]] std::vector<std::uint64_t> borders(std::size_t parts) const;

private:
    friend class EdgeMerge;
    /// Each block of a run can be read without those before it.
    struct Block {
        std::uint64_t first = 0;  ///< of its first pair
        std::uint64_t offset = 0;
    };
    struct Run {
        std::vector<Block> blocks;
        std::uint64_t end = 0;  ///< offset behind its last byte
    };

    explicit EdgeRuns(int file) : file_(file) {}

    int file_ = -1;
    std::uint64_t size_ = 0;
    std::vector<Run> runs_;
};

/// All pairs of all runs with from <= first < until, in order, each once.
class EdgeMerge {
public:
    /// `runs` must outlive it.
    EdgeMerge(const EdgeRuns& runs, std::uint64_t from, std::uint64_t until);

    /// Nothing at the end, or if reading failed: status() knows.
    [[nodiscard]] std::optional<IdPair> next();
    [[nodiscard]] Result<void> status() const;

private:
    struct Cursor {
        std::uint64_t offset = 0;  ///< of the next byte to read from the file
        std::uint64_t end = 0;
        std::vector<char> buffer;
        std::size_t at = 0;    ///< in the buffer
        std::size_t size = 0;  ///< of what the buffer holds
        std::size_t pairs = 0;
        IdPair pair;
    };
    [[nodiscard]] bool advance(Cursor& cursor);
    [[nodiscard]] bool fill(Cursor& cursor);
    void sift_down();

    int file_;
    std::uint64_t until_;
    std::vector<Cursor> cursors_;
    std::vector<Cursor*> heap_;  ///< the least pair on top
    std::optional<IdPair> last_;
    int error_ = 0;  ///< errno
};

}  // namespace rookery::social
