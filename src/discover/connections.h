#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "discover/graph/graph_keeper.h"
#include "social/accounts.h"
#include "social/viewers.h"

#include <cstddef>
#include <vector>

namespace rookery::discover {

/// How people hang together. Exact: an acknowledged follow or unfollow counts in the next answer.
///
/// Who hides their lists is named by none of these: neither does another's list tell of them what
/// their own does not, nor is anything told of an account that hides its own. Left out are
/// also people who are suspended or blocked, either way. Whom the viewer follows comes first, then
/// who has the most followers. Thread-safe.
class Connections {
public:
    /// Both outlive it.
    Connections(social::Accounts& accounts, GraphKeeper& keeper)
        : accounts_(accounts), keeper_(keeper) {}

    /// False until the graph was read for the first time: then nobody is connected.
    [[nodiscard]] bool ready() { return keeper_.graph() != nullptr; }

    struct Page {
        std::size_t offset = 0;
        std::size_t limit = 0;
    };
    struct People {
        std::size_t count = 0;  ///< of all; of those who just hid, not yet corrected
        std::vector<social::AccountPtr> accounts;  ///< the page
    };

    /// Whom the viewer follows and who follow `account`.
    [[nodiscard]] Task<Result<People>>
    familiar_followers(social::ViewerPtr viewer, social::AccountPtr account, Page page);

    /// Who follows `account` and is followed back. `viewer` null: signed out.
    [[nodiscard]] Task<Result<People>>
    mutuals(social::ViewerPtr viewer, social::AccountPtr account, Page page);

    /// Everybody who stands between two people, by the directions of the two follows.
    struct Paths {
        People followed_who_follow;   ///< the viewer follows them, they follow the account
        People following_who_follow;  ///< the account follows them, they follow the viewer
        People followed_by_both;
        People followers_of_both;
    };
    /// Of each the first `limit`. All empty for the viewer's own account.
    [[nodiscard]] Task<Result<Paths>>
    paths(social::ViewerPtr viewer, social::AccountPtr account, std::size_t limit);

private:
    /// The page of those of `nodes` who may be named.
    [[nodiscard]] Task<Result<People>>
    people(FollowGraphPtr graph, std::vector<Node> nodes, social::ViewerPtr viewer, Page page);

    social::Accounts& accounts_;
    GraphKeeper& keeper_;
};

}  // namespace rookery::discover
