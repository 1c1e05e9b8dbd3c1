#include "social/text/urls.h"

#include "base/encoding.h"
#include "social/text/unicode.h"

#include <algorithm>
#include <limits>

namespace rookery::social::text {

namespace {

constexpr std::uint32_t kNoPartner = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kHostBytesMax = 253;  // RFC 1035, section 2.3.4

bool is_ascii_digit(CodePoint c) {
    return c >= '0' && c <= '9';
}
bool is_ascii_alphanumeric(CodePoint c) {
    return is_ascii_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_host_character(CodePoint c) {
    return is_alphanumeric(c) || c == '-' || c == '_';
}

bool ends_url(CodePoint c) {
    return c < 0 || c == '<' || c == '>' || c == '"' || is_white_space(c) || is_control(c);
}

/// What a sentence puts behind a URL rather than the URL's author at its end.
bool is_closing_punctuation(CodePoint c, bool in_query) {
    switch (c) {
        case '=':
        case '&':
            return !in_query;
        case '/':
        case '-':
        case '_':
        case '#':
        case '+':
        case ')':  // only balanced ones are inside
            return false;
        case '$':
        case '~':
        case '|':
            return true;
        default:
            return is_punctuation(c);
    }
}

bool is_ipv4(std::string_view host) {
    return std::ranges::count(host, '.') == 3 && !host.starts_with('.') &&
           std::ranges::all_of(host, [](char c) { return c == '.' || is_ascii_digit(c); });
}

/// The end of a top-level label at the start of `label`: "comです" names com, as a domain of one
/// script does not go on in another. 0 if it cannot be one.
std::size_t top_level_end(std::string_view label) {
    std::size_t end = 0;
    while (end < label.size() && (is_ascii_alphanumeric(label[end]) || label[end] == '-')) {
        ++end;
    }
    if (end == 0) {
        return label.size();
    }
    const bool valid =
        end >= 2 && !is_ascii_digit(label[0]) && label[0] != '-' && label[end - 1] != '-';
    return valid ? end : 0;
}

}  // namespace

std::size_t UrlMatcher::match(std::size_t begin) {
    const std::string_view rest = text_.substr(begin);
    std::size_t scheme = 0;
    if (ascii_iequals(rest.substr(0, 7), "http://")) {
        scheme = 7;
    } else if (ascii_iequals(rest.substr(0, 8), "https://")) {
        scheme = 8;
    } else {
        return begin;
    }
    const std::size_t host_begin = begin + scheme;
    const std::size_t host = host_end(host_begin);
    if (host == host_begin) {
        return begin;
    }
    return path_end(begin, port_end(host));
}

std::size_t UrlMatcher::host_end(std::size_t begin) const {
    std::size_t at = begin;
    std::size_t end = begin;
    std::size_t last_label = begin;
    while (true) {
        const std::size_t here = at;
        const CodePoint c = next_code_point(text_, at);
        if (c == '.' && here > last_label) {
            // A dot belongs to the host only if another label follows it.
            std::size_t ahead = at;
            if (!is_host_character(next_code_point(text_, ahead))) {
                break;
            }
            last_label = at;
        } else if (!is_host_character(c)) {
            break;
        }
        end = at;
    }
    const std::string_view host = text_.substr(begin, end - begin);
    if (host.empty() || host.size() > kHostBytesMax || host.starts_with('-')) {
        return begin;
    }
    std::size_t host_end = end;
    if (!ascii_iequals(host, "localhost") && !is_ipv4(host)) {
        const std::size_t top = top_level_end(text_.substr(last_label, end - last_label));
        if (last_label == begin || top == 0) {
            return begin;
        }
        host_end = last_label + top;
    }
    // "http://name@host" and the like are not what they seem to be.
    const char next = host_end < text_.size() ? text_[host_end] : ' ';
    return next == '@' || next == '+' ? begin : host_end;
}

std::size_t UrlMatcher::port_end(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < text_.size() && end <= begin + 5 && is_ascii_digit(text_[end])) {
        ++end;
    }
    return begin < text_.size() && text_[begin] == ':' && end > begin + 1 ? end : begin;
}

std::size_t UrlMatcher::path_end(std::size_t url_begin, std::size_t begin) {
    if (begin >= text_.size() ||
        (text_[begin] != '/' && text_[begin] != '?' && text_[begin] != '#')) {
        return begin;
    }
    bool in_query = false;
    std::size_t at = begin;
    std::size_t end = begin;  // behind the last character that may end a URL
    while (true) {
        const std::size_t here = at;
        const CodePoint c = next_code_point(text_, at);
        if (ends_url(c)) {
            break;
        }
        if (c == '(' || c == ')') {
            const std::size_t other = partner(here);
            if (other == kNoPartner || other < url_begin) {
                break;
            }
        }
        in_query = in_query || c == '?';
        // An open parenthesis has its partner ahead: it cannot be the end.
        if (c != '(' && !is_closing_punctuation(c, in_query)) {
            end = at;
        }
    }
    return end;
}

std::size_t UrlMatcher::partner(std::size_t paren) {
    if (partners_.empty()) {
        partners_.assign(text_.size(), kNoPartner);
        std::vector<std::uint32_t> open;
        for (std::size_t at = 0; at < text_.size();) {
            const auto here = static_cast<std::uint32_t>(at);
            const CodePoint c = next_code_point(text_, at);
            if (c == '(') {
                open.push_back(here);
            } else if (c == ')' && !open.empty()) {
                partners_[here] = open.back();
                partners_[open.back()] = here;
                open.pop_back();
            } else if (ends_url(c)) {
                open.clear();
            }
        }
    }
    return partners_[paren];
}

}  // namespace rookery::social::text
