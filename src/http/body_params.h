#pragma once

#include "base/result.h"
#include "http/request.h"

#include <cstddef>
#include <string_view>

namespace rookery::http {

struct ParamLimits {
    std::size_t params_max = 1000;             ///< parameters and files together
    std::size_t json_bytes_max = 1024 * 1024;  ///< of a JSON body, whose tree is 20 times as large
    bool body_is_raw = false;                  ///< only the query is read
};

/// Fills `request.params` and `request.files` from its body, by its Content-Type, and from its
/// query, the body first. A JSON, form or multipart body is emptied afterwards; any other stays.
/// Errors: kInvalid with a text that names what is wrong, kTooLarge over a limit.
[[nodiscard]] Result<void> read_params(Request& request, ParamLimits limits);

/// Adds the members of a JSON object (RFC 8259), flattened as Params documents. kInvalid if `text`
/// is not a JSON object or a flattened name would be longer than 1 KB, kTooLarge if it would make
/// `out` larger than `params_max`.
[[nodiscard]] Result<void>
parse_json_params(std::string_view text, std::size_t params_max, Params& out);

/// Takes a multipart/form-data body apart (RFC 7578). `boundary` as the Content-Type has it.
[[nodiscard]] Result<void> parse_multipart(
    std::string_view body,
    std::string_view boundary,
    std::size_t params_max,
    Request& out
);

/// The value of a parameter of a header like `multipart/form-data; boundary="x"` (RFC 9110, section
/// 5.6.6), unquoted; nothing if there is none. `name` in lower case.
[[nodiscard]] std::optional<std::string>
header_parameter(std::string_view header, std::string_view name);

}  // namespace rookery::http
