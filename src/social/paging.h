#pragma once

#include <cstddef>
#include <cstdint>

namespace rookery::social {

/// A page of a list ordered by id, newest first (Mastodon's cursors). 0 means "not given".
struct PageRequest {
    std::uint64_t max_id = 0;    ///< only ids below
    std::uint64_t since_id = 0;  ///< only ids above, the newest of them
    std::uint64_t min_id = 0;  ///< only ids above, the nearest of them; still returned newest first
    std::size_t limit = 20;
};

}  // namespace rookery::social
