#include "api/mastodon/redirect_uri.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>

namespace rookery::api::mastodon {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_scheme(std::string_view text) {
    return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, [](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
}

}  // namespace

bool is_valid_redirect_uri(std::string_view uri) {
    static constexpr std::array<std::string_view, 4> kScripted{
        "javascript", "data", "vbscript", "blob"
    };
    constexpr std::size_t kBytesMax = 2000;
    if (uri == kOutOfBandUri) {
        return true;
    }
    const std::size_t colon = uri.find(':');
    if (colon == std::string_view::npos || colon + 1 >= uri.size() || uri.size() > kBytesMax) {
        return false;
    }
    const std::string scheme = ascii_lower(uri.substr(0, colon));
    if (!is_scheme(scheme) || std::ranges::find(kScripted, scheme) != kScripted.end()) {
        return false;
    }
    const bool printable = std::ranges::all_of(uri, [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != 127 && c != '#' && c != '"' &&
               c != '<' && c != '>' && c != '\\';
    });
    if (!printable) {
        return false;
    }
    return (scheme != "http" && scheme != "https") || is_web_url(uri);
}

bool is_web_url(std::string_view url) {
    const std::string start = ascii_lower(url.substr(0, 8));
    std::size_t host = 0;
    if (start.starts_with("https://")) {
        host = 8;
    } else if (start.starts_with("http://")) {
        host = 7;
    } else {
        return false;
    }
    const std::string_view rest = url.substr(host);
    return !rest.empty() &&
           std::string_view("/?#:@").find(rest.front()) == std::string_view::npos &&
           std::ranges::none_of(url, [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == 127 || c == '"' || c == '<' ||
                      c == '>';
           });
}

std::string with_query(std::string_view uri, std::string_view parameters) {
    std::string out(uri);
    const std::size_t question = out.find('?');
    if (question == std::string::npos) {
        out.push_back('?');
    } else if (question + 1 < out.size() && out.back() != '&') {
        out.push_back('&');
    }
    out.append(parameters);
    return out;
}

}  // namespace rookery::api::mastodon
