#pragma once

#include "base/task.h"
#include "notify/notification.h"
#include "notify/pending_batch.h"

namespace rookery::notify {

/// A notification to be, and whose inbox it is for.
struct Draft {
    AccountId receiver;
    Notification notification;
};

/// Writes and withdraws notifications, each with a row that finds it again by its cause, so that
/// one cause has one notification however often it is told, and none once the cause is gone.
class Causes {
public:
    explicit Causes(PendingBatch& pending) : pending_(pending) {}

    /// Adds the notification and tells of it (kNotified), unless it is held back. Nothing if the
    /// same cause was told before; an update takes the place of the earlier one.
    [[nodiscard]] Task<Result<void>> add(Draft draft);
    /// Withdraws what `draft` would add; its id does not count.
    [[nodiscard]] Task<Result<void>> withdraw(Draft draft);
    /// Withdraws everything about a post.
    [[nodiscard]] Task<Result<void>> withdraw_post(PostId post);

private:
    Task<Result<void>> erase_row(AccountId receiver, NotificationId id);

    PendingBatch& pending_;
};

}  // namespace rookery::notify
