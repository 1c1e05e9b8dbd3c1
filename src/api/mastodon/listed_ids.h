#pragma once

#include "api/mastodon/call.h"
#include "base/ids.h"
#include "base/result.h"

#include <vector>

namespace rookery::api::mastodon {

/// The `id[]` of a call, each once; kInvalid if one is no id, kTooLarge if there are more than 400.
[[nodiscard]] Result<std::vector<AccountId>> listed_ids(const Call& call);

}  // namespace rookery::api::mastodon
