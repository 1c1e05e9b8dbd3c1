#pragma once

#include "graph/network.h"

#include <cstddef>
#include <cstdint>

namespace rookery::graph_bench {

struct QualityOptions {
    double hidden = 0.1;  ///< share of the follows
    std::size_t people = 2'000;
    std::uint64_t seed = 1;
    /// Also hides the follow the other way, if there is one: then following back is no help.
    bool both_ways = false;
};

/// Hides some follows, asks each way of suggesting for the accounts that lost some, and prints
/// which share of what an account lost was among the first 10 and the first 40 suggested, on
/// average.
void measure_quality(const Network& network, const QualityOptions& options);

}  // namespace rookery::graph_bench
