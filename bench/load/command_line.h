#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace rookery::load {

/// The whole program. 0: done, and the result is valid; 1: it failed, or the run is invalid, and
/// the output says why; 2 and above: the command line is wrong.
[[nodiscard]] int run_command_line(int argc, char** argv);

/// Each adds its subcommand; what the command comes to is written to `exit_code`.
void add_run_command(CLI::App& program, int& exit_code);
void add_generate_command(CLI::App& program, int& exit_code);
void add_streams_command(CLI::App& program, int& exit_code);
void add_freshness_command(CLI::App& program, int& exit_code);

}  // namespace rookery::load
