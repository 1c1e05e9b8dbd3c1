#include "api/mastodon/stream_delivery.h"
#include "api/mastodon/stream_message.h"
#include "social/privacy.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

/// The part of StreamDelivery that puts posts on the air.
namespace rookery::api::mastodon {

/// One post on its way to its receivers: lives in post_on_air()'s frame.
struct OnAir {
    feed::Item item;
    std::string_view event;
    bool is_new = false;
    NeutralStatus neutral;
    UnixMs now_ms = 0;
    /// Messages made so far: nearly all receivers get the very same bytes.
    std::map<std::tuple<StreamForm, std::string, std::uint8_t>, http::Fragment> messages;

    [[nodiscard]] bool can_be_seen_by(const social::Viewer& viewer) const {
        return social::can_see(&viewer, *item.post, *item.author) &&
               (!item.boosted || social::can_see(&viewer, *item.boosted, *item.boosted_author));
    }
    [[nodiscard]] bool is_wanted_by(const social::Viewer& viewer) const {
        return social::wants_in_lists(&viewer, *item.post, now_ms) &&
               (!item.boosted || social::wants_in_lists(&viewer, *item.boosted, now_ms));
    }
    [[nodiscard]] bool belongs_in_home_of(const social::Viewer& viewer) const {
        return social::belongs_in_home(viewer, *item.post, item.boosted.get());
    }
    /// Replies to others stay out of the public streams, as out of the public timelines.
    [[nodiscard]] bool is_for_public() const {
        return item.post->visibility == social::Visibility::kPublic && !item.boosted &&
               !item.post->is_reply_to_other();
    }
    [[nodiscard]] bool is_for_tags() const {
        return item.post->visibility == social::Visibility::kPublic && !item.boosted;
    }
};

namespace {

/// The post with all that belongs to it; a null post if something of it is gone.
Task<Result<feed::Item>> load_item(const Services* services, PostId id) {
    feed::Item item;
    std::vector<PostId> ids{id};
    CO_TRY(auto posts, co_await services->posts.find_many(std::move(ids)));
    if (!posts.front()) {
        co_return item;
    }
    const social::PostPtr& post = posts.front();
    std::vector<AccountId> account_ids{post->author, post->boost_of_author};
    CO_TRY(const auto accounts, co_await services->accounts.find_many(std::move(account_ids)));
    social::PostPtr boosted;
    if (post->is_boost()) {
        std::vector<PostId> boosted_ids{post->boost_of};
        CO_TRY(auto found, co_await services->posts.find_many(std::move(boosted_ids)));
        boosted = found.front();
    }
    const bool whole = accounts[0] && (!post->is_boost() || (boosted && accounts[1]));
    if (whole) {
        item = {post, accounts[0], boosted, post->is_boost() ? accounts[1] : nullptr};
    }
    co_return item;
}

void send_delete(const OnAir* on_air, Stream& stream, const StreamTopic& topic) {
    const std::string id = to_string(on_air->item.post->id);
    stream.channel->send(stream_message(stream.form, topic, "delete", id));
}

}  // namespace

Task<Result<void>> StreamDelivery::post_on_air(social::SocialEvent event, std::string_view name) {
    if (registry_.size() == 0) {
        co_return Result<void>{};
    }
    OnAir on_air;
    CO_TRY(on_air.item, co_await load_item(&services_, event.post));
    if (!on_air.item.post) {
        co_return Result<void>{};  // deleted since: nothing of it is sent
    }
    on_air.event = name;
    on_air.is_new = event.type == social::EventType::kPostCreated;
    on_air.now_ms = services_.environment.clock.now_ms();
    CO_CHECK(co_await send_home(&on_air));
    CO_CHECK(co_await send_lists(&on_air));
    if (on_air.is_for_public()) {
        CO_CHECK(co_await send_topic(&on_air, {StreamKind::kPublic, {}}));
        CO_CHECK(co_await send_topic(&on_air, {StreamKind::kPublicLocal, {}}));
    }
    if (on_air.is_for_tags()) {
        for (const std::string& tag : on_air.item.post->tags) {
            CO_CHECK(co_await send_topic(&on_air, {StreamKind::kHashtag, tag}));
            CO_CHECK(co_await send_topic(&on_air, {StreamKind::kHashtagLocal, tag}));
        }
    }
    co_return Result<void>{};
}

/// All whose home feed it may belong in, or may have belonged in before it was edited.
std::vector<AccountId> StreamDelivery::home_readers(const OnAir& on_air) const {
    const social::Post& post = *on_air.item.post;
    if (on_air.is_for_tags()) {
        return registry_.readers_of(post.author, post.tags);
    }
    if (on_air.is_new) {
        return registry_.readers_of(post.author);
    }
    return registry_.readers_of_author_or_any_tag(post.author);  // it may have been public
}

Task<Result<void>> StreamDelivery::send_home(OnAir* on_air) {
    const StreamTopic topic{StreamKind::kUser, {}};
    for (const AccountId reader : home_readers(*on_air)) {
        CO_TRY(const auto viewer, co_await services_.viewers.find(reader));
        const bool seen = on_air->can_be_seen_by(*viewer);
        const bool shown =
            seen && on_air->is_wanted_by(*viewer) && on_air->belongs_in_home_of(*viewer);
        if (!shown && (seen || on_air->is_new)) {
            continue;
        }
        CO_TRY(const StatusEnding ending, co_await ending_for(on_air, viewer));
        for (Stream* stream : registry_.with_kind(reader, StreamKind::kUser)) {
            if (shown) {
                send(on_air, *stream, topic, ending);
            } else {  // an edit took it out of this reader's sight
                send_delete(on_air, *stream, topic);
            }
        }
    }
    co_return Result<void>{};
}

Task<Result<void>> StreamDelivery::send_lists(OnAir* on_air) {
    const AccountId author = on_air->item.post->author;
    std::vector<StreamTopic> topics = registry_.topics_of_kind(StreamKind::kList);
    std::erase_if(topics, [this, author](const StreamTopic& topic) {
        const auto list = lists_.find(topic.argument);
        return list == lists_.end() || !list->second.feed->has(author);
    });
    for (const StreamTopic& topic : topics) {
        CO_CHECK(co_await send_topic(on_air, topic));
    }
    co_return Result<void>{};
}

bool StreamDelivery::belongs_in(
    const StreamTopic& topic,
    const OnAir& on_air,
    const social::Viewer& viewer
) const {
    if (topic.kind != StreamKind::kList) {
        return true;
    }
    const auto list = lists_.find(topic.argument);
    const feed::Item& item = on_air.item;
    return list != lists_.end() &&
           social::belongs_in_list(viewer, *list->second.feed, *item.post, item.boosted.get());
}

Task<Result<void>> StreamDelivery::send_topic(OnAir* on_air, StreamTopic topic) {
    for (Stream* stream : registry_.with_topic(topic)) {
        CO_CHECK(co_await send_if_wanted(on_air, stream, topic));
    }
    co_return Result<void>{};
}

Task<Result<void>>
StreamDelivery::send_if_wanted(OnAir* on_air, Stream* stream, StreamTopic topic) {
    CO_TRY(const auto viewer, co_await services_.viewers.find(stream->account()));
    const bool seen = on_air->can_be_seen_by(*viewer);
    if (topic.kind == StreamKind::kList && !seen && !on_air->is_new) {
        send_delete(on_air, *stream, topic);  // an edit took it out of this reader's sight
        co_return Result<void>{};
    }
    if (belongs_in(topic, *on_air, *viewer) && seen && on_air->is_wanted_by(*viewer)) {
        CO_TRY(const StatusEnding ending, co_await ending_for(on_air, viewer));
        send(on_air, *stream, topic, ending);
    }
    co_return Result<void>{};
}

Task<Result<StatusEnding>> StreamDelivery::ending_for(OnAir* on_air, social::ViewerPtr viewer) {
    NeutralStatus& neutral = on_air->neutral;
    if (neutral.head.empty()) {  // the first receiver
        CO_TRY(neutral, co_await statuses_.render_neutral(on_air->item));
    }
    social::Marks marks;
    // Nobody has done anything yet to a post that was made just now.
    if (!on_air->is_new || neutral.is_boost) {
        std::vector<PostId> ids{neutral.shown};
        CO_TRY(auto found, co_await services_.reactions.marks(viewer->id, std::move(ids)));
        marks = found.front();
    }
    CO_TRY(const auto matcher, co_await filters_.of(viewer->id));
    const feed::Item& item = on_air->item;
    const social::Post& shown = item.boosted ? *item.boosted : *item.post;
    StatusEnding ending;
    ending.tail = ViewerTail::of(*viewer, marks, neutral.thread, neutral.shown_author);
    ending.filtered = filters_.results(*matcher, shown, viewer->id);
    co_return ending;
}

void StreamDelivery::send(
    OnAir* on_air,
    Stream& stream,
    const StreamTopic& topic,
    const StatusEnding& ending
) {
    const auto make = [&] {
        const std::string entity = statuses_.finish(on_air->neutral, ending);
        return stream_message(stream.form, topic, on_air->event, entity);
    };
    if (!ending.filtered.empty()) {
        stream.channel->send(make());
        return;
    }
    auto& message = on_air->messages[{stream.form, topic.label(), ending.tail.bits()}];
    if (!message) {
        message = make();
    }
    stream.channel->send(message);
}

}  // namespace rookery::api::mastodon
