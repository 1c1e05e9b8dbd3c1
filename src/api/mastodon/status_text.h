#pragma once

#include "api/mastodon/api_config.h"
#include "api/mastodon/page_text.h"
#include "social/account.h"
#include "social/post.h"

#include <cstddef>
#include <string>

namespace rookery::api::mastodon {

/// The beginning of a Status entity, `{"id":…,"account":`: everything that changes only when the
/// post itself is edited.
[[nodiscard]] std::string
status_text(const ApiConfig& config, const social::Post& post, const social::Account& author);

/// What follows behind the account, `,"replies_count":…,"reblog":`.
void append_status_counts(PageText& out, const social::PostCounts& counts);
/// At most what append_status_counts writes, whatever is counted.
inline constexpr std::size_t kStatusCountsBytesMax = 160;

/// What most texts of statuses say (TextDictionary).
[[nodiscard]] std::string common_status_phrases(const ApiConfig& config);

/// Public addresses of a post.
[[nodiscard]] std::string
status_url(const ApiConfig& config, const social::Post& post, const social::Account& author);
[[nodiscard]] std::string
status_uri(const ApiConfig& config, const social::Post& post, const social::Account& author);

}  // namespace rookery::api::mastodon
