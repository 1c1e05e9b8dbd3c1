#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "social/accounts.h"
#include "social/event.h"

#include <cstdint>
#include <mutex>

namespace rookery::api::mastodon {

/// How much there is on this server.
struct Usage {
    std::int64_t accounts = 0;
    std::int64_t posts = 0;
    std::int64_t active_month = 0;      ///< accounts that posted within 30 days
    std::int64_t active_half_year = 0;  ///< within 180 days
};

/// Counts the server by going through its accounts, once in ten minutes at most and only when
/// somebody asks; in between it adds what is committed. Thread-safe.
class ServerStats {
public:
    ServerStats(social::Accounts& accounts, const Clock& clock)
        : accounts_(accounts), clock_(clock) {}

    /// The first call counts; while one counts anew, others get the numbers of before.
    [[nodiscard]] Task<Result<Usage>> usage();

    void on_committed(const social::SocialEvent& event);

private:
    [[nodiscard]] Task<Result<Usage>> count() const;

    social::Accounts& accounts_;
    const Clock& clock_;
    std::mutex mutex_;
    bool counting_ = false;
    Usage counted_;
    UnixMs counted_at_ms_ = 0;  ///< 0: never
};

}  // namespace rookery::api::mastodon
