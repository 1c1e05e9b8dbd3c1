#include "notify/held_back.h"

#include "social/tables.h"

#include <utility>

namespace rookery::notify {

namespace tables = social::tables;

ports::Key notification_key(AccountId owner, NotificationId id) {
    return {tables::kNotifications, tables::id_bytes(owner), tables::newest_first(id)};
}

ports::Key request_key(AccountId owner, NotificationId request) {
    return {tables::kNotificationRequests, tables::id_bytes(owner), tables::newest_first(request)};
}

ports::Key permission_key(AccountId owner, AccountId sender) {
    return {tables::kNotificationPermissions, tables::id_bytes(owner), tables::id_bytes(sender)};
}

std::string held_partition(AccountId owner, AccountId sender) {
    return tables::id_bytes(owner) + tables::id_bytes(sender);
}

ports::Key held_head_key(AccountId owner, AccountId sender) {
    return {tables::kHeldNotifications, held_partition(owner, sender), {}};
}

ports::Range held_range(AccountId owner, AccountId sender, std::size_t limit) {
    return {
        .table = tables::kHeldNotifications,
        .partition = held_partition(owner, sender),
        .from = std::string(1, '\0'),
        .limit = limit,
    };
}

Task<Result<void>> HeldBack::add(AccountId owner, Notification notification) {
    const AccountId sender = notification.from;
    const ports::Key head = held_head_key(owner, sender);
    CO_TRY(const auto known, co_await pending_.get(head));
    const NotificationId request =
        known ? NotificationId(tables::parse_id_bytes(*known)) : notification.id;
    // Written each time: the request may be dismissed between our look and the commit.
    pending_.put(head, tables::id_bytes(request));
    pending_.put(request_key(owner, request), tables::id_bytes(sender));
    pending_.put(
        {tables::kHeldNotifications,
         held_partition(owner, sender),
         tables::newest_first(notification.id)},
        ""
    );
    pending_.expect_absent(permission_key(owner, sender));
    co_return Result<void>{};
}

Task<Result<void>> HeldBack::remove(AccountId owner, Notification notification) {
    const AccountId sender = notification.from;
    const std::string partition = held_partition(owner, sender);
    const ports::Key head = held_head_key(owner, sender);
    pending_.erase({tables::kHeldNotifications, partition, tables::newest_first(notification.id)});
    constexpr std::size_t kHeadAndOne = 2;
    CO_TRY(
        const auto rest, co_await pending_.scan(tables::kHeldNotifications, partition, kHeadAndOne)
    );
    CO_TRY(const auto request, co_await pending_.get(head));
    if (rest.size() < kHeadAndOne && request) {
        pending_.erase(head);
        pending_.erase(request_key(owner, NotificationId(tables::parse_id_bytes(*request))));
    }
    co_return Result<void>{};
}

}  // namespace rookery::notify
