#include "api/mastodon/notification_view.h"

#include "base/encoding.h"
#include "base/json_writer.h"

#include <utility>

namespace rookery::api::mastodon {

std::string group_key(const notify::Notification& notification) {
    const std::string bucket = std::to_string(notification.created_at_ms() / kGroupBucketMs);
    switch (notification.type) {
        case notify::NotificationType::kFavourite:
        case notify::NotificationType::kReblog:
            return std::string(to_string(notification.type)) + "-" + to_string(notification.post) +
                   "-" + bucket;
        case notify::NotificationType::kFollow:
            return "follow-" + bucket;
        default:
            return "ungrouped-" + to_string(notification.id);
    }
}

Task<Result<std::vector<std::string>>>
NotificationView::render_each(std::vector<notify::InboxEntry> entries, social::ViewerPtr viewer) {
    std::vector<social::AccountPtr> from;
    feed::Page posts;
    for (const notify::InboxEntry& entry : entries) {
        from.push_back(entry.from);
        if (entry.post) {
            posts.push_back({entry.post, entry.post_author, nullptr, nullptr});
        }
    }
    CO_TRY(const auto accounts, co_await accounts_.render_many(std::move(from)));
    CO_TRY(const auto statuses, co_await statuses_.render_each(std::move(posts), viewer));

    std::vector<std::string> out(entries.size());
    std::size_t next_status = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const notify::Notification& notification = entries[i].notification;
        JsonWriter json(out[i]);
        json.begin_object()
            .field("id", to_string(notification.id))
            .field("type", to_string(notification.type))
            .field("group_key", group_key(notification))
            .field("created_at", iso8601_ms(notification.created_at_ms()))
            .raw_field("account", *accounts[i]);
        if (entries[i].post) {
            json.raw_field("status", statuses[next_status++]);
        } else {
            json.null_field("status");
        }
        if (notification.is_held_back) {
            json.field("filtered", true);
        }
        json.end_object();
    }
    co_return out;
}

}  // namespace rookery::api::mastodon
