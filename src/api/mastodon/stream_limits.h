#pragma once

#include <cstddef>

namespace rookery::api::mastodon {

struct StreamLimits {
    std::size_t topics_max = 64;  ///< of one stream
    std::size_t streams_per_account_max = 100;
    /// Events that wait for the hub. Over it all streams are closed: their clients come back and
    /// read what they missed, which a silent gap would not make them do.
    std::size_t queued_events_max = 100'000;
    std::size_t queued_messages_max = 64;  ///< of one client
};

}  // namespace rookery::api::mastodon
