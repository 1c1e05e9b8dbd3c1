#pragma once

#include "api/limiter/answer.h"
#include "api/limiter/limit_request.h"

#include <envoy/service/ratelimit/v3/rls.pb.h>

#include <string>
#include <string_view>

namespace rookery::api::limiter {

/// A request of Envoy's protocol; its texts stay those of `message`.
[[nodiscard]] LimitRequest from_message(
    const envoy::service::ratelimit::v3::RateLimitRequest& message
);

/// `with_fields`: also the fields of header_fields(), to be added to the answer of the client.
void fill_message(
    const Answer& answer,
    bool with_fields,
    envoy::service::ratelimit::v3::RateLimitResponse& message
);

/// The same messages as JSON, by the rules of protocol buffers. kInvalid says what is wrong.
[[nodiscard]] Result<envoy::service::ratelimit::v3::RateLimitRequest> message_from_json(
    std::string_view text
);
[[nodiscard]] std::string json_from_message(
    const envoy::service::ratelimit::v3::RateLimitResponse& message
);

}  // namespace rookery::api::limiter
