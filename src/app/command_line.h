#pragma once

#include "app/config.h"
#include "app/operator_link.h"
#include "base/log.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace rookery::app {

/// The whole program: parses the command line, runs the one command, returns the exit code. 0:
/// done; 1: it failed, and one sentence on standard error says why; 2 and above: the command line
/// is wrong.
[[nodiscard]] int run_command_line(int argc, char** argv);

/// What several commands take.
struct CommonOptions {
    std::string data = "data";
    std::string config_path;
    bool json = false;

    /// --data and --config.
    void add_to(CLI::App& command);
    /// The defaults with the configuration file over them, not yet settled. Ends the command if the
    /// file is wrong.
    [[nodiscard]] Config read_config() const;
    /// Ends the command if there is no way to the data.
    [[nodiscard]] std::unique_ptr<OperatorLink> link(bool may_create = false) const;
};

/// Ends the command with exit code 1 and "rookery: MESSAGE" on standard error.
[[noreturn]] void end_with(const Error& error);
[[noreturn]] void end_with(std::string_view message);

/// Each adds its subcommand to the program.
void add_serve_command(CLI::App& program);
void add_limiter_command(CLI::App& program);
void add_account_command(CLI::App& program);
void add_import_command(CLI::App& program);
void add_events_command(CLI::App& program);
void add_check_command(CLI::App& program);
void add_reindex_command(CLI::App& program);
void add_reload_command(CLI::App& program);
void add_demo_command(CLI::App& program);
void add_config_command(CLI::App& program);

}  // namespace rookery::app
