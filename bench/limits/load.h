#pragma once

#include "load/histogram.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace rookery::bench_limits {

/// A closed loop: each connection asks again as soon as it is answered.
struct LoadPlan {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    std::string path = "/v1/take";
    bool get = false;              ///< GET of `path` and a number, for servers that are no limiter
    std::size_t connections = 16;  ///< of gRPC: calls under way, over `channels`
    std::size_t channels = 4;
    std::size_t batch = 1;  ///< decisions a request
    std::size_t keys = 10'000;
    double seconds = 5;
};

struct LoadResult {
    load::Histogram latency_ns;  ///< of a request
    std::uint64_t requests = 0;
    std::uint64_t refused = 0;  ///< requests answered 429 or 503, or OVER_LIMIT
    double seconds = 0;
    std::string error;  ///< not empty: the run is worth nothing
};

[[nodiscard]] LoadResult run_http(const LoadPlan& plan);
[[nodiscard]] LoadResult run_grpc(const LoadPlan& plan);

}  // namespace rookery::bench_limits
