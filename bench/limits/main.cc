// Asks a limiter as fast as it can, and prints one line of JSON.

#include "limits/load.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace {

using rookery::bench_limits::LoadPlan;
using rookery::bench_limits::LoadResult;

int print(const LoadPlan& plan, const LoadResult& result) {
    if (!result.error.empty()) {
        fmt::print(stderr, "rookery-limits-load: {}\n", result.error);
        return 1;
    }
    const double requests = static_cast<double>(result.requests) / result.seconds;
    fmt::print(
        R"({{"decisions_per_s":{:.0f},"requests_per_s":{:.0f},"refused":{},"p50_us":{:.1f},"p99_us":{:.1f}}})"
        "\n",
        requests * static_cast<double>(plan.batch),
        requests,
        result.refused,
        static_cast<double>(result.latency_ns.at(0.5)) / 1000,
        static_cast<double>(result.latency_ns.at(0.99)) / 1000
    );
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program{"Asks a limiter as fast as it can", "rookery-limits-load"};
    LoadPlan plan;
    bool grpc = false;
    program.add_flag("--grpc", grpc, "Over gRPC, not HTTP");
    program.add_option("--port", plan.port)->required();
    program.add_option("--path", plan.path);
    program.add_flag("--get", plan.get, "GET of the path with a number behind it");
    program.add_option("--connections", plan.connections);
    program.add_option("--channels", plan.channels);
    program.add_option("--batch", plan.batch, "Decisions a request (HTTP)");
    program.add_option("--keys", plan.keys);
    program.add_option("--seconds", plan.seconds);
    CLI11_PARSE(program, argc, argv);
    if (grpc) {
        plan.batch = 1;
        return print(plan, rookery::bench_limits::run_grpc(plan));
    }
    return print(plan, rookery::bench_limits::run_http(plan));
}
