#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace rookery::feed {

/// How many of the posts that pages look at are not shown (filtered out, or gone), learned from the
/// pages before as a decaying average: so a page takes about as many ids as it needs, and neither
/// looks at posts for nothing nor has to go back for more. A wrong estimate costs time and nothing
/// else. Thread-safe.
class DropRate {
public:
    void note(std::size_t seen, std::size_t shown) {
        if (seen == 0) {
            return;
        }
        const std::uint32_t rate = rate_.load(std::memory_order_relaxed);
        const auto now = static_cast<std::uint32_t>((seen - std::min(shown, seen)) * kOne / seen);
        const std::uint32_t changed = rate - rate / kMemory + now / kMemory;
        if (changed != rate) {  // most pages change nothing: the line stays with all who read it
            rate_.store(changed, std::memory_order_relaxed);
        }
    }

    /// How many ids to take for `wanted` posts.
    [[nodiscard]] std::size_t ids_for(std::size_t wanted) const {
        const std::size_t rate = std::min(rate_.load(std::memory_order_relaxed), kMost);
        return (wanted * kOne + (kOne - rate) / 2) / (kOne - rate);
    }

private:
    static constexpr std::uint32_t kOne = 1U << 16;
    static constexpr std::uint32_t kMemory = 64;          ///< pages
    static constexpr std::uint32_t kMost = kOne / 4 * 3;  ///< more is not taken for granted
    std::atomic<std::uint32_t> rate_{kOne / 6};
};

}  // namespace rookery::feed
