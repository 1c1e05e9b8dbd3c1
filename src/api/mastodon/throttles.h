#pragma once

#include "api/mastodon/api_config.h"
#include "base/clock.h"
#include "limits/fixed_window.h"

#include <string>
#include <string_view>

namespace rookery::api::mastodon {

/// The rate limits of the API. With limits_enabled = false everything is allowed and nothing
/// counted. Thread-safe.
class Throttles {
public:
    explicit Throttles(const ApiConfig& config);

    [[nodiscard]] limits::Allowance general(std::string_view key, UnixMs now_ms);
    [[nodiscard]] limits::Allowance posting(std::string_view key, UnixMs now_ms);
    [[nodiscard]] limits::Allowance sign_up(std::string_view key, UnixMs now_ms);
    /// One attempt to sign in as `login` from `address`: the worse of the two.
    [[nodiscard]] limits::Allowance
    sign_in(std::string_view login, std::string_view address, UnixMs now_ms);

private:
    bool enabled_;
    limits::FixedWindow general_;
    limits::FixedWindow posting_;
    limits::FixedWindow sign_up_;
    limits::FixedWindow sign_in_names_;
    limits::FixedWindow sign_in_addresses_;
};

/// What a limit per address counts: the address itself, or the /64 network of an IPv6 address,
/// which is what one customer commonly has.
[[nodiscard]] std::string address_key(std::string_view address);

}  // namespace rookery::api::mastodon
