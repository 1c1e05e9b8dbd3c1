#include "base/json_writer.h"
#include "load/command_line.h"
#include "load/freshness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace rookery::load {

namespace {

double ms(std::int64_t ns) {
    return static_cast<double>(ns) / 1e6;
}

bool is_valid(const std::vector<Freshness>& results) {
    return std::ranges::all_of(results, [](const Freshness& result) { return result.never == 0; });
}

std::string to_json(const FreshnessOptions& options, const std::vector<Freshness>& results) {
    std::string out;
    const auto decimal = [](std::int64_t ns) { return fmt::format("{:.3f}", ms(ns)); };
    JsonWriter json(out);
    json.begin_object()
        .field("workload", "freshness")
        .field("celebrity", options.celebrity)
        .field("valid", is_valid(results))
        .key("authors")
        .begin_array();
    for (const Freshness& result : results) {
        json.begin_object()
            .field("followers", result.author.followers)
            .field("readers", result.author.readers.size())
            .key("acknowledged_p50_ms")
            .raw(decimal(result.acknowledged.at(0.5)))
            .key("seen_p50_ms")
            .raw(decimal(result.seen.at(0.5)))
            .key("seen_p99_ms")
            .raw(decimal(result.seen.at(0.99)))
            .key("seen_max_ms")
            .raw(decimal(result.seen.max()))
            .field("stale_pages", result.stale)
            .field("never", result.never)
            .end_object();
    }
    json.end_array().end_object();
    return out;
}

void print(const std::vector<Freshness>& results) {
    fmt::print(
        "{:>10}{:>9}{:>10}{:>12}{:>12}{:>12}{:>8}{:>7}\n",
        "followers",
        "readers",
        "ack ms",
        "seen p50",
        "seen p99",
        "seen max",
        "stale",
        "never"
    );
    for (const Freshness& result : results) {
        fmt::print(
            "{:>10}{:>9}{:>10.2f}{:>12.2f}{:>12.2f}{:>12.2f}{:>8}{:>7}\n",
            result.author.followers,
            result.author.readers.size(),
            ms(result.acknowledged.at(0.5)),
            ms(result.seen.at(0.5)),
            ms(result.seen.at(0.99)),
            ms(result.seen.max()),
            result.stale,
            result.never
        );
    }
    fmt::print("{}\n", is_valid(results) ? "VALID" : "INVALID");
}

void add_options(CLI::App& command, FreshnessOptions& options) {
    command.add_option("--target", options.target, "The server")->capture_default_str();
    command.add_option("--tokens", options.tokens, "Who acts: as for run")->required();
    command
        .add_option(
            "--followers", options.followers, "Take authors with about so many; comma-separated"
        )
        ->delimiter(',')
        ->capture_default_str();
    command
        .add_option(
            "--readers", options.readers, "Ask for the home pages of so many of them, at most"
        )
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--posts", options.posts, "Posts of each author")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_flag(
        "--celebrity",
        options.celebrity,
        "Each post comes right after one of the most followed account, once a second"
    );
    command.add_option("--json", options.json, "Append the result to this file");
}

}  // namespace

void add_freshness_command(CLI::App& program, int& exit_code) {
    const auto options = std::make_shared<FreshnessOptions>();
    CLI::App* command = program.add_subcommand(
        "freshness",
        "Post, and tell how long it takes until followers see it on their home pages. Pages that\n"
        "were asked for after the acknowledgement and lack the post are counted as stale. Invalid\n"
        "if a follower has not seen a post after ten seconds."
    );
    add_options(*command, *options);
    command->callback([options, &exit_code] {
        const auto results = measure_freshness(*options);
        if (!results) {
            fmt::print(stderr, "rookery-bench: {}\n", results.error().message);
            exit_code = 1;
            return;
        }
        print(*results);
        exit_code = is_valid(*results) ? 0 : 1;
        if (!options->json.empty()) {
            std::ofstream file(options->json, std::ios::app);
            file << to_json(*options, *results) << "\n";
            if (!file.flush()) {
                fmt::print(stderr, "rookery-bench: cannot write {}\n", options->json);
                exit_code = 1;
            }
        }
    });
}

}  // namespace rookery::load
