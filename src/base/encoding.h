#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// Base64url without padding (RFC 4648, section 5).
[[nodiscard]] std::string base64url_encode(std::string_view bytes);
/// Accepts both alphabets (RFC 4648, sections 4 and 5), with or without padding.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);
/// Base64 with padding (RFC 4648, section 4).
[[nodiscard]] std::string base64_encode(std::string_view bytes);

/// 32 bytes (FIPS 180-4).
[[nodiscard]] std::string sha256(std::string_view bytes);
/// 20 bytes; only where a protocol demands it (RFC 6455).
[[nodiscard]] std::string sha1(std::string_view bytes);
[[nodiscard]] std::string hex_encode(std::string_view bytes);

/// Compares in a time that depends on the lengths only.
[[nodiscard]] bool equal_constant_time(std::string_view a, std::string_view b);

/// Escapes &, <, >, " and ' for HTML text and attribute values.
[[nodiscard]] std::string html_escape(std::string_view text);

/// Percent-encodes everything but RFC 3986's unreserved characters.
[[nodiscard]] std::string percent_encode(std::string_view text);
/// Decodes %XX, and '+' as a space if `plus_is_space`; a broken escape is kept as it stands.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_space);

/// Lower-cases ASCII letters and leaves all other bytes.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool ascii_iequals(std::string_view a, std::string_view b);
[[nodiscard]] std::string_view trim_ascii(std::string_view text);

/// True if the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

/// ISO 8601 in UTC with milliseconds: "2026-01-01T00:00:00.000Z".
[[nodiscard]] std::string iso8601_ms(std::int64_t unix_ms);
/// The date alone: "2026-01-01".
[[nodiscard]] std::string iso8601_date(std::int64_t unix_ms);

}  // namespace rookery
