#include "http/compression.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>

namespace rookery::http {

namespace {

std::string_view take_element(std::string_view& list, char separator) {
    const std::size_t end = std::min(list.find(separator), list.size());
    const std::string_view element = trim_ascii(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return element;
}

/// True for "q=0", "q=0.0" and the like.
bool is_zero_weight(std::string_view parameter) {
    return (parameter.starts_with("q=") || parameter.starts_with("Q=")) && parameter.size() > 2 &&
           parameter.find_first_not_of("0.", 2) == std::string_view::npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    // RFC 9110, section 8.4.1.3: x-gzip is another name of it.
    return accepts_coding(accept_encoding, "gzip", "x-gzip");
}

bool accepts_coding(
    std::string_view accept_encoding,
    std::string_view name,
    std::string_view other_name
) {
    bool by_wildcard = false;
    while (!accept_encoding.empty()) {
        std::string_view element = take_element(accept_encoding, ',');
        const std::string_view coding = take_element(element, ';');
        bool refused = false;
        while (!element.empty()) {
            refused = is_zero_weight(take_element(element, ';')) || refused;
        }
        if (ascii_iequals(coding, name) ||
            (!other_name.empty() && ascii_iequals(coding, other_name))) {
            return !refused;
        }
        by_wildcard = by_wildcard || (coding == "*" && !refused);
    }
    return by_wildcard;
}

bool is_compressible(std::string_view content_type) {
    const std::string_view type =
        trim_ascii(content_type.substr(0, std::min(content_type.find(';'), content_type.size())));
    constexpr std::array<std::string_view, 6> kTypes{
        "application/json",
        "application/javascript",
        "application/manifest+json",
        "application/xml",
        "application/wasm",
        "image/svg+xml"
    };
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
           std::ranges::find(kTypes, type) != kTypes.end();
}

}  // namespace rookery::http
