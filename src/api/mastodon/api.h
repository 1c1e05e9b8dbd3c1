#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/api_config.h"
#include "api/mastodon/census.h"
#include "api/mastodon/status_view.h"
#include "api/mastodon/throttles.h"
#include "base/clock.h"
#include "feed/home_feed.h"
#include "feed/timelines.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/follows.h"
#include "social/posts.h"
#include "social/reactions.h"
#include "social/sessions.h"
#include "social/threads.h"
#include "social/viewers.h"

#include <utility>

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
    feed::HomeFeed& home_feed;
    feed::Timelines& timelines;
};

/// What every handler can reach: the services and the views. One for the life of the server.
struct Api {
    Api(ApiConfig configuration, Services all)
        : config(std::move(configuration)),
          services(all),
          throttles(config),
          account_view(config, services.accounts),
          status_view(config, services.posts, services.reactions, account_view),
          census(services.accounts, services.environment.clock) {}
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    const ApiConfig config;
    const Services services;
    Throttles throttles;
    AccountView account_view;
    StatusView status_view;
    Census census;

    /// Keeps the views true. Called for every committed event, after the same call of all services:
    /// views are made of what services have cached.
    void on_committed(const social::SocialEvent& event) {
        account_view.on_committed(event);
        census.on_committed(event);
    }

    [[nodiscard]] UnixMs now_ms() const { return services.environment.clock.now_ms(); }
};

}  // namespace rookery::api::mastodon
