#pragma once

#include "discover/trends/trend.h"

#include <string>
#include <string_view>

namespace rookery::api::mastodon {

/// A Trends::Link entity. Pages are never fetched, so it says what the address itself tells: the
/// title is host and path, the provider the host, and there is neither description nor picture.
[[nodiscard]] std::string render_trending_link(const discover::trends::Trend& trend);

/// A finished JSON object with one member more.
[[nodiscard]] std::string with_member(std::string object, std::string_view name, bool value);

}  // namespace rookery::api::mastodon
