#pragma once

#include "api/limiter/configuration.h"
#include "limits/quota.h"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::api::limiter {

/// What one descriptor's limit says.
struct Status {
    const RateLimit* limit = nullptr;  ///< null: there is none, or another one replaces it
    bool allowed = true;
    bool shadowed = false;      ///< refused, but the limit only watches
    limits::Decision decision;  ///< of a limit that counts
};

/// What is answered to a LimitRequest.
struct Answer {
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    bool allowed = true;
    std::vector<Status> statuses;  ///< one for each descriptor
    std::size_t foremost =
        kNone;  ///< the status to tell a client of: what refused, or is nearest to it
    std::shared_ptr<const void> keeper;  ///< of the limits that are pointed to

    /// When the same request is allowed; 0: now; limits::kNever: not at all.
    [[nodiscard]] limits::Nanos retry_after() const;
    /// How long to hold the request before it goes on.
    [[nodiscard]] limits::Nanos wait() const;
};

/// Rounded up, so that a client that waits so long does not come too early.
[[nodiscard]] std::int64_t seconds_up(limits::Nanos time);
[[nodiscard]] std::int64_t milliseconds_up(limits::Nanos time);

/// The fields that tell a client of its limits: X-RateLimit-Limit, -Remaining and -Reset (seconds)
/// of the foremost, RateLimit and RateLimit-Policy of all
/// (draft-ietf-httpapi-ratelimit-headers-10), and of a refusal Retry-After (RFC 9110, 10.2.3).
/// Empty if nothing is limited.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> header_fields(const Answer& answer);

}  // namespace rookery::api::limiter
