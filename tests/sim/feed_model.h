#pragma once

#include "social/lists.h"
#include "social/paging.h"
#include "social/visibility.h"

#include <cstdint>
#include <functional>
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
        std::set<std::string> tags;
    };
    struct List {
        std::uint64_t id = 0;
        std::uint64_t owner = 0;
        social::RepliesPolicy replies{};
        bool exclusive = false;
        std::set<std::uint64_t> members;
    };

    explicit FeedModel(std::size_t repeat_window) : repeat_window_(repeat_window) {}

    std::map<std::uint64_t, Post> posts;
    std::map<std::uint64_t, std::set<std::uint64_t>> follows;        ///< follower → followees
    std::map<std::uint64_t, std::set<std::uint64_t>> hidden_boosts;  ///< follower → followees
    std::map<std::uint64_t, std::set<std::uint64_t>> blocks;
    std::map<std::uint64_t, std::set<std::uint64_t>> mutes;
    std::map<std::uint64_t, std::set<std::string>> tags;  ///< whom → the hashtags they follow
    std::vector<List> lists;
    std::set<std::uint64_t> suspended;

    void unfollow(std::uint64_t actor, std::uint64_t target);
    void block(std::uint64_t actor, std::uint64_t target);
    void remove(std::uint64_t post);

    [[nodiscard]] bool can_see(std::uint64_t reader, const Post& post) const;
    /// The whole home feed, newest first.
    [[nodiscard]] std::vector<std::uint64_t> home(std::uint64_t reader) const;
    /// The whole timeline of a list, newest first.
    [[nodiscard]] std::vector<std::uint64_t> timeline(const List& list) const;
    /// The page that the request asks for, cut from a whole feed.
    [[nodiscard]] static std::vector<std::uint64_t>
    page(const std::vector<std::uint64_t>& feed, const social::PageRequest& request);

private:
    [[nodiscard]] bool has(
        const std::map<std::uint64_t, std::set<std::uint64_t>>& edges,
        std::uint64_t from,
        std::uint64_t to
    ) const;
    [[nodiscard]] bool wants(std::uint64_t reader, const Post& post) const;
    /// May and does the reader want to see it, and what it boosts?
    [[nodiscard]] bool shows(std::uint64_t reader, const Post& post) const;
    [[nodiscard]] bool is_set_apart(std::uint64_t reader, std::uint64_t author) const;
    [[nodiscard]] bool in_home(std::uint64_t reader, const Post& post) const;
    [[nodiscard]] bool in_list(const List& list, const Post& post) const;
    /// Newest first, without repeated boosts.
    [[nodiscard]] std::vector<std::uint64_t> feed_of(const std::function<bool(const Post&)>& belongs
    ) const;

    const std::size_t repeat_window_;
};

}  // namespace rookery::sim
