#pragma once

#include "base/metrics.h"
#include "discover/connections.h"
#include "discover/directory.h"
#include "discover/post_search.h"
#include "discover/suggestions.h"
#include "discover/trends/trends.h"
#include "feed/home_feed.h"
#include "feed/timelines.h"
#include "notify/inbox.h"
#include "notify/policies.h"
#include "notify/requests.h"
#include "social/accounts.h"
#include "social/conversations.h"
#include "social/dismissed_suggestions.h"
#include "social/environment.h"
#include "social/filters.h"
#include "social/follows.h"
#include "social/hashtags.h"
#include "social/lists.h"
#include "social/markers.h"
#include "social/posts.h"
#include "social/reactions.h"
#include "social/reports.h"
#include "social/sessions.h"
#include "social/threads.h"
#include "social/viewers.h"

namespace rookery::discover {
class PeopleSearch;  // people/people_search.h
class TagSearch;     // tags/tag_search.h
}  // namespace rookery::discover

namespace rookery::api::mastodon {

/// The rooms of meaning, as the API needs them. All outlive it.
struct Services {
    social::Environment environment;
    social::Accounts& accounts;
    social::Sessions& sessions;
    social::Follows& follows;
    social::Viewers& viewers;
    social::Posts& posts;
    social::Threads& threads;
    social::Reactions& reactions;
    feed::Cards& cards;
    feed::HomeFeed& home_feed;
    feed::Timelines& timelines;
    social::Conversations& conversations;
    social::Lists& lists;
    social::Markers& markers;
    notify::Inbox& inbox;
    discover::PostSearch& post_search;
    discover::PeopleSearch& people_search;
    discover::TagSearch& tag_search;
    discover::trends::Trends& trends;
    discover::Suggestions& suggestions;
    discover::Connections& connections;
    discover::Directory& directory;
    metrics::Registry& metrics;

    // These hold nothing in memory, so they need no wiring.
    social::DismissedSuggestions dismissed_suggestions{environment};
    social::Filters filters{environment, {}};
    social::Hashtags hashtags{environment};
    social::Reports reports{environment};
    notify::Policies policies{environment};
    notify::Requests requests{environment, accounts, posts, viewers};
};

}  // namespace rookery::api::mastodon
