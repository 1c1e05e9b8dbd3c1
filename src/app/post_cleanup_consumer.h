#pragma once

#include "events/consumer.h"
#include "social/environment.h"
#include "social/post_cleanup.h"

namespace rookery::app {

/// Gives social::PostCleanup its place in the outbox: social/ knows nothing of consumers.
class PostCleanupConsumer final : public events::Consumer {
public:
    explicit PostCleanupConsumer(social::Environment environment) : cleanup_(environment) {}

    [[nodiscard]] std::string_view name() const override { return "social.post_cleanup"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

private:
    social::PostCleanup cleanup_;
};

}  // namespace rookery::app
