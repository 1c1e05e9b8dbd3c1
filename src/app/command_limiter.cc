#include "app/command_line.h"
#include "app/limiter_server.h"
#include "app/process_signals.h"
#include "app/version.h"
#include "base/log.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <fstream>

namespace rookery::app {

namespace {

struct LimiterOptions {
    LimiterConfig config;
    std::string port_file;
    std::string log_level = "info";
    unsigned watch_seconds = 2;
    bool check = false;
    bool no_fields = false;
};

/// Two lines, "http PORT" and "grpc PORT"; complete as soon as it is there.
void write_port_file(const std::string& path, const LimiterServer& server) {
    const std::string unfinished = path + ".new";
    std::ofstream(unfinished) << "http " << server.http_port() << "\ngrpc " << server.grpc_port()
                              << '\n';
    if (std::rename(unfinished.c_str(), path.c_str()) != 0) {
        end_with("cannot write " + path);
    }
}

/// The next signal, or 0 after `seconds` without one; 0 seconds: waits for ever.
int next_signal(const sigset_t& signals, unsigned seconds) {
    if (seconds == 0) {
        int signal = 0;
        sigwait(&signals, &signal);
        return signal;
    }
    const timespec timeout{.tv_sec = static_cast<time_t>(seconds), .tv_nsec = 0};
    const int signal = sigtimedwait(&signals, nullptr, &timeout);
    return signal > 0 ? signal : 0;
}

void run(const LimiterOptions& options) {
    if (options.check) {
        const auto count = LimiterServer::check(options.config);
        if (!count) {
            end_with(count.error());
        }
        fmt::print("{} limits, nothing wrong\n", *count);
        return;
    }
    const sigset_t signals = block_stop_signals();
    set_log_level(options.log_level);
    raise_open_files_limit();
    LimiterConfig config = options.config;
    config.with_fields = !options.no_fields;
    auto server = LimiterServer::start(std::move(config));
    if (!server) {
        end_with(server.error());
    }
    if (!options.port_file.empty()) {
        write_port_file(options.port_file, **server);
    }
    log::info(
        "ready",
        {{"version", kVersion}, {"http", options.config.listen}, {"grpc", options.config.grpc}}
    );
    for (;;) {
        const int signal = next_signal(signals, options.watch_seconds);
        if (signal == SIGHUP) {
            (*server)->reload();
        } else if (signal == 0) {
            (*server)->reload_if_changed();
        } else {
            log::info("stopping; once more to stop at once", {{"signal", signal}});
            exit_at_next_signal(signals);
            server->reset();
            log::info("stopped");
            return;
        }
    }
}

}  // namespace

void add_limiter_command(CLI::App& program) {
    const auto options = std::make_shared<LimiterOptions>();
    LimiterConfig& config = options->config;
    CLI::App* command = program.add_subcommand(
        "limiter",
        "Serve rate limits to proxies and other programs, over gRPC as Envoy asks and over HTTP;\n"
        "SIGHUP reads the limits again, SIGINT and SIGTERM stop it"
    );
    command
        ->add_option("--limits", config.files, "YAML files of Envoy's form, or directories of them")
        ->type_name("PATH")
        ->required();
    command->add_option("--listen", config.listen, "Address of HTTP; port 0: any free one")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    command->add_option("--grpc", config.grpc, "Address of gRPC, or unix:/PATH; none: no gRPC")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    command->add_option("--threads", config.threads, "Threads of HTTP; 0: one for each core")
        ->capture_default_str();
    command
        ->add_option(
            "--store",
            config.store.url,
            "Redis or Valkey that all nodes share: redis://[user:password@]host[:port][/database] "
            "or "
            "unix:///path"
        )
        ->type_name("URL")
        ->envname("ROOKERY_LIMITER_STORE");
    command->add_option("--store-prefix", config.store.prefix, "What its keys begin with")
        ->type_name("TEXT")
        ->capture_default_str();
    command
        ->add_option(
            "--store-secret",
            config.store.secret,
            "Its keys are hashed with this, the same on all nodes; better from the environment"
        )
        ->type_name("TEXT")
        ->envname("ROOKERY_LIMITER_STORE_SECRET");
    command->add_option("--data", config.data, "Directory in which local counts outlive a restart")
        ->type_name("DIR");
    command
        ->add_option("--watch", options->watch_seconds, "Look for changed files so often; 0: never")
        ->type_name("SECONDS")
        ->capture_default_str();
    command->add_flag("--shadow", config.all_shadow, "Count, but never refuse");
    command->add_flag(
        "--no-fields", options->no_fields, "gRPC answers without RateLimit fields for the client"
    );
    command
        ->add_option(
            "--metrics-token", config.metrics_token, "Who sends it may read /metrics from elsewhere"
        )
        ->type_name("TOKEN");
    command->add_option("--log-level", options->log_level, "debug, info, warning or error")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
        ->capture_default_str();
    command->add_option("--port-file", options->port_file, "Write the ports here once it listens")
        ->type_name("FILE");
    command->add_flag("--check", options->check, "Only read the files, and say what is wrong");
    command->callback([options] { run(*options); });
}

}  // namespace rookery::app
