#include "sim/feed_world.h"

namespace rookery::sim {

FeedWorld::Services::Services(
    social::Environment environment,
    feed::HomeFeedConfig config,
    std::unique_ptr<feed::Policy> policy,
    IdGenerator& ids
)
    : sequence(ids),
      accounts(environment, social::AccountLimits{}),
      viewers(environment),
      follows(environment, accounts),
      posts(environment, social::PostLimits{}, accounts, viewers, sequence),
      hashtags(environment),
      lists(environment, social::ListLimits{}, viewers),
      cards(accounts, posts),
      timelines(environment, cards, sequence),
      home(config, environment, std::move(policy), accounts, cards, viewers, sequence, metrics) {}

void FeedWorld::Services::on_committed(const ports::StoredEvent& event) {
    const auto decoded = social::decode(event);
    accounts.on_committed(*decoded);
    viewers.on_committed(*decoded);
    posts.on_committed(*decoded);
    cards.on_committed(*decoded);
    home.on_committed(*decoded);
}

FeedWorld::FeedWorld(feed::HomeFeedConfig config, MakePolicy make_policy)
    : config_(config), make_policy_(std::move(make_policy)) {
    store.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
        for (const ports::StoredEvent& event : events) {
            services->on_committed(event);
        }
    });
    restart();
}

FeedWorld::~FeedWorld() = default;

void FeedWorld::restart() {
    services.reset();
    services = std::make_unique<Services>(environment(), config_, make_policy_(), ids_);
}

}  // namespace rookery::sim
