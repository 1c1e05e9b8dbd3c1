#include "notify/held_back.h"
#include "notify/inbox_writer.h"
#include "notify/policies.h"
#include "social/follows.h"
#include "social/tables.h"

namespace rookery::notify {

namespace tables = social::tables;

namespace {

/// A longer exchange was started by somebody who would have to be asked again: no harm.
constexpr int kAncestorsMax = 40;

Task<Result<Policy>> policy_of(PendingBatch* pending, AccountId owner) {
    CO_TRY(const auto row, co_await pending->get(policy_key(owner)));
    co_return row ? decode_policy(*row) : Result<Policy>(Policy{});
}

/// Since when `follower` follows `followee`; nothing if they do not.
Task<Result<std::optional<UnixMs>>>
following_since(PendingBatch* pending, AccountId follower, AccountId followee) {
    const ports::Key edge{tables::kFollows, tables::id_bytes(follower), tables::id_bytes(followee)};
    CO_TRY(const auto row, co_await pending->get(edge));
    if (!row) {
        co_return std::optional<UnixMs>{};
    }
    CO_TRY(const auto follow, social::decode_follow(*row));
    co_return std::optional<UnixMs>(id_time_ms(follow.id.value));
}

}  // namespace

Task<Result<bool>> InboxWriter::answers_private_mention(AccountId receiver, social::PostPtr post) {
    PostId above = post->in_reply_to;
    for (int i = 0; i < kAncestorsMax && above; ++i) {
        CO_TRY(const auto found, co_await posts_.find_many({above}));
        const social::PostPtr& ancestor = found.front();
        if (!ancestor) {
            break;
        }
        const bool is_theirs = ancestor->author == receiver &&
                               ancestor->visibility == social::Visibility::kDirect &&
                               ancestor->mentions_account(post->author);
        if (is_theirs) {
            co_return true;
        }
        above = ancestor->in_reply_to;
    }
    co_return false;
}

Task<Result<Verdict>> InboxWriter::verdict_on(const Step* step, Message message) {
    const Notification& notification = message.draft.notification;
    const AccountId receiver = message.draft.receiver;
    const bool is_mention = notification.type == NotificationType::kMention;
    // Nobody keeps a word of those who look after the house waiting.
    const bool is_from_staff = is_mention && message.from->role != social::Role::kUser;
    if (!can_be_held_back(notification.type) || is_from_staff) {
        co_return Verdict::kAccept;
    }
    CO_TRY(const Policy policy, co_await policy_of(&step->pending, receiver));
    CO_TRY(
        const auto permission,
        co_await step->pending.get(permission_key(receiver, message.from->id))
    );
    if (permission) {
        co_return Verdict::kAccept;
    }
    const UnixMs now_ms = step->stored.at_ms;
    SenderFacts sender;
    sender.is_followed = message.viewer->follows(message.from->id);
    sender.is_new_account = message.from->created_at_ms > now_ms - kNewAccountMs;
    if (policy.for_not_followers != Verdict::kAccept) {
        CO_TRY(
            const auto since, co_await following_since(&step->pending, message.from->id, receiver)
        );
        sender.is_settled_follower = since && *since <= now_ms - kNewFollowerMs;
    }
    const bool is_private = is_mention && message.post->visibility == social::Visibility::kDirect;
    if (is_private && policy.for_private_mentions != Verdict::kAccept && !sender.is_followed) {
        CO_TRY(const bool is_answer, co_await answers_private_mention(receiver, message.post));
        sender.is_unasked_private_mention = !is_answer;
    }
    co_return judge(policy, sender);
}

}  // namespace rookery::notify
