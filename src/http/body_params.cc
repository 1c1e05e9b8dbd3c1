#include "http/body_params.h"

#include "base/encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace rookery::http {

namespace {

Error too_many() {
    return fail(ErrorCode::kTooLarge, "The request has too many parameters");
}

Result<void> parse_limited_form(std::string_view text, std::size_t params_max, Params& out) {
    const auto pairs = static_cast<std::size_t>(std::ranges::count(text, '&'));
    if (out.all().size() + pairs >= params_max && !text.empty()) {
        return too_many();
    }
    parse_form(text, out);
    return {};
}

Result<void> read_body(Request& request, ParamLimits limits) {
    if (request.body.empty() || limits.body_is_raw) {
        return {};
    }
    const std::string_view header = request.header("content-type").value_or("");
    const std::string type =
        ascii_lower(trim_ascii(header.substr(0, std::min(header.find(';'), header.size()))));
    Result<void> read;
    if (type == "application/json" || type.ends_with("+json")) {
        if (request.body.size() > limits.json_bytes_max) {
            return fail(ErrorCode::kTooLarge, "The JSON request body is too large");
        }
        read = parse_json_params(request.body, limits.params_max, request.params);
    } else if (type == "application/x-www-form-urlencoded") {
        read = parse_limited_form(request.body, limits.params_max, request.params);
    } else if (type == "multipart/form-data") {
        read = parse_multipart(
            request.body,
            header_parameter(header, "boundary").value_or(""),
            limits.params_max,
            request
        );
    } else {
        return {};
    }
    request.body = {};
    return read;
}

/// Takes a token or a quoted string off the front of `rest`, up to the next ';'.
std::string take_parameter_value(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!rest.starts_with('"')) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        std::string value(trim_ascii(rest.substr(0, end)));
        rest.remove_prefix(end);
        return value;
    }
    std::string value;
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
        if (rest[at] == '\\' && at + 1 < rest.size()) {
            ++at;
        }
        value.push_back(rest[at]);
    }
    rest.remove_prefix(std::min(rest.find(';', at), rest.size()));
    return value;
}

}  // namespace

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
    std::string_view rest = header.substr(std::min(header.find(';'), header.size()));
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::size_t stop = std::min(rest.find_first_of("=;"), rest.size());
        const std::string_view key = trim_ascii(rest.substr(0, stop));
        const bool has_value = stop < rest.size() && rest[stop] == '=';
        rest.remove_prefix(has_value ? stop + 1 : stop);
        if (!has_value) {
            continue;
        }
        std::string value = take_parameter_value(rest);
        if (ascii_iequals(key, name)) {
            return value;
        }
    }
    return std::nullopt;
}

Result<void> read_params(Request& request, ParamLimits limits) {
    if (auto read = read_body(request, limits); !read) {
        return read;
    }
    if (auto read = parse_limited_form(request.query, limits.params_max, request.params); !read) {
        return read;
    }
    for (const auto& [name, value] : request.params.all()) {
        if (!is_valid_utf8(name)) {
            return fail(ErrorCode::kInvalid, "A parameter's name is not valid UTF-8");
        }
        if (!is_valid_utf8(value) || value.find('\0') != std::string::npos) {
            return fail(
                ErrorCode::kInvalid, fmt::format("The parameter {} is not valid UTF-8 text", name)
            );
        }
    }
    return {};
}

}  // namespace rookery::http
