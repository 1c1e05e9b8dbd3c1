#pragma once

#include <span>
#include <string_view>

namespace rookery::api::mastodon {

inline constexpr std::string_view kSoftwareVersion = "0.1.0";
/// The API that is spoken, and the number that clients switch features on by.
inline constexpr std::string_view kMastodonVersion = "4.5.0";
inline constexpr int kMastodonApiVersion = 7;
inline constexpr int kRookeryApiVersion = 1;

/// Every scope that an app may ask for.
[[nodiscard]] std::span<const std::string_view> supported_scopes();

}  // namespace rookery::api::mastodon
