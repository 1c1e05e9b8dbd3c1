// rookery-graph: how good suggestions are, and how quick and how large the graph in memory is. See
// README.md.

#include "graph/network.h"
#include "graph/quality.h"
#include "graph/speed.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace {

using namespace rookery::graph_bench;  // NOLINT(google-build-using-namespace): the whole program

struct Options {
    std::string edges;
    bool undirected = false;
    std::uint64_t accounts = 250'000;
    std::uint64_t seed = 1;
    std::size_t people = 1'000;
    QualityOptions quality;

    void add_to(CLI::App& command) {
        command.add_option("--edges", edges, "Take this edge list (- is standard input)");
        command.add_flag("--undirected", undirected, "Each line of it is a follow both ways");
        command.add_option("--accounts", accounts, "Of a network that is made up without one")
            ->check(CLI::Range(10, 100'000'000))
            ->capture_default_str();
        command.add_option("--seed", seed)->capture_default_str();
        command.add_option("--people", people, "Who ask")->check(CLI::PositiveNumber);
    }

    [[nodiscard]] rookery::Result<Network> network() const {
        if (edges.empty()) {
            return make_network(accounts, seed);
        }
        return read_network(edges, undirected);
    }
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App program("Measures suggestions and the graph of follows.", "rookery-graph");
    program.require_subcommand(1);
    Options options;
    CLI::App* quality = program.add_subcommand("quality", "Hide follows, and look who finds them");
    options.add_to(*quality);
    quality->add_option("--hide", options.quality.hidden, "Share of the follows")
        ->check(CLI::Range(0.001, 0.9))
        ->capture_default_str();
    quality->add_flag(
        "--both-ways", options.quality.both_ways, "Hide with a follow the one the other way"
    );
    CLI::App* speed = program.add_subcommand("speed", "Time and memory");
    options.add_to(*speed);
    CLI::App* layouts = program.add_subcommand("layouts", "Other ways to keep the lists");
    options.add_to(*layouts);
    CLI11_PARSE(program, argc, argv);

    const auto network = options.network();
    if (!network) {
        fmt::print(stderr, "rookery-graph: {}\n", network.error().message);
        return 1;
    }
    if (*quality) {
        options.quality.people = options.people;
        options.quality.seed = options.seed;
        measure_quality(*network, options.quality);
    } else if (*speed) {
        measure_speed(*network, options.people, options.seed);
    } else {
        measure_layouts(*network, options.seed);
    }
    return 0;
}
