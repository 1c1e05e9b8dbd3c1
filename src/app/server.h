#pragma once

#include "app/config.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/result.h"
#include "web/site.h"

#include <functional>
#include <memory>
#include <string>

namespace rookery::app {

/// A whole running server: the core, the consumers of its outbox, the API, the network.
class Server {
public:
    /// Starts everything on the data directory `data`: store and services, then consumers, then the
    /// network, so that nothing asks what is not there yet. Errors are sentences for the operator
    /// (port taken, directory in use, newer format). `config` must be settled. `site` is the web
    /// app to serve; null: none. `reread` reads the configuration again, when the operator asks for
    /// it; what can change while the server runs are the rate limits.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(
        const Config& config,
        const std::string& data,
        std::shared_ptr<const web::Site> site,
        std::function<Result<Config>()> reread
    );

    /// Stops in the opposite order; requests under way end first. May take as long as
    /// http.drain_timeout_ms.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace rookery::app
