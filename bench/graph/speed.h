#pragma once

#include "graph/network.h"

#include <cstddef>
#include <cstdint>

namespace rookery::graph_bench {

/// Prints how long a graph of the network takes to build and to change, how large it is, and how
/// long suggestions and graph queries take for `people` accounts (and pairs of them), on one
/// thread.
void measure_speed(const Network& network, std::size_t people, std::uint64_t seed);

/// Prints size and speed of other ways to keep the same lists beside ours: plain numbers, and gaps
/// of a variable number of bytes.
void measure_layouts(const Network& network, std::uint64_t seed);

}  // namespace rookery::graph_bench
