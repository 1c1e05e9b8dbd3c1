#include "http/response_head.h"

#include "base/encoding.h"
#include "base/log.h"
#include "http/grammar.h"
#include "http/status.h"

#include <array>
#include <charconv>

namespace rookery::http {

namespace {

constexpr std::string_view kCorsLines =
    "Access-Control-Allow-Origin: *\r\n"
    "Access-Control-Expose-Headers: Link, X-RateLimit-Limit, X-RateLimit-Remaining, "
    "X-RateLimit-Reset, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, "
    "Mastodon-Async-Refresh\r\n";

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end);
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

}  // namespace

void append_head(const Response& response, const HeadFacts& facts, std::string& out) {
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(response.status));
    out.push_back(' ');
    out += reason_phrase(response.status);
    out += "\r\n";
    out += facts.date_line;
    bool varies_by_encoding = facts.varies_by_encoding;
    for (const auto& [name, value] : response.headers) {
        if (!is_token(name) || !is_field_value(value)) {
            log::error("a handler made a malformed header", {{"name", name}});
            continue;
        }
        append_line(out, name, value);
        if (ascii_iequals(name, "Vary") && ascii_iequals(value, "Accept-Encoding")) {
            varies_by_encoding = false;  // the handler has said so
        }
    }
    append_line(out, "X-Request-Id", facts.request_id);
    if (facts.is_cross_origin) {
        out += kCorsLines;
    }
    if (!facts.entity_tag.empty()) {
        append_line(out, "ETag", facts.entity_tag);
    }
    if (facts.is_gzipped) {
        out += "Content-Encoding: gzip\r\n";
    }
    if (varies_by_encoding) {
        out += "Vary: Accept-Encoding\r\n";
    }
    if (facts.content_length) {
        out += "Content-Length: ";
        append_number(out, *facts.content_length);
        out += "\r\n";
    }
    out += facts.connection_line;
    out += "\r\n";
}

Response error_response(int status, std::string_view text) {
    return Response::json(error_body(text), status);
}

Response preflight_answer(const Request& request) {
    Response response;
    response.status = 204;
    response.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    if (const auto asked = request.header("access-control-request-headers")) {
        response.header("Access-Control-Allow-Headers", std::string(*asked));
    }
    response.header("Access-Control-Max-Age", "86400");
    return response;
}

std::string allow_value(const std::vector<Method>& methods) {
    std::string value;
    for (const Method method : methods) {
        value += value.empty() ? "" : ", ";
        value += to_string(method);
    }
    return value;
}

}  // namespace rookery::http
