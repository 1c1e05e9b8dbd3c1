#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "ports/store.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rookery::notify {

/// Numbers are part of the stored format: append, never renumber.
enum class NotificationType : std::uint8_t {
    kMention = 0,  ///< also a reply to one's post
    kStatus = 1,   ///< a post by someone whose posts one asked to be told of
    kReblog = 2,
    kFollow = 3,
    kFollowRequest = 4,
    kFavourite = 5,
    kUpdate = 6,  ///< a post that one boosted was edited
};
inline constexpr std::size_t kNotificationTypes = 7;

/// "mention", "follow_request" …, as on the wire.
[[nodiscard]] std::string_view to_string(NotificationType type);
[[nodiscard]] std::optional<NotificationType> parse_notification_type(std::string_view text);

/// Something that another did and that concerns the owner of the inbox.
struct Notification {
    NotificationId id;
    NotificationType type = NotificationType::kMention;
    AccountId from;
    PostId post;                ///< what it is about; 0 for follows
    bool is_held_back = false;  ///< by the owner's policy, until they accept the sender

    [[nodiscard]] UnixMs created_at_ms() const { return id_time_ms(id.value); }

    bool operator==(const Notification&) const = default;
};

/// The value of a row of kNotifications; the id stands in its key.
[[nodiscard]] std::string encode(const Notification& notification);
/// kCorrupt if the bytes are not what encode() makes; never throws.
[[nodiscard]] Result<Notification> decode_notification(NotificationId id, std::string_view bytes);

/// The id of what one event makes of one receiver: the same however often the event is delivered,
/// and in the order of events, so that a client that asks for newer ids than it has misses none.
[[nodiscard]] NotificationId notification_id(const ports::StoredEvent& event);

}  // namespace rookery::notify
