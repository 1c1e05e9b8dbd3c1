#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace rookery::load {

/// Who follows whom, as far as it matters to a run. Accounts are the graph's numbers.
class Graph {
public:
    Graph() = default;
    Graph(const Graph&) = delete;
    Graph& operator=(const Graph&) = delete;
    virtual ~Graph() = default;

    [[nodiscard]] virtual std::vector<std::uint64_t> followees(std::uint64_t follower) const = 0;
};

/// Follower and followee of a line "FOLLOWER FOLLOWEE" (a comma may stand between; what follows is
/// ignored); nothing if it is no such line.
[[nodiscard]] std::optional<std::pair<std::uint64_t, std::uint64_t>> parse_edge(
    std::string_view line
);

/// An edge list of lines "FOLLOWER FOLLOWEE". Only the follows of the given people are kept, so
/// that a list of any length fits.
class EdgeListGraph final : public Graph {
public:
    [[nodiscard]] Result<void>
    read(const std::string& path, const std::unordered_set<std::uint64_t>& followers);

    [[nodiscard]] std::vector<std::uint64_t> followees(std::uint64_t follower) const override;

private:
    std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> followees_;
};

}  // namespace rookery::load
