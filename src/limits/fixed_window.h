#pragma once

#include "base/clock.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace rookery::limits {

struct FixedWindowConfig {
    std::uint32_t requests_max = 300;
    std::uint32_t window_ms = 300'000;
    std::size_t keys_max = 65'536;  ///< 16 bytes each, taken at start
};

struct Allowance {
    bool allowed = true;
    std::uint32_t limit = 0;
    std::uint32_t remaining = 0;
    UnixMs resets_at_ms = 0;  ///< when the present window ends
};

/// Counts requests per key in windows that begin at multiples of their length. Memory is fixed: a
/// key has eight places where it may stand, and when all are taken by others of this window, the
/// one with the fewest requests is forgotten. So a flood of new keys pushes out its own kind first
/// and never the busy keys that the limit is for. Thread-safe.
class FixedWindow {
public:
    explicit FixedWindow(FixedWindowConfig config);
    ~FixedWindow();

    /// Counts one request of `key` at `now_ms` and says whether it is within the limit.
    [[nodiscard]] Allowance take(std::string_view key, UnixMs now_ms);

    /// What take() would answer, without counting.
    [[nodiscard]] Allowance peek(std::string_view key, UnixMs now_ms) const;

private:
    class Table;
    FixedWindowConfig config_;
    std::unique_ptr<Table> table_;
};

}  // namespace rookery::limits
