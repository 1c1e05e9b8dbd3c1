#include "app/command_line.h"
#include "app/control_client.h"
#include "app/demo.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <memory>

namespace rookery::app {

void add_demo_command(CLI::App& program) {
    const auto options = std::make_shared<CommonOptions>();
    CLI::App* command = program.add_subcommand(
        "demo", "Fill an empty data directory with the demo network and print how to sign in"
    );
    options->add_to(*command);
    command->callback([options] {
        Config config = options->read_config();
        settle(config);
        if (const auto sign_in = demo::sign_in_of(options->data)) {
            fmt::print(
                "The demo is there. Sign in as {} / {}\n", sign_in->username, sign_in->password
            );
            return;
        }
        log::set_level(log::Level::kWarning);
        const auto sign_in = demo::fill(config, options->data, [] { return false; });
        if (!sign_in) {
            end_with(sign_in.error());
        }
        fmt::print("Sign in as {} / {}\n", sign_in->username, sign_in->password);
    });
}

void add_config_command(CLI::App& program) {
    CLI::App* group = program.add_subcommand("config", "Configuration file");
    group->require_subcommand(1);
    struct PrintOptions {
        std::string config_path;
        bool markdown = false;
    };
    const auto options = std::make_shared<PrintOptions>();
    CLI::App* print = group->add_subcommand(
        "print", "Print a complete configuration file: every key, its meaning, default and price"
    );
    print
        ->add_option(
            "--config", options->config_path, "Print this file's values instead of the defaults"
        )
        ->type_name("FILE");
    print->add_flag("--markdown", options->markdown, "Print the document docs/configuration.md");
    print->callback([options] {
        if (options->markdown) {
            fmt::print("{}", configuration_document());
            return;
        }
        CommonOptions common;
        common.config_path = options->config_path;
        Config config = common.read_config();
        fmt::print("{}", print_options_toml(options_of(config)));
    });
    CLI::App* check = group->add_subcommand("check", "Say whether a configuration file is right");
    check->add_option("FILE", options->config_path, "The file")->required()->type_name("FILE");
    check->callback([options] {
        CommonOptions common;
        common.config_path = options->config_path;
        static_cast<void>(common.read_config());
        fmt::print("{} is right\n", options->config_path);
    });
}

}  // namespace rookery::app
