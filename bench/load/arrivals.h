#pragma once

#include <cstdint>
#include <vector>

namespace rookery::load {

/// When requests are to be sent, in nanoseconds after the start: a Poisson process of `per_second`
/// over `seconds`, fixed by the seed before the first request. Independent users arrive like this;
/// a steady tick would spare the server the bursts that they make.
[[nodiscard]] std::vector<std::int64_t>
poisson_arrivals(double per_second, double seconds, std::uint64_t seed);

}  // namespace rookery::load
