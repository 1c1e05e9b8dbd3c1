#pragma once

#include "http/request.h"
#include "http/response.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::http {

/// What the server adds to a response's own headers.
struct HeadFacts {
    std::string_view date_line;
    std::string_view request_id;
    std::string_view entity_tag;  ///< empty: none
    bool is_cross_origin = false;
    bool is_gzipped = false;
    bool varies_by_encoding = false;
    /// Nothing: no Content-Length (1xx, 204, 304, a stream).
    std::optional<std::size_t> content_length;
    /// "Connection: …\r\n" or empty.
    std::string_view connection_line;
};

/// Appends the status line, the headers and the empty line. A header of the response whose name or
/// value could break the head apart is left out, and logged as the bug that it is.
void append_head(const Response& response, const HeadFacts& facts, std::string& out);

/// {"error": text}, as the server itself answers.
[[nodiscard]] Response error_response(int status, std::string_view text);

/// The answer to a CORS preflight: every method, the headers that it asks for.
[[nodiscard]] Response preflight_answer(const Request& request);

/// "GET, HEAD, POST".
[[nodiscard]] std::string allow_value(const std::vector<Method>& methods);

}  // namespace rookery::http
