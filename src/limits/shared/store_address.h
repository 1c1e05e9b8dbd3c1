#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::limits {

/// Where the store is, and as whom to speak to it.
struct StoreAddress {
    std::string host;  ///< empty: `path` is a Unix socket
    int port = 6379;
    std::string path;
    std::string user;      ///< empty: the store's default user
    std::string password;  ///< empty: none is asked for
    int database = 0;

    /// Without the password, for the log.
    [[nodiscard]] std::string name() const;
};

/// Reads redis://[user:password@]host[:port][/database] and
/// unix://[user:password@]/path[?db=database], user and password percent-encoded; kInvalid says
/// what is wrong, without the password. rediss:// is refused: Debian 12's hiredis has no TLS.
[[nodiscard]] Result<StoreAddress> parse_store_address(std::string_view url);

}  // namespace rookery::limits
