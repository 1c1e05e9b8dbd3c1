#pragma once

#include "base/task.h"
#include "notify/notification.h"
#include "notify/pending_batch.h"

#include <string>

namespace rookery::notify {

/// The rows beside a notification that is held back: one by its sender, and the request that all
/// of one sender's form together. A request's id is the id of its first notification.
class HeldBack {
public:
    explicit HeldBack(PendingBatch& pending) : pending_(pending) {}

    /// Adds the rows of a notification that is about to be written as filtered. The commit fails
    /// with kConflict if the owner accepts the sender meanwhile.
    [[nodiscard]] Task<Result<void>> add(AccountId owner, Notification notification);
    /// Takes them away, and the request with the last of them.
    [[nodiscard]] Task<Result<void>> remove(AccountId owner, Notification notification);

private:
    PendingBatch& pending_;
};

[[nodiscard]] ports::Key notification_key(AccountId owner, NotificationId id);
[[nodiscard]] ports::Key request_key(AccountId owner, NotificationId request);
[[nodiscard]] ports::Key permission_key(AccountId owner, AccountId sender);
/// What is held back of one sender: the row of an empty sort key says the request's id.
[[nodiscard]] std::string held_partition(AccountId owner, AccountId sender);
[[nodiscard]] ports::Key held_head_key(AccountId owner, AccountId sender);
/// The newest first, without the head.
[[nodiscard]] ports::Range held_range(AccountId owner, AccountId sender, std::size_t limit);

}  // namespace rookery::notify
