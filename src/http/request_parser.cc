#include "http/request_parser.h"

#include "base/encoding.h"
#include "http/grammar.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace rookery::http {

namespace {

Method parse_method(std::string_view name) {
    for (const Method method :
         {Method::kGet,
          Method::kPost,
          Method::kHead,
          Method::kPut,
          Method::kPatch,
          Method::kDelete,
          Method::kOptions}) {
        if (to_string(method) == name) {
            return method;
        }
    }
    return Method::kOther;
}

std::string_view trim_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

void assign_lower(std::string& out, std::string_view text) {
    out.assign(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
}

}  // namespace

void RequestParser::reset() {
    line_begin_ = 0;
    scanned_ = 0;
    has_request_line_ = false;
    is_complete_ = false;
    path_ = {};
    query_ = {};
    fields_.clear();
    hosts_ = 0;
    content_length_.reset();
    chunked_ = false;
    expects_continue_ = false;
    close_option_ = false;
    keep_alive_option_ = false;
    refusal_status_ = 0;
}

RequestParser::Status RequestParser::parse(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, limits_.head_bytes_max);
    while (!is_complete_) {
        const void* const found =
            scanned_ < head.size()
                ? std::memchr(head.data() + scanned_, '\n', head.size() - scanned_)
                : nullptr;
        if (found == nullptr) {
            scanned_ = head.size();
            if (head.size() < limits_.head_bytes_max) {
                return Status::kNeedMore;
            }
            refuse(
                has_request_line_ ? 431 : 414,
                has_request_line_ ? "The request headers are too large"
                                  : "The request's address is too long"
            );
            return Status::kRefused;
        }
        const auto line_feed =
            static_cast<std::size_t>(static_cast<const char*>(found) - head.data());
        const std::size_t begin = line_begin_;
        if (line_feed == begin || head[line_feed - 1] != '\r') {
            refuse(400, "A line of the request does not end with CR LF");
            return Status::kRefused;
        }
        line_begin_ = line_feed + 1;
        scanned_ = line_begin_;
        if (!parse_line(head, begin, line_feed - 1)) {
            return Status::kRefused;
        }
    }
    return Status::kComplete;
}

bool RequestParser::parse_line(std::string_view bytes, std::size_t begin, std::size_t end) {
    if (begin < end) {
        return has_request_line_ ? parse_field(bytes, begin, end)
                                 : parse_request_line(bytes, begin, end);
    }
    if (!has_request_line_) {
        return true;  // RFC 9112, section 2.2: empty lines before the request are ignored
    }
    is_complete_ = true;
    return check_whole();
}

bool RequestParser::parse_request_line(std::string_view bytes, std::size_t begin, std::size_t end) {
    const std::string_view line = bytes.substr(begin, end - begin);
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) {
        return refuse(400, "The request line is malformed");
    }
    method_ = parse_method(line.substr(0, first));
    has_request_line_ = true;
    if (!parse_version(line.substr(last + 1))) {
        return false;
    }
    return parse_target(
        bytes,
        {static_cast<std::uint32_t>(begin + first + 1), static_cast<std::uint32_t>(last - first - 1)
        }
    );
}

bool RequestParser::parse_version(std::string_view version) {
    const bool has_form = version.size() == 8 && version.starts_with("HTTP/") &&
                          version[5] >= '0' && version[5] <= '9' && version[6] == '.' &&
                          version[7] >= '0' && version[7] <= '9';
    if (!has_form) {
        return refuse(400, "The request line is malformed");
    }
    if (version[5] != '1') {
        return refuse(505, "This server speaks HTTP/1.1");
    }
    minor_version_ = version[7] - '0';
    return true;
}

bool RequestParser::parse_target(std::string_view bytes, Span target) {
    std::string_view text = target.in(bytes);
    if (!std::ranges::all_of(text, is_target_char)) {
        return refuse(400, "The request's address has characters that must be escaped");
    }
    if (const std::size_t scheme = text.find("://");
        scheme != std::string_view::npos && !text.starts_with('/')) {
        const std::string_view name = text.substr(0, scheme);
        if (!ascii_iequals(name, "http") && !ascii_iequals(name, "https")) {
            return refuse(400, "The request's address is malformed");
        }
        const std::size_t path = std::min(text.find_first_of("/?", scheme + 3), text.size());
        target.begin += static_cast<std::uint32_t>(path);
        target.size -= static_cast<std::uint32_t>(path);
        text = target.in(bytes);
        if (!text.starts_with('/')) {
            return refuse(400, "The request's address has no path");
        }
    } else if (!text.starts_with('/') && !(text == "*" && method_ == Method::kOptions)) {
        return refuse(400, "The request's address is malformed");
    }
    const std::size_t mark = std::min(text.find('?'), text.size());
    path_ = {target.begin, static_cast<std::uint32_t>(mark)};
    if (mark < text.size()) {
        query_ = {
            static_cast<std::uint32_t>(target.begin + mark + 1),
            static_cast<std::uint32_t>(target.size - mark - 1)
        };
    }
    return true;
}

bool RequestParser::parse_field(std::string_view bytes, std::size_t begin, std::size_t end) {
    const std::string_view line = bytes.substr(begin, end - begin);
    if (line.front() == ' ' || line.front() == '\t') {
        return refuse(400, "Folded request headers are not accepted");
    }
    std::size_t colon = 0;
    while (colon < line.size() && is_token_char(line[colon])) {
        ++colon;
    }
    if (colon == 0 || colon == line.size() || line[colon] != ':') {
        return refuse(400, "A request header's name is malformed");
    }
    const std::string_view value = trim_blanks(line.substr(colon + 1));
    if (!is_field_value(value)) {
        return refuse(400, "A request header's value has characters that are not allowed");
    }
    if (fields_.size() >= limits_.header_count_max) {
        return refuse(431, "The request has too many headers");
    }
    Field& field = fields_.emplace_back();
    field.name = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(colon)};
    if (!value.empty()) {
        field.value = {
            static_cast<std::uint32_t>(value.data() - bytes.data()),
            static_cast<std::uint32_t>(value.size())
        };
    }
    return note_field(line.substr(0, colon), value);
}

bool RequestParser::note_field(std::string_view name, std::string_view value) {
    switch (name.size()) {
        case 4:
            if (ascii_iequals(name, "host")) {
                ++hosts_;
            }
            return true;
        case 6:
            if (ascii_iequals(name, "expect")) {
                expects_continue_ = true;
                return ascii_iequals(value, "100-continue") ||
                       refuse(417, "The header Expect asks for something unknown");
            }
            return true;
        case 10:
            if (ascii_iequals(name, "connection")) {
                note_connection(value);
            }
            return true;
        case 14:
            return !ascii_iequals(name, "content-length") || note_content_length(value);
        case 17:
            return !ascii_iequals(name, "transfer-encoding") || note_transfer_encoding(value);
        default:
            return true;
    }
}

bool RequestParser::note_content_length(std::string_view value) {
    if (content_length_) {
        return refuse(400, "The header Content-Length is there twice");
    }
    const bool digits =
        !value.empty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    std::uint64_t length = 0;
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    if (!digits || error != std::errc{}) {
        return refuse(400, "The header Content-Length is not a number");
    }
    content_length_ = length;
    return true;
}

bool RequestParser::note_transfer_encoding(std::string_view value) {
    if (chunked_) {
        return refuse(400, "The header Transfer-Encoding is there twice");
    }
    if (!ascii_iequals(value, "chunked")) {
        return refuse(501, "The only Transfer-Encoding accepted is chunked");
    }
    chunked_ = true;
    return true;
}

void RequestParser::note_connection(std::string_view value) {
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(','), value.size());
        const std::string_view option = trim_blanks(value.substr(0, end));
        value.remove_prefix(std::min(end + 1, value.size()));
        close_option_ = close_option_ || ascii_iequals(option, "close");
        keep_alive_option_ = keep_alive_option_ || ascii_iequals(option, "keep-alive");
    }
}

bool RequestParser::check_whole() {
    if (hosts_ > 1 || (hosts_ == 0 && !is_http_1_0())) {
        return refuse(400, "The request must have one header Host");
    }
    if (chunked_ && content_length_) {
        return refuse(400, "The request has both Transfer-Encoding and Content-Length");
    }
    if (chunked_ && is_http_1_0()) {
        return refuse(400, "HTTP/1.0 has no Transfer-Encoding");
    }
    return true;
}

void RequestParser::fill(std::string_view bytes, Request& out) const {
    out.method = method_;
    out.path.assign(path_.in(bytes));
    out.query.assign(query_.in(bytes));
    out.headers.resize(fields_.size());
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        assign_lower(out.headers[i].first, fields_[i].name.in(bytes));
        out.headers[i].second.assign(fields_[i].value.in(bytes));
    }
}

bool RequestParser::refuse(int status, std::string_view text) {
    refusal_status_ = status;
    refusal_text_ = text;
    return false;
}

}  // namespace rookery::http
