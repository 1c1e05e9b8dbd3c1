#include "load/command_line.h"
#include "load/run.h"
#include "load/workload.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

namespace rookery::load {

namespace {

void add_load_options(CLI::App& command, RunOptions& options) {
    command.add_option("--target", options.target, "The server: http://HOST:PORT")
        ->capture_default_str();
    command
        .add_option(
            "--tokens",
            options.tokens,
            "Who acts: lines \"ACCOUNT-ID TOKEN [NUMBER]\", the number being the account's in the "
            "graph (default: its id)"
        )
        ->required()
        ->type_name("FILE");
    command
        .add_option(
            "--graph",
            options.graph,
            "The follows as lines \"FOLLOWER FOLLOWEE\": home pages are then checked to be exactly "
            "the newest posts"
        )
        ->type_name("FILE");
    command.add_option(
        "--graph-accounts",
        options.generated.accounts,
        "The same, for a network made by \"generate\" with so many accounts"
    );
    command.add_option("--graph-seed", options.generated.seed, "and this seed")
        ->capture_default_str();
    command
        .add_option(
            "--graph-celebrity-share",
            options.generated.celebrity_share,
            "and this share of all who follow account 1"
        )
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--workload", options.workload, "One of: " + Workload::names())
        ->capture_default_str();
    command
        .add_option(
            "--requests",
            options.requests,
            "What the workload raw sends: lines \"METHOD PATH [TOKEN|-] [BODY]\""
        )
        ->type_name("FILE");
    command.add_option("--readers", options.readers, "Who reads: zipf (exponent 0.8) or uniform")
        ->capture_default_str();
    command
        .add_option(
            "--people", options.people_max, "Use only so many of the tokens, from the beginning"
        )
        ->check(CLI::PositiveNumber);
    command.add_option("--seed", options.seed, "Decides every request and its time")
        ->capture_default_str();
}

void add_time_options(CLI::App& command, RunOptions& options) {
    command
        .add_option("--rate", options.rate, "Requests a second, as a Poisson process (open loop)")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_flag(
        "--closed",
        options.closed_loop,
        "Closed loop: each connection sends when its answer came; finds the highest rate"
    );
    command.add_flag(
        "--awake",
        options.stays_awake,
        "The client never sleeps, so that a server on the same machine need not wake its core"
    );
    command.add_option("--connections", options.connections, "Keep-alive connections")
        ->check(CLI::Range(1, 60'000))
        ->capture_default_str();
    command.add_flag(
        "!--no-keep-alive",
        options.keep_alive,
        "Each request opens a connection of its own when it is sent, which counts; at most "
        "--connections at once: for servers that close after each answer"
    );
    command.add_flag(
        "--gzip", options.gzip, "Accept compressed answers; for the workload raw, which reads none"
    );
    command.add_option("--seconds", options.seconds, "The measured time")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--warmup", options.warmup_seconds, "Before it, the same load unmeasured")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_option("--drain", options.drain_seconds, "After it, wait so long for answers")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
}

void add_judging_options(CLI::App& command, RunOptions& options) {
    command
        .add_option("--sample", options.sample_every, "One in so many answers is read and checked")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command
        .add_option(
            "--server-pid",
            options.server_pids,
            "The server's process, for its CPU and memory (default: who listens on the port)"
        )
        ->type_name("PID");
    command.add_option("--json", options.json, "Append the result to this file as a line of JSON")
        ->type_name("FILE");
    command
        .add_option(
            "--late-max", options.bounds.lateness_p99_ms, "Invalid if the client is later, ms (p99)"
        )
        ->capture_default_str();
    command
        .add_option(
            "--client-max",
            options.bounds.client_cpu_percent,
            "Invalid if the client uses more of its core, %"
        )
        ->capture_default_str();
    command
        .add_option(
            "--others-max",
            options.bounds.others_percent,
            "Invalid if other processes use more, % of a core"
        )
        ->capture_default_str();
    command
        .add_option(
            "--steal-max",
            options.bounds.steal_percent,
            "Invalid if the hypervisor takes more, % of a core"
        )
        ->capture_default_str();
}

}  // namespace

void add_run_command(CLI::App& program, int& exit_code) {
    const auto options = std::make_shared<RunOptions>();
    CLI::App* command = program.add_subcommand("run", "Load a server and report");
    add_load_options(*command, *options);
    add_time_options(*command, *options);
    add_judging_options(*command, *options);
    command->callback([options, &exit_code] {
        const auto valid = run_workload(*options);
        if (!valid) {
            fmt::print(stderr, "rookery-bench: {}\n", valid.error().message);
        }
        exit_code = valid && *valid ? 0 : 1;
    });
}

}  // namespace rookery::load
