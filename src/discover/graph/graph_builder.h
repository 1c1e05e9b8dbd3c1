#pragma once

#include "base/ids.h"
#include "discover/graph/follow_graph.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace rookery::discover {

/// Makes a GraphBase in steps: the row of each node in turn, then the other direction from them.
/// While it is at it, it takes about the memory of what it makes, and 8 bytes an account.
class GraphBuilder {
public:
    /// `ids` rising, `flags` of each; about so many edges will come.
    GraphBuilder(
        std::vector<AccountId> ids,
        std::vector<std::uint8_t> flags,
        std::uint64_t edges_about
    );

    [[nodiscard]] std::optional<Node> node_of(AccountId account) const;
    [[nodiscard]] const std::vector<AccountId>& ids() const { return base_->ids; }
    /// Whose row is to be added next; ids().size() when all have been.
    [[nodiscard]] Node next() const { return next_; }

    /// Rising, none twice, without the node itself.
    void add_row(std::span<const Node> followees);

    /// After the last row: does about `edges` edges' worth of the rest. False if nothing is left,
    /// and then made() is what was made.
    [[nodiscard]] bool work(std::size_t edges);
    [[nodiscard]] std::shared_ptr<const GraphBase> made() const { return base_; }

private:
    std::shared_ptr<GraphBase> base_;
    std::optional<PackedRows::Writer> out_;
    std::vector<std::uint32_t> in_sizes_;
    std::optional<PackedRows::Filler> in_;
    Node next_ = 0;
    Node turned_ = 0;  ///< nodes whose follows stand in the other direction, too
};

/// Makes a new base of a graph and its overlay, in steps. The graph is not changed.
class GraphMerge {
public:
    explicit GraphMerge(FollowGraphPtr graph);

    /// Does about `edges` edges' worth. False if nothing is left, and then made() is the base.
    [[nodiscard]] bool work(std::size_t edges);
    [[nodiscard]] std::shared_ptr<const GraphBase> made() const {
        return builder_ ? builder_->made() : nullptr;
    }

private:
    void number_anew();

    FollowGraphPtr graph_;
    std::vector<Node> old_of_new_;
    std::vector<Node> new_of_old_;
    std::optional<GraphBuilder> builder_;
    std::vector<Node> row_;
};

}  // namespace rookery::discover
