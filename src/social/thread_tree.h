#pragma once

#include "base/ids.h"
#include "social/post.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace rookery::social {

/// The replies below one post, of any depth: no step of it recurses.
class ThreadTree {
public:
    /// Replies more than `depth_max` levels below `top` are left out.
    ThreadTree(PostId top, AccountId top_author, std::size_t depth_max);

    /// Takes a post of the thread if it stands below the top. Parents must come before their
    /// replies, as they do in the order of ids.
    void add(PostId id, const ThreadEntry& entry);

    [[nodiscard]] std::size_t size() const { return nodes_.size() - 1; }

    /// Without the top: each reply right before its own replies, siblings by age, but what
    /// `thread_author` answers to themself before its siblings.
    [[nodiscard]] std::vector<PostId> depth_first(AccountId thread_author) const;

private:
    /// Lists of children are chained through the nodes, newest first.
    struct Node {
        PostId id;
        AccountId author;
        std::uint32_t depth = 0;
        std::uint32_t newest_child = 0;   ///< 0: none (the top is nobody's child)
        std::uint32_t older_sibling = 0;  ///< 0: none
    };

    std::size_t depth_max_;
    std::vector<Node> nodes_;
    std::unordered_map<PostId, std::uint32_t> places_;
};

}  // namespace rookery::social
