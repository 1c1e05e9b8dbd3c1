#include "app/command_line.h"
#include "app/control_client.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>

namespace rookery::app {

namespace {

void reload(const std::string& data) {
    auto client = ControlClient::connect(data);
    if (!client) {
        end_with("no server runs on " + data);
    }
    const auto answer = client->ask("config.reload", {});
    if (!answer) {
        end_with(answer.error());
    }
    const auto told = boost::json::parse(*answer);
    fmt::print("{} rate limits are in force\n", told.at("rate_limits").to_number<std::size_t>());
    for (const auto& key : told.at("restart_for").as_array()) {
        fmt::print("{} has changed too: that takes a restart\n", std::string(key.as_string()));
    }
}

}  // namespace

void add_reload_command(CLI::App& program) {
    const auto data = std::make_shared<std::string>("data");
    CLI::App* command = program.add_subcommand(
        "reload",
        "Have the running server read its configuration again: the rate limits change at once"
    );
    command->add_option("--data", *data, "Directory of the server")
        ->type_name("DIR")
        ->capture_default_str();
    command->callback([data] { reload(*data); });
}

}  // namespace rookery::app
