#pragma once

#include "social/paging.h"
#include "social/visibility.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace rookery::sim {

/// The brute-force social network: plain containers, every question answered by looking at
/// everything. What the real one must equal.
class FeedModel {
public:
    struct Post {
        std::uint64_t id = 0;
        std::uint64_t author = 0;
        social::Visibility visibility = social::Visibility::kPublic;
        std::uint64_t reply_to_author = 0;  ///< 0: no reply
        std::uint64_t boost_of = 0;
        std::set<std::uint64_t> mentions;
    };

    explicit FeedModel(std::size_t repeat_window) : repeat_window_(repeat_window) {}

    std::map<std::uint64_t, Post> posts;
    std::map<std::uint64_t, std::set<std::uint64_t>> follows;        ///< follower → followees
    std::map<std::uint64_t, std::set<std::uint64_t>> hidden_boosts;  ///< follower → followees
    std::map<std::uint64_t, std::set<std::uint64_t>> blocks;
    std::map<std::uint64_t, std::set<std::uint64_t>> mutes;
    std::set<std::uint64_t> suspended;

    void block(std::uint64_t actor, std::uint64_t target);
    void remove(std::uint64_t post);

    [[nodiscard]] bool can_see(std::uint64_t reader, const Post& post) const;
    /// The whole home feed, newest first.
    [[nodiscard]] std::vector<std::uint64_t> home(std::uint64_t reader) const;
    /// The page that the request asks for, cut from the whole feed.
    [[nodiscard]] std::vector<std::uint64_t>
    home_page(std::uint64_t reader, const social::PageRequest& request) const;

private:
    [[nodiscard]] bool has(
        const std::map<std::uint64_t, std::set<std::uint64_t>>& edges,
        std::uint64_t from,
        std::uint64_t to
    ) const;
    [[nodiscard]] bool wants(std::uint64_t reader, const Post& post) const;
    [[nodiscard]] bool in_home(std::uint64_t reader, const Post& post) const;

    const std::size_t repeat_window_;
};

}  // namespace rookery::sim
