#include "app/open_network.h"

#include <fmt/format.h>

#include <stdexcept>
#include <system_error>

namespace rookery::app {

Result<std::unique_ptr<http::Server>> open_network(
    const http::ServerConfig& config,
    const http::Router& routes,
    const http::Router* control_routes,
    const Clock& clock,
    metrics::Registry& registry
) {
    try {
        auto network =
            std::make_unique<http::Server>(config, routes, control_routes, clock, registry);
        network->start();
        return network;
    } catch (const std::system_error& error) {
        return fail(
            ErrorCode::kUnavailable,
            fmt::format(
                "cannot listen on {}:{}: {}",
                config.address,
                config.port,
                error.code() == std::errc::address_in_use
                    ? "another program has that address; choose a port with --listen HOST:PORT"
                    : error.code().message()
            )
        );
    } catch (const std::invalid_argument& error) {
        return fail(ErrorCode::kInvalid, error.what());
    }
}

}  // namespace rookery::app
