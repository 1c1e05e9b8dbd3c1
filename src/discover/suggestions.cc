#include "discover/suggestions.h"

#include "base/random.h"
#include "social/privacy.h"
#include "social/tables.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace rookery::discover {

namespace {

namespace tables = social::tables;

constexpr UnixMs kDayMs = 86'400'000;
constexpr std::size_t kRequestsRead = 10'000;
/// No node: of a viewer who is signed out, or whom no edge names.
constexpr Node kNobody = std::numeric_limits<Node>::max();

/// The nodes that the viewer follows, the newest follow first.
std::vector<Node> friends_of(const FollowGraph& graph, const social::Viewer& viewer) {
    std::vector<social::FollowEdge> follows = viewer.following;
    std::ranges::sort(follows, std::ranges::greater{}, &social::FollowEdge::id);
    std::vector<Node> friends;
    friends.reserve(follows.size());
    for (const social::FollowEdge& follow : follows) {
        if (const auto node = graph.node_of(follow.account)) {
            friends.push_back(*node);
        }
    }
    return friends;
}

bool is_wanted(const social::Account& account, const social::Viewer* viewer, UnixMs now_ms) {
    if (account.suspended || !account.discoverable) {
        return false;
    }
    return viewer == nullptr ||
           (account.id != viewer->id && !viewer->follows(account.id) &&
            !viewer->blocks(account.id) && !viewer->is_blocked_by(account.id) &&
            !viewer->mutes(account.id, now_ms));
}

Task<Result<std::unordered_set<AccountId>>> requested(ports::Store* store, AccountId account) {
    ports::Range range{
        .table = tables::kRequestedFollows,
        .partition = tables::id_bytes(account),
        .limit = kRequestsRead
    };
    CO_TRY(const auto rows, co_await store->scan(std::move(range)));
    std::unordered_set<AccountId> targets;
    for (const ports::Row& row : rows) {
        targets.insert(AccountId(tables::parse_id_bytes(row.sort)));
    }
    co_return targets;
}

}  // namespace

Scope scope_of(const FollowGraph& graph, const social::Viewer* viewer, UnixMs now_ms) {
    Scope scope{.graph = graph, .self = kNobody, .shut_out = {}};
    if (viewer == nullptr) {
        return scope;
    }
    scope.self = graph.node_of(viewer->id).value_or(kNobody);
    const auto shut_out = [&](AccountId account) {
        if (const auto node = graph.node_of(account)) {
            scope.shut_out.push_back(*node);
        }
    };
    std::ranges::for_each(viewer->blocking, shut_out);
    std::ranges::for_each(viewer->blocked_by, shut_out);
    for (const social::MuteEdge& mute : viewer->muting) {
        if (viewer->mutes(mute.account, now_ms)) {
            shut_out(mute.account);
        }
    }
    std::ranges::sort(scope.shut_out);
    return scope;
}

std::uint64_t Suggestions::seed_of(AccountId account) const {
    const auto day = static_cast<std::uint64_t>(environment_.clock.now_ms() / kDayMs);
    std::uint64_t state = account.value ^ (day << 40U);
    return split_mix64(state);
}

Task<Result<std::vector<Suggestions::Ranked>>> Suggestions::featured() {
    std::vector<Ranked> ranked;
    for (const std::string& name : config_.featured) {
        const auto account = co_await accounts_.find_by_name(name);
        if (account) {
            ranked.push_back({(*account)->id, kFeatured});
        } else if (account.error().code != ErrorCode::kNotFound) {
            co_return Error(account.error());
        }
    }
    co_return ranked;
}

Task<Result<Suggestions::RankingPtr>> Suggestions::ranking_of(social::ViewerPtr viewer) {
    const auto now = environment_.clock.steady();
    const auto stamp = rankings_.stamp(viewer->id);
    if (const auto kept = rankings_.find(viewer->id);
        kept && now - (*kept)->made_at < config_.kept) {
        co_return *kept;
    }
    auto ranking = std::make_shared<Ranking>();
    ranking->made_at = now;
    CO_TRY(ranking->accounts, co_await featured());
    const FollowGraphPtr graph = keeper_.graph();
    if (!graph) {
        co_return RankingPtr(std::move(ranking));
    }
    const UnixMs now_ms = environment_.clock.now_ms();
    const std::uint64_t seed = seed_of(viewer->id);
    RecommendLimits limits;
    limits.walks.steps = config_.walk_steps;
    // Some milliseconds: not on a thread that others' requests wait for.
    const auto recommended = co_await environment_.pool.run([graph, viewer, now_ms, seed, limits] {
        const Scope scope = scope_of(*graph, viewer.get(), now_ms);
        return recommend(scope, friends_of(*graph, *viewer), seed, limits);
    });
    for (const Recommended& one : recommended) {
        ranking->accounts.push_back({graph->account_of(one.node), one.sources});
    }
    for (const AccountId id : *keeper_.most_followed()) {
        ranking->accounts.push_back({id, kMostFollowed});
    }
    rankings_.insert(viewer->id, ranking, stamp);
    co_return RankingPtr(std::move(ranking));
}

Task<Result<std::vector<Suggestion>>>
Suggestions::allowed(std::vector<Ranked> ranked, social::ViewerPtr viewer) {
    std::vector<AccountId> ids;
    ids.reserve(ranked.size());
    for (const Ranked& one : ranked) {
        ids.push_back(one.account);
    }
    CO_TRY(const auto accounts, co_await accounts_.find_many(std::move(ids)));
    std::vector<AccountId> dismissed;
    std::unordered_set<AccountId> asked;
    if (viewer) {
        CO_TRY(dismissed, co_await dismissed_.of(viewer->id));
        CO_TRY(asked, co_await requested(&environment_.store, viewer->id));
    }
    const UnixMs now_ms = environment_.clock.now_ms();
    std::vector<Suggestion> suggestions;
    std::unordered_map<AccountId, std::size_t> places;
    for (std::size_t i = 0; i < ranked.size(); ++i) {
        const social::AccountPtr& account = accounts[i];
        if (!account || !is_wanted(*account, viewer.get(), now_ms) ||
            std::ranges::binary_search(dismissed, account->id) || asked.contains(account->id)) {
            continue;
        }
        const auto [place, is_first] = places.try_emplace(account->id, suggestions.size());
        if (is_first) {
            suggestions.push_back({account, ranked[i].sources});
        } else {
            suggestions[place->second].sources |= ranked[i].sources;
        }
    }
    co_return suggestions;
}

Task<Result<std::vector<Suggestion>>> Suggestions::of(social::ViewerPtr viewer) {
    CO_TRY(const auto ranking, co_await ranking_of(viewer));
    co_return co_await allowed(ranking->accounts, std::move(viewer));
}

Task<Result<std::vector<social::AccountPtr>>>
Suggestions::similar_to(social::AccountPtr account, social::ViewerPtr viewer) {
    std::vector<social::AccountPtr> similar;
    const FollowGraphPtr graph = keeper_.graph();
    if (!graph || !social::can_see_collections(viewer.get(), *account)) {
        co_return similar;
    }
    const auto node = graph->node_of(account->id);
    if (!node) {
        co_return similar;
    }
    const UnixMs now_ms = environment_.clock.now_ms();
    const std::uint64_t seed = seed_of(account->id);
    const auto found = co_await environment_.pool.run([graph, viewer, now_ms, seed, node] {
        return discover::similar_to(scope_of(*graph, viewer.get(), now_ms), *node, seed);
    });
    std::vector<Ranked> ranked;
    ranked.reserve(found.size());
    for (const Scored& one : found) {
        ranked.push_back({graph->account_of(one.node), kSimilarToRecentlyFollowed});
    }
    CO_TRY(const auto suggestions, co_await allowed(std::move(ranked), std::move(viewer)));
    for (const Suggestion& suggestion : suggestions) {
        similar.push_back(suggestion.account);
    }
    co_return similar;
}

void Suggestions::on_committed(const social::SocialEvent& event) {
    switch (event.type) {
        case social::EventType::kFollowed:
        case social::EventType::kUnfollowed:
        case social::EventType::kBlocked:
        case social::EventType::kMuted:
            rankings_.erase(event.actor);
            break;
        case social::EventType::kGraphImported:
            rankings_.clear();
            break;
        default:
            break;
    }
}

}  // namespace rookery::discover
