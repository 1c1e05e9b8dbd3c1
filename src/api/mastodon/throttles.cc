#include "api/mastodon/throttles.h"

#include "base/encoding.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace rookery::api::mastodon {

namespace {

limits::FixedWindowConfig per_address(limits::FixedWindowConfig config) {
    config.requests_max *= 4;
    return config;
}

limits::Allowance
take(limits::FixedWindow& window, bool enabled, std::string_view key, UnixMs now_ms) {
    if (enabled) {
        return window.take(key, now_ms);
    }
    limits::Allowance untouched = window.peek("", now_ms);
    untouched.remaining = untouched.limit;
    return untouched;
}

}  // namespace

Throttles::Throttles(const ApiConfig& config)
    : enabled_(config.limits_enabled),
      general_(config.general_limit),
      posting_(config.posting_limit),
      sign_up_(config.sign_up_limit),
      sign_in_names_(config.sign_in_limit),
      sign_in_addresses_(per_address(config.sign_in_limit)) {}

limits::Allowance Throttles::general(std::string_view key, UnixMs now_ms) {
    return take(general_, enabled_, key, now_ms);
}

limits::Allowance Throttles::posting(std::string_view key, UnixMs now_ms) {
    return take(posting_, enabled_, key, now_ms);
}

limits::Allowance Throttles::sign_up(std::string_view key, UnixMs now_ms) {
    return take(sign_up_, enabled_, key, now_ms);
}

limits::Allowance
Throttles::sign_in(std::string_view login, std::string_view address, UnixMs now_ms) {
    const auto by_address = take(sign_in_addresses_, enabled_, address_key(address), now_ms);
    if (!by_address.allowed) {
        return by_address;
    }
    return take(sign_in_names_, enabled_, ascii_lower(trim_ascii(login)), now_ms);
}

std::string address_key(std::string_view address) {
    boost::system::error_code error;
    const auto parsed = boost::asio::ip::make_address(std::string(address), error);
    if (error || !parsed.is_v6() || parsed.to_v6().is_v4_mapped()) {
        return std::string(address);
    }
    auto bytes = parsed.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return boost::asio::ip::address_v6(bytes).to_string();
}

}  // namespace rookery::api::mastodon
