#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/api_config.h"
#include "api/mastodon/census.h"
#include "api/mastodon/conversation_view.h"
#include "api/mastodon/notification_view.h"
#include "api/mastodon/services.h"
#include "api/mastodon/status_filters.h"
#include "api/mastodon/status_view.h"
#include "api/mastodon/stream_hub.h"
#include "api/mastodon/throttles.h"
#include "base/clock.h"
#include "base/prefetch.h"
#include "social/event.h"
#include "web/site.h"

#include <memory>
#include <utility>

namespace rookery::api::mastodon {

/// What every handler can reach: the services and the views. One for the life of the server.
struct Api {
    /// `web_app` null: people see the pages that are made here.
    /// `hasher` makes the keys of the rate limits; `shared_limits` has those that several servers
    /// share, null: none are.
    Api(ApiConfig configuration,
        Services all,
        std::shared_ptr<const web::Site> web_app = nullptr,
        const limits::KeyHasher& hasher = limits::KeyHasher(limits::KeyHasher::random_secret()),
        limits::SharedLimits* shared_limits = nullptr)
        : config(std::move(configuration)),
          services(all),
          site(std::move(web_app)),
          started_at_ms(services.environment.clock.now_ms()),
          throttles(config.rate_policies, services.environment.clock, hasher, shared_limits),
          account_view(config, services.accounts),
          status_filters(services.filters, services.environment.clock, config.cached_filters_max),
          status_view(
              config,
              services.cards,
              services.accounts,
              services.posts,
              services.reactions,
              account_view,
              status_filters
          ),
          notification_view(account_view, status_view),
          conversation_view(services, account_view, status_view),
          census(services.accounts, services.environment.clock),
          stream_hub(
              config.streaming,
              services,
              status_view,
              status_filters,
              notification_view,
              conversation_view
          ) {}
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    const ApiConfig config;
    const Services services;
    const std::shared_ptr<const web::Site> site;
    const UnixMs started_at_ms;
    Throttles throttles;
    AccountView account_view;
    StatusFilters status_filters;
    StatusView status_view;
    NotificationView notification_view;
    ConversationView conversation_view;
    Census census;
    StreamHub stream_hub;  ///< last: its thread uses the views

    /// Keeps the views true. Called for every committed event, after the same call of all services:
    /// views are made of what services have cached.
    void on_committed(const social::SocialEvent& event) {
        status_filters.on_committed(event);
        census.on_committed(event);
        stream_hub.on_committed(event);
    }

    /// Asks the processor for what the requests of somebody who is signed in mostly read of them.
    void fetch_ahead(AccountId account) {
        for (const FetchStep step : kFetchSteps) {
            services.accounts.fetch_ahead(account, step);
            services.viewers.fetch_ahead(account, step);
            services.reactions.fetch_ahead(account, step);
            status_filters.fetch_ahead(account, step);
            services.home_feed.fetch_ahead(account, step);  // last: it waits for what it asks for
        }
    }

    [[nodiscard]] UnixMs now_ms() const { return services.environment.clock.now_ms(); }
};

}  // namespace rookery::api::mastodon
