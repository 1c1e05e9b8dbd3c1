#include "notify/inbox_writer.h"

#include "notify/subscribers.h"
#include "notify/wants.h"
#include "social/privacy.h"

#include <algorithm>
#include <utility>

namespace rookery::notify {

using social::EventType;

InboxWriter::InboxWriter(
    InboxWriterConfig config,
    ports::Store& store,
    social::Accounts& accounts,
    social::Posts& posts,
    social::Viewers& viewers,
    social::Reactions& reactions
)
    : config_(config),
      store_(store),
      accounts_(accounts),
      posts_(posts),
      viewers_(viewers),
      reactions_(reactions) {}

Draft InboxWriter::Step::draft(AccountId receiver, NotificationType type, PostId about) const {
    return {receiver, {notification_id(stored), type, event.actor, about}};
}

Task<Result<ports::Batch>> InboxWriter::handle(std::span<const ports::StoredEvent> events) {
    PendingBatch pending(store_);
    for (const ports::StoredEvent& stored : events) {
        CO_TRY(const auto event, social::decode(stored.event));
        const Step step{stored, event, pending};
        CO_CHECK(co_await apply(&step));
    }
    co_return pending.take();
}

Task<Result<void>> InboxWriter::apply(const Step* step) {
    const social::SocialEvent& event = step->event;
    switch (event.type) {
        case EventType::kPostCreated:
            co_return co_await post_created(step);
        case EventType::kPostEdited:
            co_return co_await post_edited(step);
        case EventType::kPostDeleted:
            co_return co_await post_deleted(step);
        case EventType::kFavourited: {
            CO_TRY(const auto posts, co_await posts_.find_many({event.post}));
            const Draft draft = step->draft(event.target, NotificationType::kFavourite, event.post);
            if (posts.front()) {
                co_return co_await tell(step, draft, posts.front());
            }
            co_return Result<void>{};
        }
        case EventType::kUnfavourited: {
            Causes causes(step->pending);
            const Draft draft = step->draft(event.target, NotificationType::kFavourite, event.post);
            co_return co_await causes.withdraw(draft);
        }
        default:
            co_return co_await apply_follow(step);
    }
}

Task<Result<void>> InboxWriter::apply_follow(const Step* step) {
    const social::SocialEvent& event = step->event;
    Causes causes(step->pending);
    Subscribers subscribers(step->pending);
    const Draft follow = step->draft(event.target, NotificationType::kFollow, {});
    const Draft request = step->draft(event.target, NotificationType::kFollowRequest, {});
    switch (event.type) {
        case EventType::kFollowed: {
            CO_CHECK(co_await subscribers.follow_changed(event.actor, event.target));
            co_return co_await tell(step, follow, nullptr);
        }
        case EventType::kFollowChanged:
            co_return co_await subscribers.follow_changed(event.actor, event.target);
        case EventType::kUnfollowed: {
            CO_CHECK(co_await subscribers.follow_changed(event.actor, event.target));
            co_return co_await causes.withdraw(follow);
        }
        case EventType::kFollowRequested:
            co_return co_await tell(step, request, nullptr);
        case EventType::kFollowRequestGone:
            co_return co_await causes.withdraw(request);
        default:
            co_return Result<void>{};
    }
}

Task<Result<void>> InboxWriter::post_created(const Step* step) {
    CO_TRY(const auto found, co_await posts_.find_many({step->event.post}));
    const social::PostPtr& post = found.front();
    if (!post) {
        co_return Result<void>{};  // deleted since; that event comes later
    }
    if (!post->is_boost()) {
        CO_CHECK(co_await tell_mentioned(step, post));
        co_return co_await tell_subscribers(step, post);
    }
    CO_TRY(const auto boosted, co_await posts_.find_many({post->boost_of}));
    if (!boosted.front()) {
        co_return Result<void>{};
    }
    const Draft draft =
        step->draft(post->boost_of_author, NotificationType::kReblog, post->boost_of);
    co_return co_await tell(step, draft, boosted.front());
}

Task<Result<void>> InboxWriter::post_edited(const Step* step) {
    CO_TRY(const auto found, co_await posts_.find_many({step->event.post}));
    if (!found.front()) {
        co_return Result<void>{};
    }
    CO_CHECK(co_await tell_mentioned(step, found.front()));
    co_return co_await tell_boosters(step, found.front());
}

Task<Result<void>> InboxWriter::post_deleted(const Step* step) {
    const social::SocialEvent& event = step->event;
    Causes causes(step->pending);
    if (!event.subject) {
        co_return co_await causes.withdraw_post(event.post);
    }
    const Draft draft = step->draft(event.target, NotificationType::kReblog, event.subject);
    co_return co_await causes.withdraw(draft);
}

Task<Result<void>> InboxWriter::tell_mentioned(const Step* step, social::PostPtr post) {
    std::vector<AccountId> receivers;
    for (const social::Mention& mention : post->mentions) {
        receivers.push_back(mention.account);
    }
    const bool is_reply_to_other =
        post->in_reply_to_account && !post->mentions_account(post->in_reply_to_account);
    if (is_reply_to_other && step->event.type == EventType::kPostCreated) {
        receivers.push_back(post->in_reply_to_account);
    }
    for (const AccountId receiver : receivers) {
        const Draft draft = step->draft(receiver, NotificationType::kMention, post->id);
        CO_CHECK(co_await tell(step, draft, post));
    }
    co_return Result<void>{};
}

Task<Result<void>> InboxWriter::tell_subscribers(const Step* step, social::PostPtr post) {
    if (post->is_reply_to_other() || post->visibility == social::Visibility::kDirect) {
        co_return Result<void>{};
    }
    Subscribers subscribers(step->pending);
    CO_TRY(const auto receivers, co_await subscribers.of(post->author, config_.subscribers_max));
    for (const AccountId receiver : receivers) {
        if (post->mentions_account(receiver)) {
            continue;  // told of the mention
        }
        const Draft draft = step->draft(receiver, NotificationType::kStatus, post->id);
        CO_CHECK(co_await tell(step, draft, post));
    }
    co_return Result<void>{};
}

Task<Result<void>> InboxWriter::tell_boosters(const Step* step, social::PostPtr post) {
    constexpr std::size_t kPage = 80;
    social::PageRequest page{.limit = kPage};
    for (std::size_t told = 0; told < config_.boosters_told_max; told += kPage) {
        CO_TRY(const auto boosters, co_await reactions_.boosted_by(post->id, page));
        for (const social::RelationEntry& booster : boosters) {
            const Draft draft = step->draft(booster.account, NotificationType::kUpdate, post->id);
            CO_CHECK(co_await tell(step, draft, post));
            page.max_id = booster.id.value;
        }
        if (boosters.size() < kPage) {
            break;
        }
    }
    co_return Result<void>{};
}

Task<Result<void>> InboxWriter::tell(const Step* step, Draft draft, social::PostPtr post) {
    const AccountId actor = step->event.actor;
    if (!draft.receiver || draft.receiver == actor) {
        co_return Result<void>{};
    }
    std::vector<AccountId> ids{draft.receiver, actor};
    if (post) {
        ids.push_back(post->author);
    }
    CO_TRY(const auto accounts, co_await accounts_.find_many(std::move(ids)));
    const bool everyone_there = std::ranges::all_of(accounts, [](const auto& account) {
        return account && !account->suspended;
    });
    if (!everyone_there) {
        co_return Result<void>{};
    }
    CO_TRY(const auto viewer, co_await viewers_.find(draft.receiver));
    if (!wants_notifications(*viewer, actor, step->stored.at_ms)) {
        co_return Result<void>{};
    }
    const bool hidden = post && (!social::can_see(viewer.get(), *post, *accounts.back()) ||
                                 viewer->mutes_thread(post->thread));
    if (hidden) {
        co_return Result<void>{};
    }
    CO_TRY(const Verdict verdict, co_await verdict_on(step, {draft, accounts[1], viewer, post}));
    if (verdict == Verdict::kDrop) {
        co_return Result<void>{};
    }
    draft.notification.is_held_back = verdict == Verdict::kFilter;
    Causes causes(step->pending);
    co_return co_await causes.add(draft);
}

}  // namespace rookery::notify
