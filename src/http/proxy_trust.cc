#include "http/proxy_trust.h"

#include "base/encoding.h"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <span>
#include <stdexcept>

namespace rookery::http {

namespace {

namespace ip = boost::asio::ip;

bool same_prefix(
    std::span<const unsigned char> a,
    std::span<const unsigned char> b,
    unsigned bits
) {
    const std::size_t whole = bits / 8;
    if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) {
        return false;
    }
    const unsigned rest = bits % 8;
    return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

/// The comma-separated elements of all headers of that name, in their order.
std::vector<std::string_view> list_elements(const Request& request, std::string_view lower_name) {
    std::vector<std::string_view> elements;
    for (const auto& [name, value] : request.headers) {
        if (name != lower_name) {
            continue;
        }
        for (const auto part : std::views::split(std::string_view(value), ',')) {
            elements.push_back(trim_ascii(std::string_view(part.begin(), part.end())));
        }
    }
    return elements;
}

}  // namespace

ip::address unmapped(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    }
    return address;
}

std::optional<ip::address> parse_peer_address(std::string_view text) {
    if (text.starts_with('[')) {
        text = text.substr(1, std::min(text.find(']'), text.size()) - 1);
    } else if (std::ranges::count(text, ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    boost::system::error_code error;
    const ip::address address = ip::make_address(std::string(text), error);
    if (error) {
        return std::nullopt;
    }
    return unmapped(address);
}

ProxyTrust::ProxyTrust(const std::vector<std::string>& blocks) {
    for (const std::string& text : blocks) {
        const std::size_t slash = std::min(text.find('/'), text.size());
        boost::system::error_code error;
        Block block{ip::make_address(text.substr(0, slash), error), 0};
        const unsigned bits_max = block.address.is_v4() ? 32 : 128;
        block.prefix_bits = bits_max;
        bool ok = !error;
        if (slash < text.size()) {
            const char* const end = text.data() + text.size();
            const auto [stop, failed] =
                std::from_chars(text.data() + slash + 1, end, block.prefix_bits);
            ok = ok && failed == std::errc{} && stop == end && block.prefix_bits <= bits_max;
        }
        if (!ok) {
            throw std::invalid_argument("not an address or CIDR block: " + text);
        }
        blocks_.push_back(block);
    }
}

bool ProxyTrust::is_trusted(const ip::address& address) const {
    return std::ranges::any_of(blocks_, [&](const Block& block) {
        if (block.address.is_v4() != address.is_v4()) {
            return false;
        }
        return address.is_v4() ? same_prefix(
                                     address.to_v4().to_bytes(),
                                     block.address.to_v4().to_bytes(),
                                     block.prefix_bits
                                 )
                               : same_prefix(
                                     address.to_v6().to_bytes(),
                                     block.address.to_v6().to_bytes(),
                                     block.prefix_bits
                                 );
    });
}

void ProxyTrust::apply(Request& request) const {
    const auto hops = list_elements(request, "x-forwarded-for");
    for (const std::string_view hop : std::views::reverse(hops)) {
        const auto address = parse_peer_address(hop);
        if (!address) {
            break;  // what stands left of it cannot be believed either
        }
        request.remote_address = address->to_string();
        if (!is_trusted(*address)) {
            break;
        }
    }
    const auto schemes = list_elements(request, "x-forwarded-proto");
    request.secure = !schemes.empty() && ascii_iequals(schemes.back(), "https");
}

}  // namespace rookery::http
