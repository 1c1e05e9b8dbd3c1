#include "app/server.h"

#include "api/mastodon/api.h"
#include "api/mastodon/routes.h"
#include "app/control.h"
#include "app/control_client.h"
#include "app/core.h"
#include "app/discovery_metrics.h"
#include "app/limit_keeper.h"
#include "app/limit_metrics.h"
#include "app/open_network.h"
#include "app/operations_routes.h"
#include "app/process_metrics.h"
#include "app/run_task.h"
#include "app/search_metrics.h"
#include "app/upkeep.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "events/runner.h"
#include "http/server.h"
#include "limits/shared/store_limits.h"

#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

namespace rookery::app {

struct Server::Parts {
    explicit Parts(const Config& settled) : config(settled) {}

    Config config;
    std::function<Result<Config>()> reread;
    std::mutex reloading;
    SystemClock clock;
    metrics::Registry registry;
    std::atomic<Readiness> readiness{Readiness::kStarting};
    std::unique_ptr<Core> core;
    std::unique_ptr<events::Runner> runner;
    std::unique_ptr<Upkeep> upkeep;
    std::unique_ptr<Control> control;
    std::unique_ptr<LimitKeeper> limit_keeper;
    std::unique_ptr<limits::StoreLimits> shared_limits;  ///< null: no store
    std::unique_ptr<api::mastodon::Api> api;
    http::Router router;
    http::Router control_routes;
    std::optional<ShortSocketPath> socket_path;
    std::unique_ptr<http::Server> network;

    [[nodiscard]] api::mastodon::Services services() {
        return {
            core->environment,   core->accounts,   core->sessions,  core->follows,
            core->viewers,       core->posts,      core->threads,   core->reactions,
            core->cards,         core->home_feed,  core->timelines, core->conversations,
            core->lists,         core->markers,    core->inbox,     core->post_search,
            core->people_search, core->tag_search, core->trends,    core->suggestions,
            core->connections,   core->directory,  registry,
        };
    }

    /// What came of it, as JSON.
    Result<std::string> reload() {
        const std::lock_guard lock(reloading);
        TRY(Config fresh, reread());
        auto restart_for = changed_keys(options_of(config), options_of(fresh));
        std::erase(restart_for, "rate_limits.enabled");
        fresh.rate_limits.store = config.rate_limits.store;
        const auto policies = rate_policies(fresh.rate_limits);
        if (auto replaced = api->throttles.replace(policies); !replaced) {
            return std::move(replaced).error();
        }
        config.rate_limits = fresh.rate_limits;
        expose_limits(api->throttles, registry);
        const std::size_t rules = policies.size();
        log::info("configuration read again", {{"rate_limits", rules}});
        std::string body;
        JsonWriter json(body);
        json.begin_object().field("rate_limits", rules).key("restart_for").begin_array();
        for (const std::string& key : restart_for) {
            json.string(key);
        }
        json.end_array().end_object();
        return body;
    }

    Result<void> start_network(const std::string& data) {
        TRY(ShortSocketPath path, ShortSocketPath::of(data));
        socket_path.emplace(std::move(path));
        config.http.control_socket = socket_path->text();
        TRY(network, open_network(config.http, router, &control_routes, clock, registry));
        return {};
    }
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<Server>> Server::start(
    const Config& config,
    const std::string& data,
    std::shared_ptr<const web::Site> site,
    std::function<Result<Config>()> reread
) {
    auto parts = std::make_unique<Parts>(config);
    Parts& p = *parts;
    p.reread = std::move(reread);
    expose_process(p.registry);
    TRY(p.core, Core::open(p.config, data, p.clock, p.registry));
    p.runner = std::make_unique<events::Runner>(
        p.config.events, p.core->store, p.clock, p.registry, p.core->environment.ids.next()
    );
    for (events::Consumer* consumer : p.core->consumers()) {
        p.runner->add(*consumer, events::Durability::kDurable);
    }
    for (events::Consumer* consumer : p.core->ephemeral_consumers()) {
        p.runner->add(*consumer, events::Durability::kEphemeral);
    }
    p.upkeep = std::make_unique<Upkeep>(p.core->derived_states(), p.config.search.flush_interval);
    expose_search(*p.core, p.registry);
    p.core->trends.expose(p.registry);
    expose_discovery(*p.core, p.registry);
    p.core->nudge([runner = p.runner.get()] { runner->nudge(); });
    p.control = std::make_unique<Control>(*p.core, p.runner.get());
    TRY(p.limit_keeper, LimitKeeper::open(data));
    if (p.config.rate_limits.has_store() && p.config.rate_limits.enabled) {
        TRY(p.shared_limits, limits::StoreLimits::make(p.config.rate_limits.store, p.registry));
    }
    try {
        p.api = std::make_unique<api::mastodon::Api>(
            p.config.api, p.services(), site, p.limit_keeper->hasher(), p.shared_limits.get()
        );
    } catch (const std::invalid_argument& error) {
        return fail(ErrorCode::kInvalid, fmt::format("rate_limits.rule: {}", error.what()));
    }
    expose_limits(p.api->throttles, p.registry);
    p.control->on_reload([&p] { return p.reload(); });
    p.core->listen([api = p.api.get()](const social::SocialEvent& event) {
        api->on_committed(event);
    });

    api::mastodon::register_routes(*p.api, p.router);
    add_operations_routes(p.router, *p.core, p.readiness, p.config.process.metrics_token);
    if (site) {
        web::Site::add_files(site, p.router);
    }
    p.control_routes = control_router(*p.control);

    if (auto begun = run_task(p.core->begin()); !begun) {
        return std::move(begun).error();
    }
    // From here on whatever was started must be stopped: that is the destructor's work.
    std::unique_ptr<Server> server(new Server(std::move(parts)));
    p.runner->start();
    p.upkeep->start();
    const api::mastodon::Throttles& throttles = p.api->throttles;
    p.limit_keeper->start(
        [&throttles] { return throttles.plan()->rulebook; }, throttles.timekeeper()
    );
    if (auto started = p.start_network(data); !started) {
        return std::move(started).error();
    }
    p.readiness = Readiness::kReady;
    return server;
}

// An exception here is a bug: to end the process is right.
// NOLINTNEXTLINE(bugprone-exception-escape)
Server::~Server() {
    Parts& p = *parts_;
    p.readiness = Readiness::kStopping;
    p.control->stop();
    if (p.network) {
        p.network->stop();
    }
    p.api->stream_hub.stop();
    p.runner->stop();
    p.upkeep->stop();
    p.limit_keeper->stop();
    if (auto ended = run_task(p.core->remember_time()); !ended) {
        log::error("the last write failed", {{"error", ended.error().message}});
    }
    p.core->join();
    p.network.reset();
}

}  // namespace rookery::app
