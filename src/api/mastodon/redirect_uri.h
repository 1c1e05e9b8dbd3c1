#pragma once

#include <string>
#include <string_view>

namespace rookery::api::mastodon {

/// "Show the code on a page": for programs that no browser can come back to.
inline constexpr std::string_view kOutOfBandUri = "urn:ietf:wg:oauth:2.0:oob";

/// What an app may register: an absolute URI (RFC 3986, section 4.3) without a fragment (RFC 6749,
/// section 3.1.2), of any scheme that does not run script, or kOutOfBandUri.
[[nodiscard]] bool is_valid_redirect_uri(std::string_view uri);

/// True for http and https URLs with a host.
[[nodiscard]] bool is_web_url(std::string_view url);

/// `uri` with more parameters in its query ("code=…&state=…", already encoded).
[[nodiscard]] std::string with_query(std::string_view uri, std::string_view parameters);

}  // namespace rookery::api::mastodon
