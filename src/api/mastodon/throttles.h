#pragma once

#include "api/mastodon/api_config.h"
#include "base/clock.h"
#include "http/response.h"
#include "limits/fixed_window.h"
#include "limits/limit_key.h"
#include "limits/limit_table.h"
#include "limits/state_file.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::mastodon {

/// Which limit a route has besides the general one.
enum class RateClass : std::uint8_t { kGeneral, kPosting, kSignUp };

/// What one limit leaves to whoever asks.
struct Allowance {
    std::string_view policy;  ///< its name
    std::uint32_t limit = 0;
    std::uint32_t window_ms = 0;
    limits::Decision decision;
};

/// What all limits on a request say together: if one refuses, none is charged.
struct Verdict {
    bool allowed = true;
    std::vector<Allowance> allowances;  ///< the one that counts most first; empty: no limits
    limits::Nanos at = 0;               ///< when it was said

    /// Mastodon's X-RateLimit fields of the first, and of all RateLimit and RateLimit-Policy
    /// (draft-ietf-httpapi-ratelimit-headers-10); if refused, Retry-After (RFC 9110, 10.2.3).
    void add_headers(UnixMs now_ms, http::Response& response) const;
};

/// The rate limits of the API. With limits_enabled = false everything is allowed and nothing
/// counted. Thread-safe.
class Throttles {
public:
    /// Throws std::invalid_argument for a limit that cannot be counted. `clock` must outlive it.
    Throttles(const ApiConfig& config, const Clock& clock, const limits::KeyHasher& hasher);

    /// Nanoseconds since 1970 by the wall clock of the beginning; from there on it never steps
    /// back.
    [[nodiscard]] limits::Nanos now() const;
    /// What a restart must not forget; nothing if there are no limits.
    [[nodiscard]] std::vector<limits::NamedLimit> named_limits();

    /// A request of a class by `key`, an account or an address, that came from `address`.
    [[nodiscard]] Verdict take(RateClass rate, std::string_view key, std::string_view address);
    /// One attempt to sign in as `login` from `address`.
    [[nodiscard]] Verdict sign_in(std::string_view login, std::string_view address);

private:
    struct Window {
        Window(std::string_view policy_name, const WindowLimit& config);

        std::string_view policy;
        WindowLimit config;
        limits::LimitTable<limits::FixedWindow> table;
    };
    struct Counted {
        Window* window = nullptr;
        std::string_view key;
    };
    [[nodiscard]] Verdict take_all(std::span<const Counted> counted);

    const Clock& clock_;
    const limits::KeyHasher hasher_;
    const limits::Nanos began_at_;
    const std::chrono::steady_clock::time_point began_steady_;
    const bool enabled_;
    Window general_;
    Window posting_;
    Window sign_up_;
    Window sign_in_names_;
    Window sign_in_addresses_;
};

/// What a limit per address counts, however the address is written: the address itself, also of one
/// of IPv4 within IPv6, or the /64 network of an IPv6 address, which is what one customer commonly
/// has.
[[nodiscard]] std::string address_key(std::string_view address);

}  // namespace rookery::api::mastodon
