#include "limits/shared/store_address.h"

#include "base/encoding.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace rookery::limits {

namespace {

constexpr int kDatabaseMax = 1'000'000;

Error invalid(std::string_view what) {
    return fail(
        ErrorCode::kInvalid,
        fmt::format(
            "the store's address {} (redis://[user:password@]host[:port][/database] or "
            "unix://[user:password@]/path[?db=database])",
            what
        )
    );
}

std::optional<int> number(std::string_view text, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > most) {
        return std::nullopt;
    }
    return value;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

/// Takes user:password@ off the front.
void take_credentials(std::string_view& rest, StoreAddress& address) {
    const auto end = rest.substr(0, rest.find('/')).rfind('@');
    if (end == std::string_view::npos) {
        return;
    }
    const std::string_view credentials = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    const auto colon = credentials.find(':');
    address.user = percent_decode(credentials.substr(0, colon), false);
    if (colon != std::string_view::npos) {
        address.password = percent_decode(credentials.substr(colon + 1), false);
    }
}

Result<StoreAddress> parse_socket(std::string_view rest) {
    StoreAddress address;
    take_credentials(rest, address);
    const auto query = rest.find('?');
    address.path = percent_decode(rest.substr(0, query), false);
    if (!address.path.starts_with('/')) {
        return invalid("needs a path from the root after unix://");
    }
    if (query != std::string_view::npos) {
        std::string_view text = rest.substr(query + 1);
        const auto database = take_prefix(text, "db=") ? number(text, kDatabaseMax) : std::nullopt;
        if (!database) {
            return invalid("has something else than a database's number after ?db=");
        }
        address.database = *database;
    }
    return address;
}

Result<StoreAddress> parse_host(std::string_view rest) {
    StoreAddress address;
    take_credentials(rest, address);
    const auto slash = rest.find('/');
    if (slash != std::string_view::npos && slash + 1 < rest.size()) {
        const auto database = number(rest.substr(slash + 1), kDatabaseMax);
        if (!database) {
            return invalid("has something else than a database's number after the host");
        }
        address.database = *database;
    }
    std::string_view host = rest.substr(0, slash);
    std::string_view port;
    if (host.starts_with('[')) {  // IPv6
        const auto end = host.find(']');
        if (end == std::string_view::npos) {
            return invalid("has a [ without a ]");
        }
        port = host.substr(end + 1);
        host = host.substr(1, end - 1);
    } else if (const auto colon = host.find(':'); colon != std::string_view::npos) {
        port = host.substr(colon);
        host = host.substr(0, colon);
    }
    address.host = host;
    if (address.host.empty()) {
        return invalid("names no host");
    }
    if (!port.empty()) {
        const auto value = take_prefix(port, ":") ? number(port, 65'535) : std::nullopt;
        if (!value || *value == 0) {
            return invalid("has a port that is none");
        }
        address.port = *value;
    }
    return address;
}

}  // namespace

std::string StoreAddress::name() const {
    return host.empty() ? path : fmt::format("{}:{}/{}", host, port, database);
}

Result<StoreAddress> parse_store_address(std::string_view url) {
    if (url.starts_with("rediss://")) {
        return invalid("asks for TLS, which this build has not: put a tunnel in between");
    }
    const bool is_socket = take_prefix(url, "unix://");
    if (!is_socket && !take_prefix(url, "redis://")) {
        return invalid("begins with something else");
    }
    auto address = is_socket ? parse_socket(url) : parse_host(url);
    if (address && !address->user.empty() && address->password.empty()) {
        return invalid("has a user without a password");
    }
    return address;
}

}  // namespace rookery::limits
