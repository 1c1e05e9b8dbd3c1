#include "policy/page_oracle.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace rookery::policy {

PageOracle::PageOracle(const Trace& trace)
    : following_(trace.accounts + 1), posts_(trace.accounts + 1) {
    for (const Edge& edge : trace.graph) {
        follow(edge.follower, edge.followee);
    }
}

void PageOracle::follow(std::uint32_t follower, std::uint32_t followee) {
    following_[follower].insert(followee);
}

void PageOracle::unfollow(std::uint32_t follower, std::uint32_t followee) {
    following_[follower].erase(followee);
}

void PageOracle::add_post(std::uint32_t author, std::uint64_t id) {
    posts_[author].push_back(id);
}

std::vector<std::uint64_t> PageOracle::page(std::uint32_t reader, std::size_t limit) const {
    std::vector<std::uint64_t> ids;
    const auto take = [&](std::uint32_t author) {
        const auto& all = posts_[author];
        const auto count = static_cast<std::ptrdiff_t>(std::min(limit, all.size()));
        ids.insert(ids.end(), all.end() - count, all.end());
    };
    take(reader);
    for (const std::uint32_t author : following_[reader]) {
        take(author);
    }
    std::ranges::sort(ids, std::greater<>());
    ids.resize(std::min(limit, ids.size()));
    return ids;
}

}  // namespace rookery::policy
