#include "discover/graph/live_graph.h"

#include <algorithm>
#include <utility>

namespace rookery::discover {

namespace {

/// More changes than that are not left for a reader to settle.
constexpr std::size_t kWaitingMax = 1'000;
constexpr std::uint64_t kMergedShare = 30;

}  // namespace

void LiveGraph::change(GraphChange change) {
    const std::scoped_lock lock(mutex_);
    if (is_base_made_) {
        since_.push_back(change);
    }
    waiting_.push_back(change);
    if (waiting_.size() > kWaitingMax) {
        settle();
    }
}

void LiveGraph::change(FlagsChange change) {
    const std::scoped_lock lock(mutex_);
    if (is_base_made_) {
        since_flags_.push_back(change);
    }
    // Flags of an account that its first follow makes a node: after that follow.
    waiting_flags_.push_back(change);
}

void LiveGraph::settle() {
    if (waiting_.empty() && waiting_flags_.empty()) {
        return;
    }
    graph_ = std::make_shared<const FollowGraph>(graph_->with(waiting_, waiting_flags_));
    waiting_.clear();
    waiting_flags_.clear();
}

FollowGraphPtr LiveGraph::now() {
    const std::scoped_lock lock(mutex_);
    settle();
    return graph_;
}

void LiveGraph::begin_base() {
    const std::scoped_lock lock(mutex_);
    is_base_made_ = true;
    since_.clear();
    since_flags_.clear();
}

void LiveGraph::replace_base(std::shared_ptr<const GraphBase> base) {
    FollowGraph fresh(std::move(base));
    for (;;) {
        std::vector<GraphChange> changes;
        std::vector<FlagsChange> flags;
        {
            const std::scoped_lock lock(mutex_);
            // The last few under the lock, so that none comes between.
            if (since_.size() + since_flags_.size() <= kWaitingMax) {
                is_base_made_ = false;
                graph_ = std::make_shared<const FollowGraph>(fresh.with(since_, since_flags_));
                waiting_.clear();
                waiting_flags_.clear();
                since_.clear();
                since_flags_.clear();
                return;
            }
            changes.swap(since_);
            flags.swap(since_flags_);
        }
        fresh = fresh.with(changes, flags);
    }
}

bool LiveGraph::merge() {
    if (!merge_) {
        const FollowGraphPtr graph = now();
        const std::uint64_t allowed =
            std::max<std::uint64_t>(config_.merged_changes_min, graph->edges() / kMergedShare);
        if (graph->overlay_size() <= allowed) {
            return false;
        }
        // In one go with the look at the graph, or a change between the two would be in neither.
        const std::scoped_lock lock(mutex_);
        settle();
        is_base_made_ = true;
        since_.clear();
        since_flags_.clear();
        merge_.emplace(graph_);
        return true;
    }
    if (!merge_->work(config_.step_edges)) {
        replace_base(merge_->made());
        merge_.reset();
    }
    return true;
}

}  // namespace rookery::discover
