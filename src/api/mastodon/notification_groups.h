#pragma once

#include "api/mastodon/notification_view.h"
#include "notify/inbox.h"

#include <bitset>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::mastodon {

/// Notifications of one key among those of a page.
struct NotificationGroup {
    std::string key;
    std::vector<notify::InboxEntry> entries;  ///< newest first, never empty

    [[nodiscard]] const notify::InboxEntry& newest() const { return entries.front(); }
    [[nodiscard]] const notify::InboxEntry& oldest() const { return entries.back(); }
};

/// Groups in the order of their newest notification. Types that are not in `grouped` stay alone.
class NotificationGroups {
public:
    explicit NotificationGroups(std::bitset<notify::kNotificationTypes> grouped)
        : grouped_(grouped) {}

    /// Entries come newest first. False, and nothing is added, if it would begin a group beyond
    /// `groups_max`.
    bool add(const notify::InboxEntry& entry, std::size_t groups_max);

    [[nodiscard]] const std::vector<NotificationGroup>& all() const { return groups_; }

private:
    std::bitset<notify::kNotificationTypes> grouped_;
    std::vector<NotificationGroup> groups_;
};

/// Of one group, so many are counted and shown.
inline constexpr std::size_t kGroupEntriesMax = 1000;

/// Where in the inbox the notifications of a group lie, as group_key() made it: a query whose
/// entries still need comparing with the key. Nothing if no key is of this form.
[[nodiscard]] std::optional<notify::InboxQuery> query_for_group(std::string_view key);

}  // namespace rookery::api::mastodon
