#include "discover/connections.h"

#include "social/privacy.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace rookery::discover {

namespace {

bool may_be_named(const social::Account& account, const social::Viewer* viewer) {
    if (account.suspended || account.hide_collections) {
        return false;
    }
    return viewer == nullptr || (!viewer->blocks(account.id) && !viewer->is_blocked_by(account.id));
}

bool is_open(const FollowGraph& graph, Node node, const social::Viewer* viewer) {
    if (!graph.is_open(node)) {
        return false;
    }
    const AccountId id = graph.account_of(node);
    return viewer == nullptr || (!viewer->blocks(id) && !viewer->is_blocked_by(id));
}

/// Best first: see Connections.
void sort_by_nearness(
    const FollowGraph& graph,
    const social::Viewer* viewer,
    std::vector<Node>& nodes
) {
    struct Keyed {
        bool is_stranger = false;
        std::size_t followers = 0;
        Node node = 0;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(nodes.size());
    for (const Node node : nodes) {
        const bool is_followed = viewer != nullptr && viewer->follows(graph.account_of(node));
        keyed.push_back({!is_followed, graph.in(node).size(), node});
    }
    std::ranges::sort(keyed, [](const Keyed& a, const Keyed& b) {
        return std::tuple(a.is_stranger, b.followers, a.node) <
               std::tuple(b.is_stranger, a.followers, b.node);
    });
    std::ranges::transform(keyed, nodes.begin(), &Keyed::node);
}

}  // namespace

Task<Result<Connections::People>> Connections::people(
    FollowGraphPtr graph,
    std::vector<Node> nodes,
    social::ViewerPtr viewer,
    Page page
) {
    std::erase_if(nodes, [&](Node node) { return !is_open(*graph, node, viewer.get()); });
    sort_by_nearness(*graph, viewer.get(), nodes);
    People people{.count = nodes.size(), .accounts = {}};
    // What the graph knows of accounts is a moment old: those shown are asked themselves.
    std::size_t at = std::min(page.offset, nodes.size());
    while (people.accounts.size() < page.limit && at < nodes.size()) {
        std::vector<AccountId> ids;
        for (; ids.size() < page.limit - people.accounts.size() && at < nodes.size(); ++at) {
            ids.push_back(graph->account_of(nodes[at]));
        }
        CO_TRY(auto accounts, co_await accounts_.find_many(std::move(ids)));
        for (social::AccountPtr& account : accounts) {
            if (account && may_be_named(*account, viewer.get())) {
                people.accounts.push_back(std::move(account));
            }
        }
    }
    co_return people;
}

Task<Result<Connections::People>>
Connections::familiar_followers(social::ViewerPtr viewer, social::AccountPtr account, Page page) {
    const FollowGraphPtr graph = keeper_.graph();
    const auto self = graph ? graph->node_of(viewer->id) : std::nullopt;
    const auto other = graph ? graph->node_of(account->id) : std::nullopt;
    if (!self || !other || !social::can_see_collections(viewer.get(), *account)) {
        co_return People{};
    }
    co_return co_await people(
        graph, intersection(graph->out(*self), graph->in(*other)), std::move(viewer), page
    );
}

Task<Result<Connections::People>>
Connections::mutuals(social::ViewerPtr viewer, social::AccountPtr account, Page page) {
    const FollowGraphPtr graph = keeper_.graph();
    const auto node = graph ? graph->node_of(account->id) : std::nullopt;
    if (!node || !social::can_see_collections(viewer.get(), *account)) {
        co_return People{};
    }
    co_return co_await people(
        graph, intersection(graph->out(*node), graph->in(*node)), std::move(viewer), page
    );
}

Task<Result<Connections::Paths>>
Connections::paths(social::ViewerPtr viewer, social::AccountPtr account, std::size_t limit) {
    const FollowGraphPtr graph = keeper_.graph();
    const auto self = graph ? graph->node_of(viewer->id) : std::nullopt;
    const auto other = graph ? graph->node_of(account->id) : std::nullopt;
    Paths paths;
    if (!self || !other || *self == *other ||
        !social::can_see_collections(viewer.get(), *account)) {
        co_return paths;
    }
    const Page page{.offset = 0, .limit = limit};
    const Neighbours follows = graph->out(*self);
    const Neighbours followers = graph->in(*self);
    const Neighbours other_follows = graph->out(*other);
    const Neighbours other_followers = graph->in(*other);
    CO_TRY(
        paths.followed_who_follow,
        co_await people(graph, intersection(follows, other_followers), viewer, page)
    );
    CO_TRY(
        paths.following_who_follow,
        co_await people(graph, intersection(followers, other_follows), viewer, page)
    );
    CO_TRY(
        paths.followed_by_both,
        co_await people(graph, intersection(follows, other_follows), viewer, page)
    );
    CO_TRY(
        paths.followers_of_both,
        co_await people(graph, intersection(followers, other_followers), viewer, page)
    );
    co_return paths;
}

}  // namespace rookery::discover
