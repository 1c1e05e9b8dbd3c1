#pragma once

#include "app/config.h"
#include "app/social_consumers.h"
#include "base/blocking_pool.h"
#include "base/clock.h"
#include "base/id_generator.h"
#include "base/metrics.h"
#include "base/result.h"
#include "discover/connections.h"
#include "discover/derived_state.h"
#include "discover/directory.h"
#include "discover/graph/graph_keeper.h"
#include "discover/libraries.h"
#include "discover/names/name_index.h"
#include "discover/people/circles.h"
#include "discover/people/people_indexer.h"
#include "discover/people/people_search.h"
#include "discover/post_indexer.h"
#include "discover/post_search.h"
#include "discover/suggestions.h"
#include "discover/tags/tag_indexer.h"
#include "discover/tags/tag_numbers.h"
#include "discover/tags/tag_search.h"
#include "discover/trends/trends.h"
#include "events/commit_dispatcher.h"
#include "feed/cards.h"
#include "feed/home_feed.h"
#include "feed/timelines.h"
#include "notify/inbox.h"
#include "notify/inbox_writer.h"
#include "ports/search_index.h"
#include "ports/store.h"
#include "social/accounts.h"
#include "social/conversations.h"
#include "social/environment.h"
#include "social/follows.h"
#include "social/lists.h"
#include "social/markers.h"
#include "social/post_sequence.h"
#include "social/posts.h"
#include "social/reactions.h"
#include "social/sessions.h"
#include "social/threads.h"
#include "social/viewers.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::app {

/// The store and every service on it, in the order in which they need each other: all of Rookery
/// but its network. The server has one, and so has a command that works on a stopped server's data.
class Core {
public:
    /// Opens or makes the data directory `data`. `clock` and `registry` must outlive the core. The
    /// errors are sentences for the operator.
    [[nodiscard]] static Result<std::unique_ptr<Core>> open(
        const Config& config,
        const std::string& data,
        const Clock& clock,
        metrics::Registry& registry
    );

    Core(
        const Config& config,
        const Clock& wall_clock,
        metrics::Registry& registry,
        std::unique_ptr<BlockingPool> blocking_pool,
        std::unique_ptr<ports::Store> opened_store,
        ports::Partitions& partitions,  // of that store
        std::unique_ptr<ports::SearchIndex> opened_index
    );
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    /// Is told of every committed event, after the services and before the commit is acknowledged;
    /// quick and never blocking (ports::CommitListener). Only before begin().
    void listen(std::function<void(const social::SocialEvent&)> listener);
    /// Is called after each group of events. Only before begin().
    void nudge(std::function<void()> nudge) { dispatcher_.add_nudge(std::move(nudge)); }

    /// Joins services and listeners to the store, and sees to it that new ids are above all that
    /// the store has seen, also when the machine's clock was set back. Once, before the first
    /// commit.
    [[nodiscard]] Task<Result<void>> begin();
    /// Remembers the time for the next begin(): at a clean stop, and in between.
    [[nodiscard]] Task<Result<void>> remember_time();
    /// Waits for the threads that read and compute; nothing may be asked of the core afterwards.
    void join() { pool_->join(); }

private:
    void tell(const ports::StoredEvent& stored);

    // Destroyed in the opposite order: the services, the store, then the threads it reads with.
    std::unique_ptr<BlockingPool> pool_;
    events::CommitDispatcher dispatcher_;
    std::unique_ptr<ports::Store> store_;
    std::unique_ptr<ports::SearchIndex> index_;
    IdGenerator ids_;
    std::vector<std::function<void(const social::SocialEvent&)>> listeners_;

public:
    const Clock& clock;
    metrics::Registry& metrics;
    ports::Store& store;
    social::Environment environment;
    social::Accounts accounts;
    social::Sessions sessions;
    social::Viewers viewers;
    social::Follows follows;
    social::PostSequence sequence;
    social::Posts posts;
    social::Threads threads;
    social::Reactions reactions;
    social::Conversations conversations;
    social::Lists lists;
    social::Markers markers;
    feed::Cards cards;
    feed::Timelines timelines;
    feed::HomeFeed home_feed;
    notify::Inbox inbox;
    notify::InboxWriter inbox_writer;
    ports::SearchIndex& search_index;
    discover::Libraries libraries;
    discover::PostIndexer post_indexer;
    discover::PostSearch post_search;
    discover::names::NameIndex people_index;
    discover::Circles circles;
    discover::PeopleIndexer people_indexer;
    discover::PeopleSearch people_search;
    discover::TagNumbers tag_numbers;
    discover::names::NameIndex tag_index;
    discover::TagIndexer tag_indexer;
    discover::TagSearch tag_search;
    discover::trends::Trends trends;
    discover::GraphKeeper graph_keeper;
    discover::Suggestions suggestions;
    discover::Connections connections;
    discover::Directory directory;
    PostCleanupConsumer post_cleanup;
    ConversationsConsumer conversations_consumer;

    /// Everything that reads the outbox and keeps its place there.
    [[nodiscard]] std::vector<events::Consumer*> consumers() {
        return {&post_cleanup, &conversations_consumer, &inbox_writer};
    }
    /// Those whose place is in memory: they keep what is made again at every start.
    [[nodiscard]] std::vector<events::Consumer*> ephemeral_consumers() {
        return {&post_indexer, &people_indexer, &tag_indexer, &trends.consumer()};
    }
    /// What needs an Upkeep.
    [[nodiscard]] std::vector<discover::DerivedState*> derived_states() {
        return {&post_indexer, &people_indexer, &tag_indexer, &trends, &graph_keeper, &directory};
    }
};

/// Where the store and the index of posts lie in a data directory.
[[nodiscard]] std::string store_path(const std::string& data);
[[nodiscard]] std::string search_path(const std::string& data);

}  // namespace rookery::app
