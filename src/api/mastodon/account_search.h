#pragma once

#include "api/mastodon/call.h"
#include "api/mastodon/paging.h"
#include "base/result.h"
#include "base/task.h"
#include "social/account.h"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::mastodon {

/// The username that "@name", "name@our.host" or "name" asks for; empty if it is somebody of
/// another server or no name at all.
[[nodiscard]] std::string local_username(const ApiConfig& config, std::string_view text);

/// People whom the caller may find by what was typed (discover/people/people_search.h).
/// `only_following`: of those whom the caller follows.
[[nodiscard]] Task<Result<std::vector<social::AccountPtr>>>
search_accounts(Call call, std::string query, Offset page, bool only_following);

}  // namespace rookery::api::mastodon
