#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace rookery::discover {

inline constexpr std::size_t kAllFollows = std::numeric_limits<std::uint32_t>::max();

/// How many follows of one account can be kept, at most, if everybody's together must not be more
/// than `edges_max`: the largest such number, at least 1; kAllFollows if all fit.
[[nodiscard]] std::size_t
follows_of_one(std::span<const std::uint32_t> follows, std::uint64_t edges_max);

}  // namespace rookery::discover
