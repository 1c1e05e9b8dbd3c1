#pragma once

#include <string>
#include <string_view>

namespace rookery::http {

/// The reason phrase of RFC 9110, section 15; "Unknown" for a code that it does not have.
[[nodiscard]] std::string_view reason_phrase(int status);

/// The body of the errors that the server itself makes: {"error": text}.
[[nodiscard]] std::string error_body(std::string_view text);

}  // namespace rookery::http
