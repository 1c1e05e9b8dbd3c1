#include "notify/notification.h"

#include "base/codec.h"
#include "base/random.h"

namespace rookery::notify {

namespace {

constexpr std::array<std::string_view, kNotificationTypes>
    kNames{"mention", "status", "reblog", "follow", "follow_request", "favourite", "update"};

constexpr std::uint8_t kVersion = 1;
constexpr std::string_view kHeldBackEnd = "\x01";  ///< only where it is held back

}  // namespace

std::string_view to_string(NotificationType type) {
    return kNames.at(static_cast<std::size_t>(type));
}

std::optional<NotificationType> parse_notification_type(std::string_view text) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames.at(i) == text) {
            return static_cast<NotificationType>(i);
        }
    }
    return std::nullopt;
}

std::string encode(const Notification& notification) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kVersion);
    writer.byte(static_cast<std::uint8_t>(notification.type));
    writer.varint(notification.from.value);
    writer.varint(notification.post.value);
    if (notification.is_held_back) {
        out += kHeldBackEnd;
    }
    return out;
}

Result<Notification> decode_notification(NotificationId id, std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t version = reader.byte();
    const std::uint8_t type = reader.byte();
    Notification out;
    out.id = id;
    out.from = AccountId(reader.varint());
    out.post = PostId(reader.varint());
    const std::string_view end = reader.rest();
    out.is_held_back = end == kHeldBackEnd;
    const bool is_whole = end.empty() || out.is_held_back;
    if (!reader.complete() || !is_whole || version != kVersion || type >= kNotificationTypes) {
        return fail(ErrorCode::kCorrupt, "stored notification does not parse");
    }
    out.type = static_cast<NotificationType>(type);
    return out;
}

NotificationId notification_id(const ports::StoredEvent& event) {
    // Within a millisecond the events' own order decides; where it starts differs from one
    // millisecond to the next, so that ids do not tell how many events there were.
    constexpr std::uint64_t kLowBits = (std::uint64_t{1} << kIdTimeShift) - 1;
    auto seed = static_cast<std::uint64_t>(event.at_ms);
    const std::uint64_t start = split_mix64(seed);
    return NotificationId(first_id_at(event.at_ms) | ((event.id + start) & kLowBits));
}

}  // namespace rookery::notify
