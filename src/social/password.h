#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace rookery::social {

/// What one hashing costs, us as much as someone who guesses from a stolen database. The default
/// is OWASP's for argon2id: about 20 ms of one core and 19 MiB for its duration.
struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t memory_bytes = 19'456UL * 1024;
};

/// Argon2id (RFC 9106) with a salt of its own, as a string that holds all that verifying needs. To
/// be called on a BlockingPool. kUnavailable if there is not enough memory now.
[[nodiscard]] Result<std::string> hash_password(std::string_view password, PasswordCost cost);
/// False also for a hash that is none.
[[nodiscard]] bool password_matches(std::string_view hash, std::string_view password);
/// True if `hash` was made with another cost.
[[nodiscard]] bool password_needs_rehash(std::string_view hash, PasswordCost cost);

}  // namespace rookery::social
