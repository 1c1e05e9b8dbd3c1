#include "discover/graph/graph_builder.h"

#include "discover/graph/account_places.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <ranges>
#include <utility>

namespace rookery::discover {

GraphBuilder::GraphBuilder(
    std::vector<AccountId> ids,
    std::vector<std::uint8_t> flags,
    std::uint64_t edges_about
)
    : base_(std::make_shared<GraphBase>()), in_sizes_(ids.size()) {
    out_.emplace(ids.size(), edges_about);
    base_->ids = std::move(ids);
    base_->flags = std::move(flags);
}

std::optional<Node> GraphBuilder::node_of(AccountId account) const {
    return place_of(base_->ids, account);
}

void GraphBuilder::add_row(std::span<const Node> followees) {
    out_->add(followees);
    for (const Node followee : followees) {
        ++in_sizes_[followee];
    }
    ++next_;
}

bool GraphBuilder::work(std::size_t edges) {
    if (out_) {
        base_->out = std::move(*out_).finish();
        out_.reset();
        in_.emplace(std::move(in_sizes_));
        return true;
    }
    // Followers come in rising order, so the lists of followers do, too.
    for (std::size_t done = 0; turned_ < next_ && done < edges; ++turned_) {
        const PackedRows::Row row = base_->out.row(turned_);
        for (std::uint32_t i = 0; i < row.size(); ++i) {
            in_->append(row[i], turned_);
        }
        done += row.size() + 1;
    }
    if (turned_ < next_) {
        return true;
    }
    if (in_) {
        base_->in = std::move(*in_).finish();
        in_.reset();
    }
    return false;
}

GraphMerge::GraphMerge(FollowGraphPtr graph) : graph_(std::move(graph)) {}

void GraphMerge::number_anew() {
    const Node count = graph_->nodes();
    const auto by_id = [this](Node node) { return graph_->account_of(node); };
    std::vector<Node> late(count - graph_->first_late_node());
    std::iota(late.begin(), late.end(), graph_->first_late_node());
    std::ranges::sort(late, {}, by_id);
    old_of_new_.reserve(count);
    std::ranges::merge(
        std::views::iota(Node{0}, graph_->first_late_node()),
        late,
        std::back_inserter(old_of_new_),
        {},
        by_id,
        by_id
    );
    new_of_old_.resize(count);
    std::vector<AccountId> ids(count);
    std::vector<std::uint8_t> flags(count);
    for (Node node = 0; node < count; ++node) {
        new_of_old_[old_of_new_[node]] = node;
        ids[node] = by_id(old_of_new_[node]);
        flags[node] = graph_->flags(old_of_new_[node]);
    }
    builder_.emplace(std::move(ids), std::move(flags), graph_->edges());
}

bool GraphMerge::work(std::size_t edges) {
    if (!builder_) {
        number_anew();
        return true;
    }
    if (builder_->next() == old_of_new_.size()) {
        return builder_->work(edges);
    }
    for (std::size_t done = 0; builder_->next() < old_of_new_.size() && done < edges;) {
        row_.clear();
        bool is_sorted = true;
        graph_->out(old_of_new_[builder_->next()]).for_each([&](Node old) {
            const Node node = new_of_old_[old];
            is_sorted = is_sorted && (row_.empty() || row_.back() < node);
            row_.push_back(node);
        });
        if (!is_sorted) {
            std::ranges::sort(row_);
        }
        builder_->add_row(row_);
        done += row_.size() + 1;
    }
    return true;
}

}  // namespace rookery::discover
