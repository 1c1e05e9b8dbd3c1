#pragma once

#include "discover/graph/follow_graph.h"
#include "discover/graph/graph_builder.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace rookery::discover {

struct LiveGraphConfig {
    /// Changes since the base was made that are merged into a new one: at least so many, and a
    /// thirtieth of the base's follows.
    std::size_t merged_changes_min = 10'000;
    /// Edges that one step of a merge may look at: about 10 ms.
    std::size_t step_edges = 200'000;
};

/// The graph of the moment. Changes are noted by whoever makes them, in a few nanoseconds, and
/// become part of the graph when somebody looks at it. Thread-safe; merge() and the building of a
/// new base by one thread at a time.
class LiveGraph {
public:
    explicit LiveGraph(LiveGraphConfig config = {}) : config_(config) {}

    void change(GraphChange change);
    void change(FlagsChange change);

    /// Every change of before is in it. Without a lock for the reader afterwards.
    [[nodiscard]] FollowGraphPtr now();

    /// From here on all changes are kept for the base that is being made. Once more: from anew.
    void begin_base();
    /// The graph is now this base, with the changes since begin_base().
    void replace_base(std::shared_ptr<const GraphBase> base);

    /// One step of what the overlay needs to stay small. False if there is nothing to do. Not
    /// between begin_base() and replace_base().
    [[nodiscard]] bool merge();

private:
    /// What is not in graph_ yet becomes part of it. Under mutex_.
    void settle();

    const LiveGraphConfig config_;
    std::mutex mutex_;
    // Under mutex_:
    FollowGraphPtr graph_ = std::make_shared<const FollowGraph>();
    std::vector<GraphChange> waiting_;
    std::vector<FlagsChange> waiting_flags_;
    bool is_base_made_ = false;
    std::vector<GraphChange> since_;  ///< begin_base()
    std::vector<FlagsChange> since_flags_;

    // Of merge() alone:
    std::optional<GraphMerge> merge_;
};

}  // namespace rookery::discover
