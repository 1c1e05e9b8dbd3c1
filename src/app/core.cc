#include "app/core.h"

#include "base/log.h"
#include "base/random.h"
#include "feed/policies.h"
#include "search/segmented_index.h"
#include "social/tables.h"
#include "store/rocks_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

namespace rookery::app {

namespace {

namespace tables = social::tables;

/// The latest time at which this store is known to have been in use.
ports::Key last_use_key() {
    return {tables::kSettings, "", "last_use_ms"};
}

std::uint64_t random_seed() {
    const std::string bytes = secure_random_bytes(8);
    return ByteReader(bytes).fixed64();
}

std::size_t blocking_threads(const Config& config) {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    return config.process.blocking_threads != 0 ? config.process.blocking_threads : cores * 2;
}

std::unique_ptr<feed::Policy> make_policy(const FeedPolicyConfig& config) {
    if (config.policy == "push-all") {
        return std::make_unique<feed::PushAll>();
    }
    if (config.policy == "pull-all") {
        return std::make_unique<feed::PullAll>();
    }
    if (config.policy == "follower-threshold") {
        return std::make_unique<feed::FollowerThreshold>(config.threshold_followers);
    }
    return std::make_unique<feed::DemandPriced>(config.push_cost, config.pull_cost);
}

Result<void> make_directory(const std::string& data) {
    std::error_code error;
    std::filesystem::create_directories(data, error);
    if (error) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format("cannot make the data directory {}: {}", data, error.message())
        );
    }
    return {};
}

}  // namespace

std::string store_path(const std::string& data) {
    return data + "/store";
}

std::string search_path(const std::string& data) {
    return data + "/search";
}

Result<std::unique_ptr<Core>> Core::open(
    const Config& config,
    const std::string& data,
    const Clock& clock,
    metrics::Registry& registry
) {
    if (auto made = make_directory(data); !made) {
        return std::move(made).error();
    }
    auto pool = std::make_unique<BlockingPool>(blocking_threads(config));
    store::RocksStoreConfig store_config = config.store;
    store_config.directory = store_path(data);
    TRY(std::unique_ptr<store::RocksStore> store,
        store::RocksStore::open(store_config, clock, *pool, registry));
    search::SegmentedIndexConfig search_config = config.search.index;
    search_config.directory = search_path(data);
    TRY(std::unique_ptr<ports::SearchIndex> index,
        search::SegmentedIndex::open(std::move(search_config), *pool));
    ports::Partitions& partitions = *store;
    return std::make_unique<Core>(
        config, clock, registry, std::move(pool), std::move(store), partitions, std::move(index)
    );
}

Core::Core(
    const Config& config,
    const Clock& wall_clock,
    metrics::Registry& registry,
    std::unique_ptr<BlockingPool> blocking_pool,
    std::unique_ptr<ports::Store> opened_store,
    ports::Partitions& partitions,
    std::unique_ptr<ports::SearchIndex> opened_index
)
    : pool_(std::move(blocking_pool)),
      store_(std::move(opened_store)),
      index_(std::move(opened_index)),
      ids_(wall_clock, 0, random_seed()),
      clock(wall_clock),
      metrics(registry),
      store(*store_),
      environment{*store_, wall_clock, ids_, *pool_, config.api.host()},
      accounts(environment, config.accounts),
      sessions(environment, config.sessions),
      viewers(environment),
      follows(environment, accounts),
      sequence(ids_),
      posts(environment, config.posts, accounts, viewers, sequence),
      threads(environment, config.threads, accounts, posts),
      reactions(environment, posts),
      conversations(environment, posts, viewers),
      lists(environment, config.lists, viewers),
      markers(environment),
      cards(accounts, posts, config.api.cached_cards_max),
      timelines(environment, cards, sequence),
      home_feed(
          config.feed,
          environment,
          make_policy(config.feed_policy),
          accounts,
          cards,
          viewers,
          sequence,
          registry
      ),
      inbox(environment, accounts, posts, viewers),
      inbox_writer(config.notify, *store_, accounts, posts, viewers, reactions),
      search_index(*index_),
      libraries(*store_, config.search.library_posts_max, config.search.cached_libraries_max),
      post_indexer({}, *store_, accounts, posts, *index_),
      post_search(config.search.posts, environment, accounts, timelines, libraries, *index_),
      circles(config.search.circles, environment, accounts, viewers),
      people_indexer(config.search.people_index, accounts, people_index),
      people_search(
          config.search.people,
          config.search.people_index.bio_words_max,
          environment,
          accounts,
          circles,
          people_index,
          people_indexer
      ),
      tag_numbers(config.search.tags_max),
      tag_indexer(config.search.tag_index, environment, partitions, posts, tag_numbers, tag_index),
      tag_search(config.search.tags, timelines, tag_numbers, tag_index),
      trends(config.trends, environment, partitions, accounts, posts, timelines),
      graph_keeper(config.discovery.graph, *store_, accounts),
      suggestions(config.discovery.suggestions, environment, accounts, graph_keeper),
      connections(accounts, graph_keeper),
      directory(*store_, accounts),
      post_cleanup(environment),
      conversations_consumer(conversations) {}

void Core::listen(std::function<void(const social::SocialEvent&)> listener) {
    listeners_.push_back(std::move(listener));
}

void Core::tell(const ports::StoredEvent& stored) {
    const auto event = social::decode(stored);
    if (!event) {
        log::error("event does not parse", {{"id", stored.id}, {"type", stored.event.type}});
        return;
    }
    // What is cached by id first, then what is made of it.
    accounts.on_committed(*event);
    sessions.on_committed(*event);
    viewers.on_committed(*event);
    posts.on_committed(*event);
    cards.on_committed(*event);
    reactions.on_committed(*event);
    libraries.on_committed(*event);
    circles.on_committed(*event);
    graph_keeper.on_committed(*event);
    suggestions.on_committed(*event);
    directory.on_committed(*event);
    home_feed.on_committed(*event);
    for (const auto& listener : listeners_) {
        listener(*event);
    }
}

Task<Result<void>> Core::begin() {
    CO_TRY(const auto last_use, co_await store.get(last_use_key()));
    ports::Range newest_post{.table = tables::kPublicPosts, .limit = 1};
    CO_TRY(const auto newest_posts, co_await store.scan(std::move(newest_post)));
    const ports::EventId horizon = store.horizon();
    CO_TRY(const auto newest_events, co_await store.read_events(horizon == 0 ? 0 : horizon - 1, 1));

    UnixMs seen_ms = last_use ? static_cast<UnixMs>(tables::parse_id_bytes(*last_use)) : 0;
    if (!newest_posts.empty()) {
        const std::uint64_t id = tables::parse_newest_first(newest_posts.front().sort);
        seen_ms = std::max(seen_ms, id_time_ms(id));
    }
    if (!newest_events.empty()) {
        seen_ms = std::max(seen_ms, newest_events.back().at_ms);
    }
    if (seen_ms > clock.now_ms() + 60'000) {
        log::warning(
            "the clock is behind the newest data; new ids continue after it",
            {{"behind_seconds", (seen_ms - clock.now_ms()) / 1000}}
        );
    }
    ids_.stay_above(first_id_at(seen_ms + 1));

    dispatcher_.add_listener([this](const ports::StoredEvent& event) { tell(event); });
    dispatcher_.install(store);
    CO_CHECK(co_await remember_time());
    co_return Result<void>();
}

Task<Result<void>> Core::remember_time() {
    ports::Batch batch;
    batch.put(last_use_key(), tables::id_bytes(static_cast<std::uint64_t>(clock.now_ms())));
    auto committed = co_await store.commit(std::move(batch));
    if (!committed) {
        co_return std::move(committed).error();
    }
    co_return Result<void>();
}

}  // namespace rookery::app
