#pragma once

#include "discover/graph/scope.h"
#include "discover/graph/tally.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rookery::discover {

struct WalkLimits {
    std::size_t steps = 10'000;  ///< all walks together
    double restart = 0.8;        ///< after each step, the walk begins anew so often
    /// The walks end early when so many accounts have been visited so often.
    std::size_t enough_found = 400;
    double enough_visits = 25;
    std::size_t found = 400;
};

/// Random walks from the friends, each as likely a start as any other: from somebody back to one of
/// their followers, and on to one whom that follower follows. This is SALSA (Lempel and Moran,
/// 2000) on followers and followed, personalised by restarts, as Twitter's "Who to Follow" does it
/// (Gupta et al., WWW 2013). A list that is not open to the viewer ends a walk.
///
/// The walks end early when they have found enough, as in Pixie (Eksombatchai et al., WWW 2018).
/// Its other idea, to count visits from many starts for more, made the ranking worse on both
/// networks that it was tried on, so visits just count; divided by a low power of how many follow
/// the account, and with those favoured who follow the viewer (tally.h). The same seed on the same
/// graph walks the same way. Without the viewer and the friends.
[[nodiscard]] std::vector<Scored> walk_from(
    const Scope& scope,
    std::span<const Node> friends,
    std::uint64_t seed,
    const WalkLimits& limits = {}
);

/// The walks alone: the number of visits of each node.
[[nodiscard]] Tally count_visits(
    const Scope& scope,
    std::span<const Node> friends,
    std::uint64_t seed,
    const WalkLimits& limits
);

struct SimilarLimits {
    std::size_t followers = 1'000;  ///< of the account, chosen by the seed
    std::size_t entries = 60'000;   ///< of their lists, all together
    std::size_t found = 200;
};

/// Accounts that are followed by those who follow `account`, the likest first: the cosine of who
/// follows the two, where a follower counts the less the more they follow. Empty if the account's
/// followers are not open to the viewer.
[[nodiscard]] std::vector<Scored>
similar_to(const Scope& scope, Node account, std::uint64_t seed, const SimilarLimits& limits = {});

}  // namespace rookery::discover
