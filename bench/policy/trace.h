#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::policy {

/// Accounts are numbered from 1.
struct Edge {
    std::uint32_t follower = 0;
    std::uint32_t followee = 0;

    auto operator<=>(const Edge&) const = default;
};

struct Event {
    enum class Kind : std::uint8_t { kPost, kRead, kFollow, kUnfollow };

    std::int64_t at_ms = 0;  ///< since the beginning of the trace
    Kind kind = Kind::kPost;
    std::uint32_t actor = 0;
    std::uint32_t target = 0;  ///< of a follow or unfollow

    auto operator<=>(const Event&) const = default;
};

/// What people did, in the order of time, and who followed whom before. The file is text; README.md
/// describes it.
struct Trace {
    std::uint32_t accounts = 0;
    std::vector<Edge> graph;
    std::vector<Event> events;

    bool operator==(const Trace&) const = default;
};

/// kInvalid names the line and what is wrong with it.
[[nodiscard]] Result<Trace> read_trace(const std::string& path);
[[nodiscard]] Result<void> write_trace(const Trace& trace, const std::string& path);

/// Lines "FOLLOWER FOLLOWEE" with any numbers; '#' and '%' begin comments. Accounts are numbered
/// anew, in the order in which they occur. Loops and repeated edges are left out.
[[nodiscard]] Result<Trace> read_graph(const std::string& path);

}  // namespace rookery::policy
