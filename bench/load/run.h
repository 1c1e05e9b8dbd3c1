#pragma once

#include "base/result.h"
#include "load/dataset.h"
#include "load/report.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::load {

/// What `rookery-bench run` is told.
struct RunOptions {
    std::string target = "http://127.0.0.1:8080";
    std::string tokens;
    std::string graph;                        ///< an edge list, or empty
    DatasetOptions generated{.accounts = 0};  ///< instead of the list, unless it has no accounts
    std::string requests;                     ///< the file of the workload "raw"
    std::string workload = "home";
    std::string readers = "zipf";
    std::string json;    ///< where the result goes as one line; empty: nowhere
    double rate = 1000;  ///< a second, in the open loop
    double seconds = 10;
    double warmup_seconds = 2;
    double drain_seconds = 10;
    std::size_t connections = 256;
    std::size_t people_max = 10'000'000;
    std::uint64_t sample_every = 256;
    std::uint64_t seed = 1;
    bool closed_loop = false;
    bool stays_awake = false;  ///< the client, see EngineOptions
    bool keep_alive = true;    ///< else each request has a connection of its own
    bool gzip = false;         ///< answers may be compressed: for `raw`, whose bodies nobody reads
    std::vector<int> server_pids;
    Bounds bounds;
};

/// Prepares, runs, judges, and prints. True if the run is valid.
[[nodiscard]] Result<bool> run_workload(const RunOptions& options);

}  // namespace rookery::load
