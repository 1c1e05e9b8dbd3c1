#include "events/backoff.h"

#include <algorithm>

namespace rookery::events {

std::chrono::milliseconds Backoff::after(std::uint32_t failures) {
    constexpr std::uint32_t kDoublingsMax = 20;
    const std::uint32_t doublings = std::min(failures == 0 ? 0 : failures - 1, kDoublingsMax);
    const std::int64_t whole = std::min(first_.count() << doublings, max_.count());
    const auto half = static_cast<std::uint64_t>(whole / 2);
    return std::chrono::milliseconds(whole - static_cast<std::int64_t>(random_.below(half + 1)));
}

}  // namespace rookery::events
