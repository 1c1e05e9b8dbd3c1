#pragma once

#include "api/limiter/limit_request.h"
#include "base/result.h"
#include "http/request.h"

namespace rookery::api::limiter {

/// GET /v1/take, made for the sub-requests of proxies.
struct GetRequest {
    LimitRequest request;
    int refused_status = 429;
};

/// From the query: `domain`, `hits`, `refused` (the status of a refusal), `entry=key=value` as
/// often as the descriptor has entries, `entry2=…` to `entry9=…` for further descriptors. Entries
/// may also be header fields, "X-RateLimit-Entry: key=value" and "X-RateLimit-Entry2: …": there,
/// whatever a client has put into a value stays within it. The texts stay those of `sent`.
[[nodiscard]] Result<GetRequest> read_get_request(const http::Request& sent);

}  // namespace rookery::api::limiter
