#include "app/limiter_server.h"

#include "api/limiter/configuration.h"
#include "api/limiter/grpc_server.h"
#include "api/limiter/http_routes.h"
#include "api/limiter/limiter.h"
#include "api/limiter/rules.h"
#include "app/limit_keeper.h"
#include "app/listen_address.h"
#include "app/metrics_route.h"
#include "app/open_network.h"
#include "app/process_metrics.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/server.h"
#include "limits/limit_key.h"
#include "limits/shared/store_limits.h"
#include "limits/timekeeper.h"

#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace rookery::app {

namespace {

namespace limiter = api::limiter;

constexpr std::size_t kBodyBytesMax = 4 * 1024 * 1024;

Result<limiter::Configuration> read_limits(const LimiterConfig& config) {
    TRY(const auto files, limiter::read_configuration_files(config.files));
    return limiter::Configuration::parse(
        files, {.has_store = !config.store.url.empty(), .all_shadow = config.all_shadow}
    );
}

/// Differs as soon as a file is another one, or has been written to.
std::string fingerprint(const std::vector<std::string>& paths) {
    std::string print;
    const auto add = [&](const std::filesystem::path& path) {
        std::error_code error;
        const auto written = std::filesystem::last_write_time(path, error);
        const auto size = std::filesystem::file_size(path, error);
        print += fmt::format("{}:{}:{};", path.string(), written.time_since_epoch().count(), size);
    };
    for (const std::string& path : paths) {
        const auto files = limiter::configuration_files(path);
        if (!files) {
            continue;
        }
        for (const auto& file : *files) {
            add(file);
        }
    }
    return print;
}

http::ServerConfig http_config(const ListenAddress& address, unsigned threads) {
    http::ServerConfig config;
    config.address = address.host;
    config.port = address.port;
    config.threads = threads;
    config.body_bytes_max = kBodyBytesMax;
    config.bodies_are_raw = true;
    config.cors_prefixes.clear();
    config.gzip_level = 0;  // the callers are near
    return config;
}

Task<http::Response> answer_health(const std::atomic<bool>* is_ready) {
    if (is_ready == nullptr || is_ready->load()) {
        co_return http::Response::json(R"({"status":"ok"})");
    }
    co_return http::Response::json(R"({"status":"stopping"})", 503);
}

}  // namespace

struct LimiterServer::Parts {
    explicit Parts(LimiterConfig told) : config(std::move(told)) {}

    LimiterConfig config;
    SystemClock clock;
    limits::Timekeeper time{clock};
    metrics::Registry registry;
    std::unique_ptr<LimitKeeper> keeper;
    limits::KeyHasher hasher{limits::KeyHasher::random_secret()};
    std::unique_ptr<limits::StoreLimits> store;  ///< null: there is none
    std::string read_print;
    std::unique_ptr<limiter::Limiter> limiter;
    std::atomic<bool> is_ready{true};
    http::Router router;
    std::unique_ptr<http::Server> http;
    std::unique_ptr<limiter::GrpcServer> grpc;
    metrics::Counter& reloads_done = reloads("done");
    metrics::Counter& reloads_failed = reloads("failed");

    metrics::Counter& reloads(std::string result) {
        return registry.counter(
            "rookery_limiter_reloads_total",
            "How often the files of limits were read again.",
            {{"result", std::move(result)}}
        );
    }

    Result<void> open_limits() {
        if (!config.data.empty()) {
            std::error_code error;
            std::filesystem::create_directories(config.data, error);
            TRY(keeper, LimitKeeper::open(config.data));
            hasher = keeper->hasher();
        }
        if (!config.store.url.empty()) {
            TRY(store, limits::StoreLimits::make(config.store, registry));
        }
        read_print = fingerprint(config.files);
        TRY(auto configuration, read_limits(config));
        TRY(limiter,
            limiter::Limiter::make(
                std::move(configuration),
                {.hasher = &hasher, .timekeeper = &time, .shared = store.get()},
                registry,
                {}
            ));
        if (keeper) {
            keeper->start([this] { return limiter->rules()->rulebook; }, time);
        }
        say_what_was_read();
        return {};
    }

    void say_what_was_read() const {
        log::info("limits read", {{"limits", limiter->rules()->configuration->limits().size()}});
    }

    void add_routes() {
        using http::Method;
        limiter::add_limiter_routes(router, *limiter, registry);
        add_metrics_route(router, registry, config.metrics_token, [this] {
            return limiter->expose();
        });
        router.add(Method::kGet, "/health/live", [](const http::RequestPtr&) {
            return answer_health(nullptr);
        });
        for (const std::string_view path : {"/health/ready", "/healthcheck"}) {
            router.add(Method::kGet, path, [this](const http::RequestPtr&) {
                return answer_health(&is_ready);
            });
        }
    }

    Result<void> start_http() {
        TRY(const ListenAddress address, parse_listen_address(config.listen));
        TRY(http,
            open_network(http_config(address, config.threads), router, nullptr, clock, registry));
        return {};
    }

    Result<void> start_grpc() {
        if (config.grpc == "none") {
            return {};
        }
        if (!config.grpc.starts_with("unix:")) {
            TRY([[maybe_unused]] const ListenAddress good, parse_listen_address(config.grpc));
        }
        TRY(grpc,
            limiter::GrpcServer::start(
                {.address = config.grpc, .with_fields = config.with_fields}, *limiter, registry
            ));
        return {};
    }
};

LimiterServer::LimiterServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::size_t> LimiterServer::check(const LimiterConfig& config) {
    TRY(const auto configuration, read_limits(config));
    return configuration.limits().size();
}

Result<std::unique_ptr<LimiterServer>> LimiterServer::start(LimiterConfig config) {
    auto parts = std::make_unique<Parts>(std::move(config));
    Parts& p = *parts;
    expose_process(p.registry);
    if (auto opened = p.open_limits(); !opened) {
        return std::move(opened).error();
    }
    p.add_routes();
    // From here on whatever was started must be stopped: that is the destructor's work.
    std::unique_ptr<LimiterServer> server(new LimiterServer(std::move(parts)));
    if (auto started = p.start_http(); !started) {
        return std::move(started).error();
    }
    if (auto started = p.start_grpc(); !started) {
        return std::move(started).error();
    }
    return server;
}

// An exception here is a bug: to end the process is right.
// NOLINTNEXTLINE(bugprone-exception-escape)
LimiterServer::~LimiterServer() {
    Parts& p = *parts_;
    p.is_ready = false;
    if (p.grpc) {
        p.grpc->stop();
    }
    if (p.http) {
        p.http->stop();
    }
    if (p.keeper) {
        p.keeper->stop();
    }
}

void LimiterServer::reload() {
    Parts& p = *parts_;
    p.read_print = fingerprint(p.config.files);
    auto configuration = read_limits(p.config);
    auto exchanged = configuration ? p.limiter->exchange(std::move(*configuration))
                                   : Result<void>(std::move(configuration).error());
    if (!exchanged) {
        p.reloads_failed.add();
        log::error(
            "limits are wrong; those from before hold on", {{"error", exchanged.error().message}}
        );
        return;
    }
    p.reloads_done.add();
    p.say_what_was_read();
}

void LimiterServer::reload_if_changed() {
    if (fingerprint(parts_->config.files) != parts_->read_print) {
        reload();
    }
}

std::uint16_t LimiterServer::http_port() const {
    return parts_->http->port();
}

std::uint16_t LimiterServer::grpc_port() const {
    return parts_->grpc ? parts_->grpc->port() : 0;
}

}  // namespace rookery::app
