#pragma once

#include "api/mastodon/conversation_view.h"
#include "api/mastodon/notification_view.h"
#include "api/mastodon/services.h"
#include "api/mastodon/status_view.h"
#include "api/mastodon/stream_registry.h"
#include "base/task.h"
#include "social/event.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rookery::api::mastodon {

struct OnAir;

/// What each event means for open streams: finds its receivers, asks privacy for each of them at
/// that moment, makes the entity once and sends it. Runs on the hub's thread only, one event at a
/// time. The caches are true before an event gets here, so nothing is sent that an acknowledged
/// block, unfollow or deletion forbids.
class StreamDelivery {
public:
    /// All outlive it.
    StreamDelivery(
        const Services& services,
        StatusView& statuses,
        StatusFilters& filters,
        NotificationView& notifications,
        ConversationView& conversations,
        StreamRegistry& registry
    )
        : services_(services),
          statuses_(statuses),
          filters_(filters),
          notifications_(notifications),
          conversations_(conversations),
          registry_(registry) {}

    [[nodiscard]] Task<Result<void>> handle(social::SocialEvent event);

    /// Makes an account's open home stream known to those whom and what it follows.
    [[nodiscard]] Task<Result<void>> load_following(AccountId reader);
    /// Learns what a list shows. kNotFound unless it is `owner`'s.
    [[nodiscard]] Task<Result<void>> load_list(AccountId owner, StreamTopic list);

private:
    Task<Result<void>> handle_edge(social::SocialEvent event);
    Task<Result<void>> post_on_air(social::SocialEvent event, std::string_view name);
    Task<Result<void>> send_home(OnAir* on_air);
    [[nodiscard]] std::vector<AccountId> home_readers(const OnAir& on_air) const;
    Task<Result<void>> send_lists(OnAir* on_air);
    Task<Result<void>> send_topic(OnAir* on_air, StreamTopic topic);
    Task<Result<void>> send_if_wanted(OnAir* on_air, Stream* stream, StreamTopic topic);
    /// What is the viewer's own in the entity; also sees to it that the rest of it is made.
    Task<Result<StatusEnding>> ending_for(OnAir* on_air, social::ViewerPtr viewer);
    void send(OnAir* on_air, Stream& stream, const StreamTopic& topic, const StatusEnding& ending);

    [[nodiscard]] bool
    belongs_in(const StreamTopic& topic, const OnAir& on_air, const social::Viewer& viewer) const;

    void post_deleted(const social::SocialEvent& event);
    void post_unpublished(const social::SocialEvent& event);
    Task<Result<void>> notified(social::SocialEvent event);
    Task<Result<void>> conversation_changed(social::SocialEvent event);
    void notifications_merged(AccountId owner);
    void filters_changed(AccountId account);
    void close_token(AccountId account, std::uint64_t token);
    Task<Result<void>> close_if_suspended(AccountId account);
    Task<Result<void>> reload_all_following();
    Task<Result<void>> reload_tags(AccountId reader);
    Task<Result<void>> reload_list(AccountId owner, StreamTopic list);
    /// Of all owners if `owner` is 0.
    Task<Result<void>> reload_lists_of(AccountId owner);

    const Services& services_;
    StatusView& statuses_;
    StatusFilters& filters_;
    NotificationView& notifications_;
    ConversationView& conversations_;
    StreamRegistry& registry_;
    struct OpenList {
        AccountId owner;
        social::ListFeedPtr feed;
    };
    /// Lists that somebody listens to, or did, by the list's topic argument.
    std::unordered_map<std::string, OpenList> lists_;
};

}  // namespace rookery::api::mastodon
