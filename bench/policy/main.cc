// rookery-policy: makes traces and runs them under every fan-out policy. See README.md.

#include "policy/report.h"
#include "policy/trace_generator.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace {

using namespace rookery::policy;  // NOLINT(google-build-using-namespace): the whole program

int complain(const rookery::Error& error) {
    fmt::print(stderr, "rookery-policy: {}\n", error.message);
    return 1;
}

struct TraceCommand {
    std::string shape = "read-heavy";
    std::string graph;
    std::string out;
    std::uint32_t accounts = 20'000;
    std::uint64_t events = 200'000;
    std::uint64_t seed = 1;

    void add_to(CLI::App& program) {
        CLI::App* command = program.add_subcommand("trace", "Make a trace");
        command->add_option("--shape", shape, "What there is much of")
            ->check(CLI::IsMember({"read-heavy", "write-heavy", "celebrity-heavy"}))
            ->capture_default_str();
        command->add_option("--graph", graph, "Take this edge list, not one that is made up");
        command->add_option("--accounts", accounts, "Of a graph that is made up")
            ->check(CLI::Range(10, 100'000'000))
            ->capture_default_str();
        command->add_option("--events", events, "Posts and reads")->capture_default_str();
        command->add_option("--seed", seed)->capture_default_str();
        command->add_option("OUT", out, "The file to write")->required();
    }

    [[nodiscard]] int run() const {
        TraceShape chosen = *shape_of(shape);
        chosen.accounts = accounts;
        chosen.events = events;
        chosen.seed = seed;
        auto trace = graph.empty() ? generate_graph(chosen) : read_graph(graph);
        if (!trace) {
            return complain(trace.error());
        }
        if (trace->accounts == 0) {
            return complain(rookery::fail(
                rookery::ErrorCode::kInvalid, fmt::format("{}: there are no follows", graph)
            ));
        }
        generate_events(chosen, *trace);
        const auto written = write_trace(*trace, out);
        return written ? 0 : complain(written.error());
    }
};

/// Runs a trace under each contender and prints a line for each; fails if they differ in a page.
rookery::Result<void> compare(
    const std::string& file,
    const std::vector<Contender>& contenders,
    const ReplayOptions& options
) {
    TRY(const Trace trace, read_trace(file));
    print_trace(file, trace);
    std::vector<Figures> all;
    for (const Contender& contender : contenders) {
        TRY(auto figures, replay(trace, contender, options));
        print_figures(figures, all.empty());
        all.push_back(std::move(figures));
    }
    for (const Figures& figures : all) {
        if (figures.pages_hash != all.front().pages_hash) {
            return rookery::fail(
                rookery::ErrorCode::kInternal,
                fmt::format("{} and {} differ in a page", figures.name, all.front().name)
            );
        }
    }
    fmt::print("All pages were the same.\n");
    return {};
}

/// The options that both ways of comparing have.
struct Comparison {
    std::string file;
    ReplayOptions options;

    CLI::App* add_to(CLI::App& program, const char* name, const char* description) {
        CLI::App* command = program.add_subcommand(name, description);
        command->add_option("TRACE", file)->required();
        command->add_option("--pull-cost", options.pull_cost)->capture_default_str();
        command->add_option(
            "--inboxes", options.inboxes_max, "Of active readers (default: a tenth of the accounts)"
        );
        command
            ->add_option(
                "--refresh", options.policy_refresh_seconds, "Seconds that a decision holds"
            )
            ->capture_default_str();
        command
            ->add_option(
                "--push-at-once", options.push_at_once_max, "More receivers wait for the background"
            )
            ->capture_default_str();
        command->add_option("--check-every", options.check_every, "Pages")
            ->check(CLI::PositiveNumber)
            ->capture_default_str();
        return command;
    }
};

struct RunCommand {
    Comparison comparison;
    std::vector<std::string> only;

    void add_to(CLI::App& program) {
        CLI::App* command = comparison.add_to(program, "run", "Run a trace under every policy");
        command->add_option("--policy", only, "Only these, by the names that are printed");
        command->add_option("--threshold", comparison.options.threshold_followers, "In followers")
            ->capture_default_str();
        command->add_option("--push-cost", comparison.options.push_cost)->capture_default_str();
    }

    [[nodiscard]] int run() const {
        std::vector<Contender> chosen = contenders(comparison.options);
        std::erase_if(chosen, [this](const Contender& contender) {
            return !only.empty() && std::ranges::find(only, contender.name) == only.end();
        });
        const auto done = compare(comparison.file, chosen, comparison.options);
        return done ? 0 : complain(done.error());
    }
};

struct SweepCommand {
    Comparison comparison;
    std::vector<double> push_costs = {0.015625, 0.0625, 0.25, 1, 4, 16, 64};

    void add_to(CLI::App& program) {
        CLI::App* command = comparison.add_to(
            program, "sweep", "Run a trace under demand-priced with one price after another"
        );
        command
            ->add_option(
                "--push-costs",
                push_costs,
                "What a push costs, comma-separated; rates are told apart by powers of four"
            )
            ->delimiter(',')
            ->check(CLI::PositiveNumber)
            ->capture_default_str();
    }

    [[nodiscard]] int run() const {
        const auto chosen = priced_contenders(push_costs, comparison.options);
        const auto done = compare(comparison.file, chosen, comparison.options);
        return done ? 0 : complain(done.error());
    }
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App program(
        "Compares how posts reach home feeds: one trace, every policy.", "rookery-policy"
    );
    program.require_subcommand(1);
    TraceCommand trace;
    RunCommand run;
    SweepCommand sweep;
    trace.add_to(program);
    run.add_to(program);
    sweep.add_to(program);
    CLI11_PARSE(program, argc, argv);
    if (program.got_subcommand("trace")) {
        return trace.run();
    }
    return program.got_subcommand("run") ? run.run() : sweep.run();
}
