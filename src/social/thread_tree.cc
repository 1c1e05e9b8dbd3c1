#include "social/thread_tree.h"

namespace rookery::social {

ThreadTree::ThreadTree(PostId top, AccountId top_author, std::size_t depth_max)
    : depth_max_(depth_max) {
    nodes_.push_back({top, top_author});
    places_.emplace(top, 0);
}

void ThreadTree::add(PostId id, const ThreadEntry& entry) {
    const auto parent = places_.find(entry.parent);
    if (parent == places_.end() || nodes_[parent->second].depth >= depth_max_) {
        return;
    }
    const auto place = static_cast<std::uint32_t>(nodes_.size());
    if (!places_.emplace(id, place).second) {
        return;
    }
    Node node{id, entry.author, nodes_[parent->second].depth + 1};
    node.older_sibling = nodes_[parent->second].newest_child;
    nodes_[parent->second].newest_child = place;
    nodes_.push_back(node);
}

std::vector<PostId> ThreadTree::depth_first(AccountId thread_author) const {
    std::vector<PostId> order;
    order.reserve(size());
    std::vector<std::uint32_t> stack{0};
    while (!stack.empty()) {
        const Node& node = nodes_[stack.back()];
        if (stack.back() != 0) {
            order.push_back(node.id);
        }
        stack.pop_back();
        // What is pushed last comes out first: others from newest to oldest, then self-replies.
        const bool may_answer_self = node.author == thread_author;
        for (std::uint32_t child = node.newest_child; child != 0;
             child = nodes_[child].older_sibling) {
            if (!may_answer_self || nodes_[child].author != thread_author) {
                stack.push_back(child);
            }
        }
        for (std::uint32_t child = may_answer_self ? node.newest_child : 0; child != 0;
             child = nodes_[child].older_sibling) {
            if (nodes_[child].author == thread_author) {
                stack.push_back(child);
            }
        }
    }
    return order;
}

}  // namespace rookery::social
