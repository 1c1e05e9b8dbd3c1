#pragma once

#include "base/ids.h"
#include "base/sharded_cache.h"
#include "base/task.h"
#include "discover/graph/graph_keeper.h"
#include "discover/graph/recommend.h"
#include "social/accounts.h"
#include "social/dismissed_suggestions.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/viewers.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rookery::discover {

struct SuggestionsConfig {
    std::vector<std::string> featured;  ///< usernames, suggested to everybody first
    std::size_t walk_steps = 10'000;
    /// A ranking is used again for so long, so that the pages of one sitting fit together.
    std::chrono::milliseconds kept{10'000};
    std::size_t cached_rankings_max = 10'000;
};

struct Suggestion {
    social::AccountPtr account;
    std::uint8_t sources = 0;  ///< SuggestionSource
};

/// Whom to follow. The ranking comes from the graph and is seconds old at most; who may be shown is
/// decided at each answer, by what is acknowledged then. Thread-safe.
class Suggestions {
public:
    /// All outlive it.
    Suggestions(
        SuggestionsConfig config,
        social::Environment environment,
        social::Accounts& accounts,
        GraphKeeper& keeper
    )
        : config_(std::move(config)),
          environment_(environment),
          accounts_(accounts),
          keeper_(keeper),
          dismissed_(environment),
          rankings_(config_.cached_rankings_max) {}

    /// False until the graph was read for the first time: then there are none.
    [[nodiscard]] bool ready() { return keeper_.graph() != nullptr; }

    /// All suggestions for them, some hundreds, the best first: nobody who is suspended or not
    /// discoverable, themself, whom they follow, asked to follow, block, mute or dismissed, or who
    /// blocks them. The order is the same all day, but for what changes in the graph.
    [[nodiscard]] Task<Result<std::vector<Suggestion>>> of(social::ViewerPtr viewer);

    /// People like `account`, the likest first: whom its followers follow, too. By the same rules;
    /// signed out (null) they are those that anybody may see. Empty if the account's followers are
    /// not the viewer's business.
    [[nodiscard]] Task<Result<std::vector<social::AccountPtr>>>
    similar_to(social::AccountPtr account, social::ViewerPtr viewer);

    /// Somebody who was found, before it was asked whether they may be shown.
    struct Ranked {
        AccountId account;
        std::uint8_t sources = 0;
    };
    /// Those of `ranked` who may be suggested to the viewer, in their order, each once.
    [[nodiscard]] Task<Result<std::vector<Suggestion>>>
    allowed(std::vector<Ranked> ranked, social::ViewerPtr viewer);

    /// Called for every committed event: a ranking is not older than one's own last follow.
    void on_committed(const social::SocialEvent& event);

private:
    struct Ranking {
        std::chrono::steady_clock::time_point made_at;
        std::vector<Ranked> accounts;
    };
    using RankingPtr = std::shared_ptr<const Ranking>;

    [[nodiscard]] Task<Result<RankingPtr>> ranking_of(social::ViewerPtr viewer);
    [[nodiscard]] Task<Result<std::vector<Ranked>>> featured();
    [[nodiscard]] std::uint64_t seed_of(AccountId account) const;

    const SuggestionsConfig config_;
    social::Environment environment_;
    social::Accounts& accounts_;
    GraphKeeper& keeper_;
    social::DismissedSuggestions dismissed_;
    ShardedCache<AccountId, RankingPtr> rankings_;
};

/// The graph as `viewer` (null: signed out) may see it.
[[nodiscard]] Scope scope_of(const FollowGraph& graph, const social::Viewer* viewer, UnixMs now_ms);

}  // namespace rookery::discover
