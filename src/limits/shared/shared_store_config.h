#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace rookery::limits {

/// Where the nodes' shared limits are counted, and how long a node waits for it.
struct SharedStoreConfig {
    /// redis://[user:password@]host[:port][/database] or
    /// unix://[user:password@]/path[?db=database], of Redis 6 or newer or of Valkey. User and
    /// password may be percent-encoded; the user may be empty.
    std::string url;
    /// What every key in the store begins with, in braces. Nodes of one prefix count together.
    std::string prefix = "rookery";
    /// The same on all nodes: keys in the store are hashes made with it. Without one, whoever reads
    /// the store can find out an address by trying all that there are.
    std::string secret;
    /// For a connection, and again for the decision that proves that it is of use.
    std::chrono::milliseconds connect_timeout{1'000};
    /// A request waits for the store so long at most; then the store counts as lost.
    std::chrono::milliseconds ask_timeout{100};
    /// Between attempts to come back: doubled each time, and up to half of it left off at random.
    std::chrono::milliseconds backoff_first{50};
    std::chrono::milliseconds backoff_max{5'000};
    /// Requests that wait for the store; those above it are decided as if it were lost.
    std::size_t waiting_max = 65'536;
    /// Keys for which a node may hold a lease, of some 150 bytes each; others are asked for one by
    /// one.
    std::size_t lease_keys_max = 65'536;
};

}  // namespace rookery::limits
