#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "social/account.h"

#include <string>
#include <vector>

namespace rookery::api::mastodon {

/// Admin::Account entities, in the order of `accounts`, which has no null. What this server does
/// not know (approval, limiting) has the value that says so.
[[nodiscard]] Task<Result<std::vector<std::string>>>
render_for_admins(Call call, std::vector<social::AccountPtr> accounts);

}  // namespace rookery::api::mastodon
