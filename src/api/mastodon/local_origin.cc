#include "api/mastodon/local_origin.h"

#include "base/encoding.h"

#include <algorithm>
#include <string_view>

namespace rookery::api::mastodon {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "localhost", an address of 127.0.0.0/8 or "[::1]", with a port or without.
bool is_loopback_host(std::string_view host) {
    constexpr std::size_t kPortDigitsMax = 5;
    const std::size_t colon = host.rfind(':');
    if (colon != std::string_view::npos && !host.ends_with(']')) {
        const std::string_view port = host.substr(colon + 1);
        if (port.empty() || port.size() > kPortDigitsMax || !std::ranges::all_of(port, is_digit)) {
            return false;
        }
        host = host.substr(0, colon);
    }
    const bool is_v4 = host.starts_with("127.") &&
                       std::ranges::all_of(host, [](char c) { return is_digit(c) || c == '.'; });
    return is_v4 || host == "[::1]" || ascii_iequals(host, "localhost");
}

}  // namespace

std::optional<std::string> local_origin(const ApiConfig& config, const http::Request& request) {
    const std::string_view host = request.header("host").value_or("");
    if (!config.listens_on_loopback || !is_loopback_host(host)) {
        return std::nullopt;
    }
    return (request.secure ? "https://" : "http://") + ascii_lower(host);
}

}  // namespace rookery::api::mastodon
