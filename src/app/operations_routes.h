#pragma once

#include "app/core.h"
#include "http/router.h"

#include <atomic>
#include <string>

namespace rookery::app {

/// Whether the server takes requests; not before it is complete, nor once it stops.
enum class Readiness : unsigned char { kStarting, kReady, kStopping };

/// GET /health/live (the process answers), GET /health/ready (and its store takes writes) and
/// GET /metrics (app/metrics_route.h). All arguments must outlive the router.
void add_operations_routes(
    http::Router& router,
    Core& core,
    const std::atomic<Readiness>& readiness,
    const std::string& metrics_token
);

}  // namespace rookery::app
