#pragma once

#include "base/task.h"
#include "notify/notification.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/paging.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace rookery::notify {

/// What one sender's notifications that are held back form together.
struct Request {
    NotificationId id;
    social::AccountPtr from;
    std::size_t notifications = 0;  ///< at most kCountedMax
    UnixMs updated_at_ms = 0;       ///< of the newest
    social::PostPtr last_post;      ///< of the newest mention that may be seen; null if none
    social::AccountPtr last_post_author;

    [[nodiscard]] UnixMs created_at_ms() const { return id_time_ms(id.value); }
};

struct RequestSummary {
    std::size_t requests = 0;  ///< at most kCountedMax
    std::size_t notifications = 0;
};

/// What a policy holds back, until its owner accepts or dismisses it. Requests of those that one
/// would not hear from anyway (blocked, suspended) are left out. Thread-safe.
class Requests {
public:
    static constexpr std::size_t kCountedMax = 100;

    Requests(
        social::Environment environment,
        social::Accounts& accounts,
        social::Posts& posts,
        social::Viewers& viewers
    );

    /// Newest request first.
    [[nodiscard]] Task<Result<std::vector<Request>>> page(AccountId owner, social::PageRequest page)
        const;
    /// kNotFound if there is none.
    [[nodiscard]] Task<Result<Request>> find(AccountId owner, NotificationId id) const;
    [[nodiscard]] Task<Result<RequestSummary>> summary(AccountId owner) const;

    /// Lets the sender's notifications into the inbox, these and all that come. kNotFound if there
    /// is no such request.
    [[nodiscard]] Task<Result<void>> accept(AccountId owner, NotificationId id) const;
    /// Forgets them; what comes later makes a new request.
    [[nodiscard]] Task<Result<void>> dismiss(AccountId owner, NotificationId id) const;
    [[nodiscard]] Task<Result<void>> dismiss_all(AccountId owner) const;

private:
    Task<Result<AccountId>> sender_of(AccountId owner, NotificationId id) const;
    Task<Result<bool>> accept_some(AccountId owner, AccountId sender, NotificationId id) const;
    Task<Result<std::optional<Request>>>
    present(social::ViewerPtr viewer, NotificationId id, AccountId sender) const;
    Task<Result<void>> add_last_post(
        social::ViewerPtr viewer,
        std::vector<NotificationId> newest,
        Request* request
    ) const;

    social::Environment environment_;
    social::Accounts& accounts_;
    social::Posts& posts_;
    social::Viewers& viewers_;
};

}  // namespace rookery::notify
