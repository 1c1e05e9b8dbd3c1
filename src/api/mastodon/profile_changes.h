#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "social/accounts.h"

#include <string>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

/// What update_credentials is asked to change; kInvalid names the parameter that is wrong.
[[nodiscard]] Result<social::AccountChanges> profile_changes_of(const Call& call);

/// The pairs of `fields_attributes`, given as `[0][name]`, `[0][value]` … (in the order of the
/// numbers) or as `[][name]`, `[][value]` … (a new field begins where a part repeats). Pairs
/// without both name and value are left out.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> fields_of(const http::Params& params
);

}  // namespace rookery::api::mastodon
