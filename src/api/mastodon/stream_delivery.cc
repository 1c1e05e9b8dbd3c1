#include "api/mastodon/stream_delivery.h"

#include "api/mastodon/stream_message.h"
#include "social/privacy.h"

#include <map>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

using social::EventType;

namespace {

constexpr std::uint16_t kPolicyViolation = 1008;  // RFC 6455, section 7.4.1

void send_payload(
    Stream& stream,
    const StreamTopic& topic,
    std::string_view event,
    std::string_view payload
) {
    stream.channel->send(stream_message(stream.form, topic, event, payload));
}

void send_delete(Stream& stream, const StreamTopic& topic, PostId post) {
    send_payload(stream, topic, "delete", to_string(post));
}

}  // namespace

Task<Result<void>> StreamDelivery::handle(social::SocialEvent event) {
    switch (event.type) {
        case EventType::kPostCreated:
            co_return co_await post_on_air(event, "update");
        case EventType::kPostEdited:
            co_return co_await post_on_air(event, "status.update");
        case EventType::kPostDeleted:
            post_deleted(event);
            co_return Result<void>{};
        case EventType::kPostUnpublished:
            post_unpublished(event);
            co_return Result<void>{};
        case EventType::kNotified:
            co_return co_await notified(event);
        case EventType::kNotificationsMerged:
            notifications_merged(event.actor);
            co_return Result<void>{};
        case EventType::kConversationChanged:
            co_return co_await conversation_changed(event);
        case EventType::kFiltersChanged:
            filters_changed(event.actor);
            co_return Result<void>{};
        case EventType::kTokenRevoked:
            close_token(event.actor, event.ref);
            co_return Result<void>{};
        case EventType::kAccountSuspended:
            co_return co_await close_if_suspended(event.actor);
        default:
            co_return co_await handle_edge(event);
    }
}

Task<Result<void>> StreamDelivery::handle_edge(social::SocialEvent event) {
    switch (event.type) {
        case EventType::kFollowed:
            registry_.follow(event.actor, event.target);
            co_return Result<void>{};
        case EventType::kUnfollowed:
            registry_.unfollow(event.actor, event.target);
            co_return co_await reload_lists_of(event.actor);  // it ended memberships, too
        case EventType::kTagFollowed:
            co_return co_await reload_tags(event.actor);
        case EventType::kListChanged:
            co_return co_await reload_list(
                event.actor, {StreamKind::kList, std::to_string(event.ref)}
            );
        case EventType::kGraphImported:
            co_return co_await reload_all_following();
        default:
            co_return Result<void>{};
    }
}

Task<Result<void>> StreamDelivery::load_following(AccountId reader) {
    CO_TRY(const auto viewer, co_await services_.viewers.find(reader));
    std::vector<AccountId> authors;
    authors.reserve(viewer->following.size());
    for (const social::FollowEdge& edge : viewer->following) {
        authors.push_back(edge.account);
    }
    registry_.set_following(reader, std::move(authors), viewer->tags);
    co_return Result<void>{};
}

Task<Result<void>> StreamDelivery::reload_tags(AccountId reader) {
    if (registry_.is_reader(reader)) {
        CO_TRY(const auto viewer, co_await services_.viewers.find(reader));
        registry_.set_tags(reader, viewer->tags);
    }
    co_return Result<void>{};
}

Task<Result<void>> StreamDelivery::load_list(AccountId owner, StreamTopic list) {
    const ListId id(parse_id_digits(list.argument).value_or(0));
    CO_TRY(auto feed, co_await services_.lists.feed(owner, id));
    lists_[list.argument] = {owner, std::move(feed)};
    co_return Result<void>{};
}

Task<Result<void>> StreamDelivery::reload_list(AccountId owner, StreamTopic list) {
    lists_.erase(list.argument);
    if (registry_.with_topic(list).empty()) {
        co_return Result<void>{};
    }
    const auto loaded = co_await load_list(owner, std::move(list));
    if (!loaded && loaded.error().code != ErrorCode::kNotFound) {
        co_return loaded;
    }
    co_return Result<void>{};  // a list that was deleted just falls silent
}

Task<Result<void>> StreamDelivery::reload_lists_of(AccountId owner) {
    std::vector<std::pair<AccountId, StreamTopic>> stale;
    for (const auto& [argument, list] : lists_) {
        if (!owner || list.owner == owner) {
            stale.emplace_back(list.owner, StreamTopic{StreamKind::kList, argument});
        }
    }
    for (auto& [list_owner, topic] : stale) {
        CO_CHECK(co_await reload_list(list_owner, std::move(topic)));
    }
    co_return Result<void>{};
}

Task<Result<void>> StreamDelivery::reload_all_following() {
    for (const AccountId reader : registry_.readers()) {
        CO_CHECK(co_await load_following(reader));
    }
    co_return co_await reload_lists_of({});
}

/// Old posts are not looked up again to learn who could see them: a bare id tells nothing, and
/// clients ignore one that they do not have.
void StreamDelivery::post_deleted(const social::SocialEvent& event) {
    for (const AccountId reader : registry_.readers_of_author_or_any_tag(event.actor)) {
        for (Stream* stream : registry_.with_kind(reader, StreamKind::kUser)) {
            send_delete(*stream, {StreamKind::kUser, {}}, event.post);
        }
    }
    for (Stream* stream : registry_.all()) {
        for (const StreamTopic& topic : stream->topics) {
            if (!topic.is_personal()) {
                send_delete(*stream, topic, event.post);
            }
        }
    }
}

/// Readers of homes and lists may still see it: what they get is up to the edit that follows.
void StreamDelivery::post_unpublished(const social::SocialEvent& event) {
    for (Stream* stream : registry_.all()) {
        for (const StreamTopic& topic : stream->topics) {
            if (!topic.is_personal() && topic.kind != StreamKind::kList) {
                send_delete(*stream, topic, event.post);
            }
        }
    }
}

Task<Result<void>> StreamDelivery::notified(social::SocialEvent event) {
    const AccountId owner = event.actor;
    auto streams = registry_.of_account(owner);
    if (streams.empty()) {
        co_return Result<void>{};
    }
    auto entry = co_await services_.inbox.find(owner, NotificationId(event.ref));
    if (!entry && entry.error().code == ErrorCode::kNotFound) {
        co_return Result<void>{};  // withdrawn meanwhile
    }
    if (!entry) {
        co_return std::move(entry).error();
    }
    std::vector<notify::InboxEntry> only;
    only.push_back(std::move(*entry));
    CO_TRY(auto viewer, co_await services_.viewers.find(owner));
    CO_TRY(
        const auto entities, co_await notifications_.render_each(std::move(only), std::move(viewer))
    );
    for (Stream* stream : streams) {
        for (const StreamTopic& topic : stream->topics) {
            const bool wants =
                topic.kind == StreamKind::kUser || topic.kind == StreamKind::kUserNotification;
            if (wants) {
                send_payload(*stream, topic, "notification", entities.front());
            }
        }
    }
    co_return Result<void>{};
}

/// What was let in is old: clients read their list again.
void StreamDelivery::notifications_merged(AccountId owner) {
    for (Stream* stream : registry_.of_account(owner)) {
        for (const StreamTopic& topic : stream->topics) {
            const bool wants =
                topic.kind == StreamKind::kUser || topic.kind == StreamKind::kUserNotification;
            if (wants) {
                send_payload(*stream, topic, "notifications_merged", "");
            }
        }
    }
}

Task<Result<void>> StreamDelivery::conversation_changed(social::SocialEvent event) {
    constexpr std::size_t kLatest = 20;  // what changed is among the newest
    auto streams = registry_.with_kind(event.actor, StreamKind::kDirect);
    if (streams.empty()) {
        co_return Result<void>{};
    }
    const social::PageRequest page{.limit = kLatest};
    CO_TRY(auto found, co_await services_.conversations.list(event.actor, page));
    std::erase_if(found, [&event](const social::Conversation& conversation) {
        return conversation.root != event.post;
    });
    CO_TRY(auto viewer, co_await services_.viewers.find(event.actor));
    CO_TRY(
        const auto entities,
        co_await conversations_.render_each(std::move(found), std::move(viewer))
    );
    for (const std::string& entity : entities) {
        for (Stream* stream : streams) {
            send_payload(*stream, {StreamKind::kDirect, {}}, "conversation", entity);
        }
    }
    co_return Result<void>{};
}

void StreamDelivery::filters_changed(AccountId account) {
    for (Stream* stream : registry_.with_kind(account, StreamKind::kUser)) {
        send_payload(*stream, {StreamKind::kUser, {}}, "filters_changed", "");
    }
}

void StreamDelivery::close_token(AccountId account, std::uint64_t token) {
    for (Stream* stream : registry_.of_account(account)) {
        if (stream->session->token_id.value == token) {
            stream->channel->close(kPolicyViolation, "the access token was revoked");
            registry_.remove(stream->id);
        }
    }
}

Task<Result<void>> StreamDelivery::close_if_suspended(AccountId account) {
    std::vector<AccountId> ids{account};
    CO_TRY(const auto found, co_await services_.accounts.find_many(std::move(ids)));
    if (found.front() && !found.front()->suspended) {
        co_return Result<void>{};
    }
    for (Stream* stream : registry_.of_account(account)) {
        stream->channel->close(kPolicyViolation, "the account is suspended");
        registry_.remove(stream->id);
    }
    co_return Result<void>{};
}

}  // namespace rookery::api::mastodon
