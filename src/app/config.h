#pragma once

#include "api/mastodon/api_config.h"
#include "app/option.h"
#include "app/rate_rules.h"
#include "base/result.h"
#include "discover/graph/graph_keeper.h"
#include "discover/people/circles.h"
#include "discover/people/people_indexer.h"
#include "discover/people/people_search.h"
#include "discover/post_search.h"
#include "discover/suggestions.h"
#include "discover/tags/tag_indexer.h"
#include "discover/tags/tag_search.h"
#include "discover/trends/trend.h"
#include "events/runner.h"
#include "feed/home_feed.h"
#include "http/server.h"
#include "limits/shared/shared_store_config.h"
#include "notify/inbox_writer.h"
#include "search/segmented_index_config.h"
#include "social/accounts.h"
#include "social/lists.h"
#include "social/posts.h"
#include "social/sessions.h"
#include "social/threads.h"
#include "store/rocks_store_config.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rookery::app {

/// How posts reach home feeds (feed/policies.h).
struct FeedPolicyConfig {
    std::string policy = "demand-priced";
    std::int64_t threshold_followers = 5'000;  ///< for "follower-threshold"
    double push_cost = 1;                      ///< for "demand-priced", relative to pull_cost
    double pull_cost = 1;
};

/// How posts, people and hashtags are found.
struct SearchConfig {
    search::SegmentedIndexConfig index;
    discover::PostSearchLimits posts;
    std::size_t library_posts_max = 10'000;
    std::size_t cached_libraries_max = 10'000;
    discover::PeopleIndexerConfig people_index;
    discover::PeopleSearchLimits people;
    discover::CircleLimits circles;
    discover::TagIndexerConfig tag_index;
    discover::TagSearchLimits tags;
    std::size_t tags_max = 1'000'000;
    std::chrono::milliseconds flush_interval{60'000};
};

/// Whom people may want to follow, and how they hang together.
struct DiscoveryConfig {
    discover::GraphKeeperConfig graph;
    discover::SuggestionsConfig suggestions;
};

/// What concerns the process as a whole.
struct ProcessConfig {
    std::string log_level = "info";
    std::string metrics_token;      ///< empty: /metrics answers on this machine only
    unsigned blocking_threads = 0;  ///< 0: two for each core
    std::string sync = "always";    ///< becomes store.sync
};

/// How often clients may ask.
struct RateLimitsConfig {
    bool enabled = true;
    limits::SharedStoreConfig store;  ///< no url: there is none
    RateRules rules;

    [[nodiscard]] bool has_store() const { return !store.url.empty(); }
};

/// Everything an operator decides, as the rooms want it. The defaults are the rooms' own.
struct Config {
    ProcessConfig process;
    http::ServerConfig http;
    store::RocksStoreConfig store;
    events::RunnerConfig events;
    social::AccountLimits accounts;
    social::SessionLimits sessions;
    social::PostLimits posts;
    social::ThreadLimits threads;
    social::ListLimits lists;
    notify::InboxWriterConfig notify;
    feed::HomeFeedConfig feed;
    SearchConfig search;
    discover::trends::TrendLimits trends;
    DiscoveryConfig discovery;
    FeedPolicyConfig feed_policy;
    RateLimitsConfig rate_limits;  ///< becomes api.rate_policies
    api::mastodon::ApiConfig api;
};

/// Every key of the configuration file, bound to the members of `config`, which must outlive the
/// table.
[[nodiscard]] std::vector<Option> options_of(Config& config);

/// Reads a TOML file over `config`; see read_options() for errors.
[[nodiscard]] Result<void> read_config_file(const std::string& path, Config& config);

/// Copies what one key decides for several rooms to where they look for it. Called once, after the
/// file and the command line were read.
void settle(Config& config);

/// The rules in force; none if there are no limits.
[[nodiscard]] std::vector<api::mastodon::RatePolicy> rate_policies(const RateLimitsConfig& config);

/// The file that docs/configuration.md is.
[[nodiscard]] std::string configuration_document();

}  // namespace rookery::app
