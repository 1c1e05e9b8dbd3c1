#pragma once

#include "events/consumer.h"
#include "notify/causes.h"
#include "notify/policy.h"
#include "social/accounts.h"
#include "social/event.h"
#include "social/posts.h"
#include "social/reactions.h"
#include "social/viewers.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace rookery::notify {

struct InboxWriterConfig {
    /// Of those who asked to be told of an author's posts, so many are.
    std::size_t subscribers_max = 10'000;
    /// Of those who boosted a post, so many are told that it was edited (the latest).
    std::size_t boosters_told_max = 1'000;
};

/// Turns what happened into rows of inboxes. Asks privacy at the time of the event; Inbox asks
/// again at reading. Own actions never notify.
class InboxWriter final : public events::Consumer {
public:
    /// All outlive the writer.
    InboxWriter(
        InboxWriterConfig config,
        ports::Store& store,
        social::Accounts& accounts,
        social::Posts& posts,
        social::Viewers& viewers,
        social::Reactions& reactions
    );

    [[nodiscard]] std::string_view name() const override { return "notify.inbox"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

private:
    /// One event on its way: lives in handle()'s frame while its steps run.
    struct Step {
        const ports::StoredEvent& stored;
        social::SocialEvent event;
        PendingBatch& pending;

        [[nodiscard]] Draft draft(AccountId receiver, NotificationType type, PostId about) const;
    };

    Task<Result<void>> apply(const Step* step);
    Task<Result<void>> apply_follow(const Step* step);
    Task<Result<void>> post_created(const Step* step);
    Task<Result<void>> post_edited(const Step* step);
    Task<Result<void>> post_deleted(const Step* step);
    Task<Result<void>> tell_subscribers(const Step* step, social::PostPtr post);
    Task<Result<void>> tell_boosters(const Step* step, social::PostPtr post);
    Task<Result<void>> tell_mentioned(const Step* step, social::PostPtr post);

    /// Adds the notification if the receiver exists and may and wants to get it. `post` is what it
    /// is about, or null.
    Task<Result<void>> tell(const Step* step, Draft draft, social::PostPtr post);

    /// A notification on its way to somebody who may see what it is about.
    struct Message {
        Draft draft;
        social::AccountPtr from;
        social::ViewerPtr viewer;  ///< the receiver
        social::PostPtr post;      ///< null for follows
    };
    /// What the receiver's policy says of it.
    Task<Result<Verdict>> verdict_on(const Step* step, Message message);
    /// True if `post` answers, directly or not, a private mention that the receiver began with.
    Task<Result<bool>> answers_private_mention(AccountId receiver, social::PostPtr post);

    InboxWriterConfig config_;
    ports::Store& store_;
    social::Accounts& accounts_;
    social::Posts& posts_;
    social::Viewers& viewers_;
    social::Reactions& reactions_;
};

}  // namespace rookery::notify
