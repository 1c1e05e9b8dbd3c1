#pragma once

#include "api/limiter/limiter.h"
#include "base/metrics.h"
#include "http/router.h"

namespace rookery::api::limiter {

/// POST and GET /v1/take, GET /v1/limits, and POST /json as Envoy's own service has it. The server
/// must leave bodies as they are (ServerConfig::bodies_are_raw). All arguments must outlive the
/// router.
void add_limiter_routes(http::Router& router, Limiter& limiter, metrics::Registry& registry);

}  // namespace rookery::api::limiter
