#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/services.h"
#include "api/mastodon/status_view.h"
#include "base/task.h"
#include "social/conversations.h"
#include "social/viewers.h"

#include <string>
#include <vector>

namespace rookery::api::mastodon {

/// Direct conversations as entities. Thread-safe.
class ConversationView {
public:
    /// All outlive the view.
    ConversationView(const Services& services, AccountView& accounts, StatusView& statuses)
        : services_(services), accounts_(accounts), statuses_(statuses) {}

    /// One entity a conversation, in their order. `viewer` is their owner.
    [[nodiscard]] Task<Result<std::vector<std::string>>>
    render_each(std::vector<social::Conversation> conversations, social::ViewerPtr viewer);

private:
    const Services& services_;
    AccountView& accounts_;
    StatusView& statuses_;
};

}  // namespace rookery::api::mastodon
