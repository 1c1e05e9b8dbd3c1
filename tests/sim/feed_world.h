#pragma once

#include "base/blocking_pool.h"
#include "base/id_generator.h"
#include "base/metrics.h"
#include "feed/cards.h"
#include "feed/home_feed.h"
#include "feed/timelines.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "social/accounts.h"
#include "social/follows.h"
#include "social/hashtags.h"
#include "social/lists.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rookery::sim {

/// The services behind the home feed over a store in memory, wired as the server wires them.
/// restart() throws away everything but the store.
class FeedWorld {
public:
    using MakePolicy = std::function<std::unique_ptr<feed::Policy>()>;

    FeedWorld(feed::HomeFeedConfig config, MakePolicy make_policy);
    ~FeedWorld();

    void restart();
    [[nodiscard]] social::Environment environment() { return {store, clock, ids_, pool_}; }

    kit::ManualClock clock;
    kit::MemoryStore store;

    struct Services;
    std::unique_ptr<Services> services;

private:
    feed::HomeFeedConfig config_;
    MakePolicy make_policy_;
    BlockingPool pool_{1};
    IdGenerator ids_{clock, 1, 42};
};

struct FeedWorld::Services {
    Services(
        social::Environment environment,
        feed::HomeFeedConfig config,
        std::unique_ptr<feed::Policy> policy,
        IdGenerator& ids
    );

    void on_committed(const ports::StoredEvent& event);

    metrics::Registry metrics;
    social::PostSequence sequence;
    social::Accounts accounts;
    social::Viewers viewers;
    social::Follows follows;
    social::Posts posts;
    social::Hashtags hashtags;
    social::Lists lists;
    feed::Cards cards;
    feed::Timelines timelines;
    feed::HomeFeed home;
};

}  // namespace rookery::sim
