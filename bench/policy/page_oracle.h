#pragma once

#include "policy/trace.h"

#include <cstdint>
#include <set>
#include <vector>

namespace rookery::policy {

/// What a page must be, by the plainest means: the newest posts of everybody followed, sorted.
class PageOracle {
public:
    explicit PageOracle(const Trace& trace);

    void follow(std::uint32_t follower, std::uint32_t followee);
    void unfollow(std::uint32_t follower, std::uint32_t followee);
    /// Ids of one author must increase.
    void add_post(std::uint32_t author, std::uint64_t id);

    /// Newest first.
    [[nodiscard]] std::vector<std::uint64_t> page(std::uint32_t reader, std::size_t limit) const;

private:
    std::vector<std::set<std::uint32_t>> following_;
    std::vector<std::vector<std::uint64_t>> posts_;
};

}  // namespace rookery::policy
