#pragma once

#include "base/clock.h"
#include "base/metrics.h"
#include "base/result.h"
#include "http/router.h"
#include "http/server.h"

#include <memory>

namespace rookery::app {

/// A server that listens. Errors are sentences for the operator: kUnavailable if the address cannot
/// be had, kInvalid if the configuration is impossible. What it is given must outlive it;
/// `control_routes` null: there is no control socket.
[[nodiscard]] Result<std::unique_ptr<http::Server>> open_network(
    const http::ServerConfig& config,
    const http::Router& routes,
    const http::Router* control_routes,
    const Clock& clock,
    metrics::Registry& registry
);

}  // namespace rookery::app
