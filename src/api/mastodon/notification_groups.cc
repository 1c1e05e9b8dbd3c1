#include "api/mastodon/notification_groups.h"

#include <algorithm>
#include <bitset>
#include <optional>

namespace rookery::api::mastodon {

bool NotificationGroups::add(const notify::InboxEntry& entry, std::size_t groups_max) {
    const bool may_group = grouped_.test(static_cast<std::size_t>(entry.notification.type));
    std::string key =
        may_group ? group_key(entry.notification) : "ungrouped-" + to_string(entry.notification.id);
    const auto group = std::ranges::find(groups_, key, &NotificationGroup::key);
    if (group != groups_.end()) {
        group->entries.push_back(entry);
        return true;
    }
    if (groups_.size() == groups_max) {
        return false;
    }
    groups_.push_back({std::move(key), {entry}});
    return true;
}

std::optional<notify::InboxQuery> query_for_group(std::string_view key) {
    const std::size_t first_dash = key.find('-');
    const std::size_t last_dash = key.rfind('-');
    if (first_dash == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view kind = key.substr(0, first_dash);
    const auto number = parse_id_digits(key.substr(last_dash + 1));
    if (!number) {
        return std::nullopt;
    }
    notify::InboxQuery query;
    query.page.limit = kGroupEntriesMax;
    if (kind == "ungrouped") {
        query.with_held_back = true;  // it is named: as by its id
        query.page.max_id = *number + 1;
        query.page.since_id = *number - 1;
        return query;
    }
    const auto type = notify::parse_notification_type(kind);
    constexpr std::uint64_t kLastBucket = 1'000'000;
    if (!type || *number > kLastBucket) {
        return std::nullopt;
    }
    query.types.reset();
    query.types.set(static_cast<std::size_t>(*type));
    const auto bucket = static_cast<UnixMs>(*number);
    query.page.max_id = first_id_at((bucket + 1) * kGroupBucketMs);
    const std::uint64_t first = first_id_at(bucket * kGroupBucketMs);
    query.page.since_id = first == 0 ? 0 : first - 1;
    return query;
}

}  // namespace rookery::api::mastodon
