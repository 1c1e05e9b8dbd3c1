#pragma once

#include "base/metrics.h"
#include "http/router.h"

#include <functional>
#include <string>

namespace rookery::app {

/// GET /metrics (Prometheus text), for this machine only, or with `token` for whoever sends that as
/// a bearer token: a request that a proxy forwarded is not of this machine, whatever its address.
/// `more`, if it is not empty, makes series that are not in the registry. All arguments must
/// outlive the router.
void add_metrics_route(
    http::Router& router,
    const metrics::Registry& registry,
    const std::string& token,
    std::function<std::string()> more = {}
);

}  // namespace rookery::app
