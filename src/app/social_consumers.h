#pragma once

#include "events/consumer.h"
#include "social/conversations.h"
#include "social/environment.h"
#include "social/post_cleanup.h"

#include <span>
#include <string_view>
#include <utility>

namespace rookery::app {

// social/ says what follows from an event and knows nothing of consumers: these give it its place
// in the outbox.

/// Removes what deleted posts leave behind.
class PostCleanupConsumer final : public events::Consumer {
public:
    explicit PostCleanupConsumer(social::Environment environment)
        : cleanup_(std::move(environment)) {}

    [[nodiscard]] std::string_view name() const override { return "social.post_cleanup"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

private:
    social::PostCleanup cleanup_;
};

/// Keeps everybody's list of direct conversations.
class ConversationsConsumer final : public events::Consumer {
public:
    /// `conversations` must outlive it.
    explicit ConversationsConsumer(social::Conversations& conversations)
        : conversations_(conversations) {}

    [[nodiscard]] std::string_view name() const override { return "social.conversations"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

private:
    social::Conversations& conversations_;
};

}  // namespace rookery::app
