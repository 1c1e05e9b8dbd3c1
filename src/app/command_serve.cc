#include "app/command_line.h"
#include "app/demo.h"
#include "app/listen_address.h"
#include "app/process_signals.h"
#include "app/server.h"
#include "app/version.h"
#include "base/log.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace rookery::app {

namespace {

struct ServeOptions {
    CommonOptions common;
    std::string listen = "127.0.0.1:8080";
    std::string url;
    std::string port_file;
    std::string web;
    bool no_web = false;
    bool no_limits = false;
    bool demo = false;
};

bool stop_is_pending() {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 ||
           sigismember(&pending, SIGHUP) == 1;
}

void check_open_files_limit(const Config& config) {
    const std::uint64_t limit = raise_open_files_limit();
    const std::uint64_t wanted =
        config.http.connections_max + static_cast<std::uint64_t>(config.store.open_files_max) + 100;
    if (limit != 0 && limit < wanted) {
        log::warning(
            "fewer files may be open than the configuration allows connections",
            {{"limit", limit}, {"wanted", wanted}}
        );
    }
}

/// What the configuration file says, and the command line over it.
Result<Config> read_config(const ServeOptions& options, const http::ServerConfig& listening) {
    Config config;
    config.api.base_url.clear();
    if (!options.common.config_path.empty()) {
        auto read = read_config_file(options.common.config_path, config);
        if (!read) {
            return std::move(read).error();
        }
    }
    config.http.address = listening.address;
    config.http.port = listening.port;
    if (!options.url.empty()) {
        config.api.base_url = options.url;
    }
    if (config.api.base_url.empty()) {
        config.api.base_url = ListenAddress{listening.address, listening.port}.local_url();
    }
    if (!config.api.base_url.starts_with("http://") &&
        !config.api.base_url.starts_with("https://")) {
        return fail(
            ErrorCode::kInvalid,
            "the public address must begin with https:// or http://, not " + config.api.base_url
        );
    }
    if (options.no_limits) {
        config.rate_limits.enabled = false;
    }
    settle(config);
    return config;
}

Config make_config(const ServeOptions& options) {
    auto listen = parse_listen_address(options.listen);
    if (listen) {
        listen = with_free_port(*listen);
    }
    if (!listen) {
        end_with(listen.error());
    }
    http::ServerConfig listening;
    listening.address = listen->host;
    listening.port = listen->port;
    auto config = read_config(options, listening);
    if (!config) {
        end_with(config.error());
    }
    return std::move(*config);
}

/// The web app of the folder that was named, or of the one beside this program; null if there is
/// none there, or none is wanted.
std::shared_ptr<const web::Site> open_web_app(const ServeOptions& options) {
    if (options.no_web) {
        return nullptr;
    }
    std::string folder = options.web;
    if (folder.empty()) {
        std::error_code error;
        const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
        const auto beside = program.parent_path() / "web";
        if (error || !std::filesystem::is_directory(beside, error)) {
            return nullptr;
        }
        folder = beside.string();
    }
    auto site = web::Site::open(folder);
    if (!site) {
        end_with(site.error());
    }
    return std::move(*site);
}

void write_port_file(const std::string& path, std::uint16_t port) {
    const std::string unfinished = path + ".new";
    std::ofstream(unfinished) << port << '\n';
    if (std::rename(unfinished.c_str(), path.c_str()) != 0) {
        end_with("cannot write " + path);
    }
}

void print_welcome(const Config& config, const std::string& data) {
    fmt::print("\n  Rookery is at {}\n", config.api.base_url);
    if (const auto sign_in = demo::sign_in_of(data)) {
        fmt::print("  Sign in to the demo as {} / {}\n", sign_in->username, sign_in->password);
    }
    fmt::print("  Stop it with Ctrl-C.\n\n");
    static_cast<void>(std::fflush(stdout));
}

void serve(const ServeOptions& options) {
    const sigset_t signals = block_stop_signals();
    const Config config = make_config(options);
    const std::string& data = options.common.data;
    set_log_level(config.process.log_level);
    check_open_files_limit(config);
    if (options.demo) {
        const auto filled = demo::fill(config, data, stop_is_pending);
        if (!filled && filled.error().code != ErrorCode::kConflict) {
            end_with(filled.error());
        }
    }
    if (!config.rate_limits.enabled) {
        log::warning("THERE ARE NO RATE LIMITS: fit for tests and load runs only");
    }
    const auto reread = [options, listening = config.http] {
        return read_config(options, listening);
    };
    auto server = Server::start(config, data, open_web_app(options), reread);
    if (!server) {
        end_with(server.error());
    }
    log::info(
        "ready",
        {{"version", kVersion},
         {"listen", fmt::format("{}:{}", config.http.address, config.http.port)},
         {"url", config.api.base_url},
         {"data", data}}
    );
    if (!options.port_file.empty()) {
        write_port_file(options.port_file, config.http.port);
    }
    print_welcome(config, data);

    int signal = 0;
    sigwait(&signals, &signal);
    log::info("stopping; once more to stop at once", {{"signal", signal}});
    exit_at_next_signal(signals);
    server->reset();
    log::info("stopped");
}

}  // namespace

void add_serve_command(CLI::App& program) {
    const auto options = std::make_shared<ServeOptions>();
    CLI::App* command = program.add_subcommand(
        "serve", "Run the server, until SIGINT or SIGTERM; a second one stops it at once"
    );
    options->common.add_to(*command);
    command->add_option("--listen", options->listen, "Address to listen on; port 0: any free one")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    command
        ->add_option(
            "--url",
            options->url,
            "Public address, e.g. https://social.example (default: as listened)"
        )
        ->type_name("URL");
    command->add_option("--port-file", options->port_file, "Write the port here once it listens")
        ->type_name("FILE");
    command
        ->add_option(
            "--web",
            options->web,
            "Folder of the built web app (default: web beside this program; without either, plain "
            "pages)"
        )
        ->type_name("DIR");
    command->add_flag(
        "--no-web", options->no_web, "Plain pages, even if there is a web app beside this program"
    );
    command->add_flag("--no-limits", options->no_limits, "No rate limits; for tests and load runs");
    command->add_flag(
        "--demo", options->demo, "Fill an empty data directory with the demo network"
    );
    command->callback([options] { serve(*options); });
}

}  // namespace rookery::app
