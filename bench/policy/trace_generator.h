#pragma once

#include "policy/trace.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace rookery::policy {

/// What a made-up trace is like. How often somebody posts and how often they read are both
/// heavy-tailed and independent of each other and of how many follow them.
struct TraceShape {
    std::uint32_t accounts = 20'000;
    std::uint64_t events = 200'000;  ///< posts and reads
    double reads_per_post = 10;
    std::uint32_t celebrities = 1;      ///< each followed by a fifth of all
    double celebrities_post_share = 0;  ///< of all posts, beside what chance gives them
    double hours = 72;
    std::uint64_t seed = 1;
};

/// "read-heavy", "write-heavy" or "celebrity-heavy".
[[nodiscard]] std::optional<TraceShape> shape_of(std::string_view name);

/// Who follows whom: out-degrees lognormal with mean 40 and sigma 1.2, at most 5,000; targets by a
/// power law with exponent 2.2; the accounts 1 … `celebrities` followed by a fifth of all.
[[nodiscard]] Trace generate_graph(const TraceShape& shape);

/// Adds what happens to a trace with a graph. Celebrities are the most followed accounts.
void generate_events(const TraceShape& shape, Trace& trace);

}  // namespace rookery::policy
