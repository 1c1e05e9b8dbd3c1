#include "notify/causes.h"

#include "notify/held_back.h"
#include "social/event.h"
#include "social/tables.h"

#include <limits>

namespace rookery::notify {

namespace tables = social::tables;

namespace {

/// All causes about one post lie together; those of follows lie with the receiver.
ports::Key cause_key(const Draft& draft) {
    const Notification& notification = draft.notification;
    const bool about_post = static_cast<bool>(notification.post);
    std::string partition = about_post ? "p" : "a";
    partition +=
        about_post ? tables::id_bytes(notification.post) : tables::id_bytes(draft.receiver);
    std::string sort = tables::id_bytes(draft.receiver);
    sort += static_cast<char>(notification.type);
    sort += tables::id_bytes(notification.from);
    return {tables::kNotificationCauses, std::move(partition), std::move(sort)};
}

ports::Key row_key(AccountId receiver, std::uint64_t notification) {
    return notification_key(receiver, NotificationId(notification));
}

}  // namespace

Task<Result<void>> Causes::add(Draft draft) {
    const Notification& notification = draft.notification;
    const ports::Key cause = cause_key(draft);
    CO_TRY(const auto earlier, co_await pending_.get(cause));
    if (earlier) {
        const std::uint64_t earlier_id = tables::parse_id_bytes(*earlier);
        const bool replaces =
            notification.type == NotificationType::kUpdate && earlier_id != notification.id.value;
        if (!replaces) {
            co_return Result<void>{};
        }
        pending_.erase(row_key(draft.receiver, earlier_id));
    }
    pending_.put(cause, tables::id_bytes(notification.id));
    pending_.put(row_key(draft.receiver, notification.id.value), encode(notification));
    if (notification.is_held_back) {
        HeldBack held_back(pending_);
        co_return co_await held_back.add(draft.receiver, notification);
    }
    pending_.emit(social::encode(social::SocialEvent{
        .type = social::EventType::kNotified,
        .actor = draft.receiver,
        .target = notification.from,
        .post = notification.post,
        .ref = notification.id.value,
    }));
    co_return Result<void>{};
}

Task<Result<void>> Causes::erase_row(AccountId receiver, NotificationId id) {
    const ports::Key key = notification_key(receiver, id);
    CO_TRY(const auto row, co_await pending_.get(key));
    if (!row) {
        co_return Result<void>{};  // dismissed
    }
    pending_.erase(key);
    CO_TRY(const auto notification, decode_notification(id, *row));
    if (notification.is_held_back) {
        HeldBack held_back(pending_);
        CO_CHECK(co_await held_back.remove(receiver, notification));
    }
    co_return Result<void>{};
}

Task<Result<void>> Causes::withdraw(Draft draft) {
    const ports::Key cause = cause_key(draft);
    CO_TRY(const auto earlier, co_await pending_.get(cause));
    if (earlier) {
        const NotificationId id(tables::parse_id_bytes(*earlier));
        CO_CHECK(co_await erase_row(draft.receiver, id));
        pending_.erase(cause);
    }
    co_return Result<void>{};
}

Task<Result<void>> Causes::withdraw_post(PostId post) {
    const std::string partition = "p" + tables::id_bytes(post);
    constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
    CO_TRY(const auto rows, co_await pending_.scan(tables::kNotificationCauses, partition, kAll));
    for (const ports::Row& row : rows) {
        const AccountId receiver(tables::parse_id_bytes(row.sort.substr(0, sizeof(std::uint64_t))));
        const NotificationId id(tables::parse_id_bytes(row.value));
        CO_CHECK(co_await erase_row(receiver, id));
        pending_.erase({tables::kNotificationCauses, partition, row.sort});
    }
    co_return Result<void>{};
}

}  // namespace rookery::notify
