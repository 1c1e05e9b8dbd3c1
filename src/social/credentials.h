#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace rookery::social {

/// What signs an account in: never part of what others see or of a cache.
struct Credentials {
    std::string email;          ///< as typed; may be empty
    std::string password_hash;  ///< password.h; empty: no password opens this account

    bool operator==(const Credentials&) const = default;
};

[[nodiscard]] std::string encode(const Credentials& credentials);
[[nodiscard]] Result<Credentials> decode_credentials(std::string_view bytes);

}  // namespace rookery::social
