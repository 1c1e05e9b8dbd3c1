#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "notify/inbox.h"

namespace rookery::api::mastodon {

/// types[], exclude_types[], account_id, include_filtered and the paging parameters of a list of
/// notifications. Unknown types are ignored: clients name ones of other servers.
[[nodiscard]] Result<notify::InboxQuery> parse_inbox_query(const Call& call);

/// How many notifications the caller has not read, as their marker tells: at most `max`.
[[nodiscard]] Task<Result<std::vector<notify::InboxEntry>>>
unread_notifications(Call call, std::size_t max);

}  // namespace rookery::api::mastodon
