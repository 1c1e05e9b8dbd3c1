#include "app/command_line.h"

#include "app/version.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

namespace rookery::app {

void end_with(std::string_view message) {
    fmt::print(stderr, "rookery: {}\n", message);
    throw CLI::RuntimeError(1);
}

void end_with(const Error& error) {
    end_with(error.detail.empty() ? error.message : error.message + " (" + error.detail + ")");
}

void CommonOptions::add_to(CLI::App& command) {
    command.add_option("--data", data, "Directory that holds everything")
        ->type_name("DIR")
        ->capture_default_str();
    command.add_option("--config", config_path, "Configuration file (TOML); see `config print`")
        ->type_name("FILE");
}

Config CommonOptions::read_config() const {
    Config config;
    config.api.base_url.clear();
    if (!config_path.empty()) {
        if (auto read = read_config_file(config_path, config); !read) {
            end_with(read.error());
        }
    }
    return config;
}

std::unique_ptr<OperatorLink> CommonOptions::link(bool may_create) const {
    Config config = read_config();
    settle(config);
    // A command's own log is for what went wrong; the server logs what it was asked.
    log::set_level(log::Level::kWarning);
    auto link = OperatorLink::open(config, data, may_create);
    if (!link) {
        end_with(link.error());
    }
    return std::move(*link);
}

int run_command_line(int argc, char** argv) {
    CLI::App program{
        "Rookery is a social network in one program: people sign up, follow each other, post, and\n"
        "read a home feed, with the apps that they already have for Mastodon.",
        "rookery"
    };
    program.set_version_flag("--version", std::string(kVersionLine));
    program.require_subcommand(1);
    program.get_formatter()->column_width(34);
    program.footer("`rookery COMMAND --help` tells more. To look around: rookery serve --demo");
    add_serve_command(program);
    add_account_command(program);
    add_import_command(program);
    add_events_command(program);
    add_check_command(program);
    add_reindex_command(program);
    add_reload_command(program);
    add_demo_command(program);
    add_config_command(program);
    add_limiter_command(program);
    try {
        program.parse(argc, argv);
    } catch (const CLI::RuntimeError& error) {
        return error.get_exit_code();
    } catch (const CLI::ParseError& error) {
        return program.exit(error);
    } catch (const std::exception& error) {
        fmt::print(stderr, "rookery: this is a bug, please report it: {}\n", error.what());
        return 1;
    }
    return 0;
}

}  // namespace rookery::app
