#pragma once

#include "discover/graph/friends_of_friends.h"
#include "discover/graph/scope.h"
#include "discover/graph/walks.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rookery::discover {

/// Where a suggestion comes from, in Mastodon's terms. Bits.
enum SuggestionSource : std::uint8_t {
    kFeatured = 1,                   ///< chosen by the operator
    kFriendsOfFriends = 2,           ///< friends_of_friends.h
    kSimilarToRecentlyFollowed = 4,  ///< walks.h
    kMostFollowed = 8,
};

struct Recommended {
    Node node = 0;
    double score = 0;
    std::uint8_t sources = 0;
};

struct RecommendLimits {
    FriendsOfFriendsLimits friends_of_friends;
    WalkLimits walks;
    std::size_t walked_friends = 500;  ///< walks begin at the first so many
    std::size_t found = 400;
};

/// Whom the viewer may want to follow: friends of friends and what walks find, in one order. Two
/// rankings whose scores mean different things are merged by ranks (Cormack et al., "Reciprocal
/// rank fusion", SIGIR 2009). `friends` are those whom the viewer follows, the newest first; they
/// are left out. Who may be shown is the caller's question, but for Scope's.
[[nodiscard]] std::vector<Recommended> recommend(
    const Scope& scope,
    std::span<const Node> friends,
    std::uint64_t seed,
    const RecommendLimits& limits = {}
);

}  // namespace rookery::discover
