#pragma once

#include <string>

namespace rookery::api::mastodon {

/// The picture of those who have none: 240 × 240 pixels, a PNG file.
[[nodiscard]] std::string default_avatar_png();
/// The header of those who have none: 600 × 200 pixels, a PNG file.
[[nodiscard]] std::string default_header_png();

}  // namespace rookery::api::mastodon
