#pragma once

#include <string_view>

namespace rookery::http {

/// True if Accept-Encoding (RFC 9110, section 12.5.3) admits gzip: named, or covered by '*', and
/// not with q=0.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);
/// The same for the coding `name`, in lower case, e.g. "br"; also if it goes by `other_name`.
[[nodiscard]] bool accepts_coding(
    std::string_view accept_encoding,
    std::string_view name,
    std::string_view other_name = {}
);

/// True for types that shrink: text, JSON, XML, JavaScript, SVG.
[[nodiscard]] bool is_compressible(std::string_view content_type);

}  // namespace rookery::http
