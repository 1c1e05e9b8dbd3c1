#pragma once

#include "base/task.h"
#include "notify/notification.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/paging.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <bitset>
#include <optional>
#include <vector>

namespace rookery::notify {

/// A notification with what it is about, as its owner may see it.
struct InboxEntry {
    Notification notification;
    social::AccountPtr from;
    social::PostPtr post;            ///< null for follows
    social::AccountPtr post_author;  ///< null for follows
};

struct InboxQuery {
    std::bitset<kNotificationTypes> types = std::bitset<kNotificationTypes>().set();
    AccountId from;  ///< 0: anyone
    bool with_held_back = false;
    social::PageRequest page;
};

/// Reads people's notifications. What one may no longer see (a deleted post, a blocked account) is
/// left out before a page is filled, so a short page is the last. Thread-safe.
class Inbox {
public:
    Inbox(
        social::Environment environment,
        social::Accounts& accounts,
        social::Posts& posts,
        social::Viewers& viewers
    );

    /// Newest first.
    [[nodiscard]] Task<Result<std::vector<InboxEntry>>> page(AccountId owner, InboxQuery query);
    /// Also one that is held back. kNotFound if there is none, or if it is about something that is
    /// gone.
    [[nodiscard]] Task<Result<InboxEntry>> find(AccountId owner, NotificationId id);

    /// No error if there is none.
    [[nodiscard]] Task<Result<void>> dismiss(AccountId owner, std::vector<NotificationId> ids);
    /// What is held back as well, but not the requests that it forms (Requests::dismiss_all).
    [[nodiscard]] Task<Result<void>> clear(AccountId owner);

private:
    struct Scan;

    Task<Result<void>> keep_wanted(Scan* scan, std::vector<ports::Row> rows);
    Task<Result<std::vector<std::optional<InboxEntry>>>>
    present(social::ViewerPtr viewer, std::vector<Notification> notifications);

    social::Environment environment_;
    social::Accounts& accounts_;
    social::Posts& posts_;
    social::Viewers& viewers_;
};

}  // namespace rookery::notify
