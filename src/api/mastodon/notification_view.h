#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/status_view.h"
#include "base/task.h"
#include "notify/inbox.h"
#include "social/viewers.h"

#include <string>
#include <vector>

namespace rookery::api::mastodon {

/// Notifications as entities. Thread-safe.
class NotificationView {
public:
    /// Both outlive the view.
    NotificationView(AccountView& accounts, StatusView& statuses)
        : accounts_(accounts), statuses_(statuses) {}

    /// One entity an entry, in their order. `viewer` is the owner of the inbox.
    [[nodiscard]] Task<Result<std::vector<std::string>>>
    render_each(std::vector<notify::InboxEntry> entries, social::ViewerPtr viewer);

private:
    AccountView& accounts_;
    StatusView& statuses_;
};

/// Notifications with the same key are shown as one: favourites and boosts of one post, and
/// follows, each within one of the half days that this is long. All others are alone.
inline constexpr UnixMs kGroupBucketMs = 12 * 3'600'000;
[[nodiscard]] std::string group_key(const notify::Notification& notification);

}  // namespace rookery::api::mastodon
