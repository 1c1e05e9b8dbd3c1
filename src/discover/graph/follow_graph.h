#pragma once

#include "base/ids.h"
#include "base/random.h"
#include "discover/graph/packed_rows.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace rookery::discover {

/// What a walk and a suggestion must know of an account. Bits.
enum NodeFlags : std::uint8_t {
    kOpen = 0,
    kClosed = 1,    ///< its lists are not walked: it hides them, or is suspended
    kUnlisted = 2,  ///< not suggested: not discoverable, or suspended
    kUnknown = 4,   ///< nobody has looked yet: taken for closed and unlisted
};

struct GraphChange {
    AccountId follower;
    AccountId followee;
    bool follows = true;  ///< from now on, or no longer
};

struct FlagsChange {
    AccountId account;
    std::uint8_t flags = kOpen;
};

/// The list of one node: what is in the base, but for what was removed, and what was added since.
/// Rising, none twice. Valid as long as its graph.
class Neighbours {
public:
    Neighbours() = default;
    Neighbours(PackedRows::Row base, std::span<const Node> added, std::span<const Node> removed)
        : base_(base), added_(added), removed_(removed) {}

    [[nodiscard]] std::size_t size() const {
        return base_.size() - removed_.size() + added_.size();
    }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] bool contains(Node node) const {
        return std::ranges::binary_search(added_, node) ||
               (base_.contains(node) && !std::ranges::binary_search(removed_, node));
    }
    /// One of them, each as likely as any other. Not of an empty list.
    [[nodiscard]] Node pick(Random& random) const;

    /// Calls `visit(node)` for each, in rising order.
    template <class Visit>
    void for_each(Visit visit) const {
        auto added = added_.begin();
        auto removed = removed_.begin();
        for (std::uint32_t i = 0; i < base_.size(); ++i) {
            const Node node = base_[i];
            if (removed != removed_.end() && *removed == node) {
                ++removed;
                continue;
            }
            while (added != added_.end() && *added < node) {
                visit(*added++);
            }
            visit(node);
        }
        while (added != added_.end()) {
            visit(*added++);
        }
    }
    [[nodiscard]] std::vector<Node> all() const;

    friend std::vector<Node> intersection(const Neighbours& a, const Neighbours& b);

private:
    PackedRows::Row base_;
    std::span<const Node> added_;
    std::span<const Node> removed_;
};

/// The nodes that are in both lists, rising. Costs about the shorter list times the logarithm of
/// the longer one at most.
[[nodiscard]] std::vector<Node> intersection(const Neighbours& a, const Neighbours& b);

/// A graph as it was made: both directions, packed. Immutable and shared.
struct GraphBase {
    std::vector<AccountId>
        ids;  ///< of each node; rising, so that the order of nodes is that of ids
    std::vector<std::uint8_t> flags;
    PackedRows out;  ///< whom each follows
    PackedRows in;   ///< who follows each

    [[nodiscard]] std::size_t bytes() const;
};

/// Who follows whom, at one moment: a base and a small overlay of what changed since. Immutable, so
/// any number of threads read it without a lock; with() makes the next moment and shares with this
/// one all that did not change.
class FollowGraph {
public:
    /// Without anybody.
    FollowGraph();
    explicit FollowGraph(std::shared_ptr<const GraphBase> base);

    /// This graph after the changes, in their order. Those that change nothing are nothing: they
    /// may come twice. An account that was not there becomes a node, kUnknown, with its first
    /// follow; flags of accounts that are no nodes are dropped.
    [[nodiscard]] FollowGraph
    with(std::span<const GraphChange> changes, std::span<const FlagsChange> flags = {}) const;

    [[nodiscard]] std::optional<Node> node_of(AccountId account) const;
    [[nodiscard]] AccountId account_of(Node node) const {
        const std::size_t in_base = base_->ids.size();
        return node < in_base ? base_->ids[node] : late_->ids[node - in_base];
    }
    [[nodiscard]] std::uint8_t flags(Node node) const;
    [[nodiscard]] bool is_open(Node node) const {
        return (flags(node) & (kClosed | kUnknown)) == 0;
    }
    [[nodiscard]] bool is_listed(Node node) const {
        return (flags(node) & (kUnlisted | kUnknown)) == 0;
    }

    /// Whom `node` follows, and who follows it.
    [[nodiscard]] Neighbours out(Node node) const;
    [[nodiscard]] Neighbours in(Node node) const;
    [[nodiscard]] bool follows(Node follower, Node followee) const {
        return out(follower).contains(followee);
    }

    [[nodiscard]] std::uint32_t nodes() const {
        return static_cast<std::uint32_t>(base_->ids.size() + late_->ids.size());
    }
    [[nodiscard]] std::uint64_t edges() const { return edges_; }
    /// How many follows and accounts differ from the base.
    [[nodiscard]] std::size_t overlay_size() const { return overlay_size_; }
    /// Accounts that came after the base: the nodes from this one on.
    [[nodiscard]] Node first_late_node() const { return static_cast<Node>(base_->ids.size()); }
    [[nodiscard]] const GraphBase& base() const { return *base_; }

private:
    /// What changed of one node's lists; each rising.
    struct Patch {
        std::vector<Node> out_added;
        std::vector<Node> out_removed;
        std::vector<Node> in_added;
        std::vector<Node> in_removed;
        std::optional<std::uint8_t> flags;
    };
    using Bucket = boost::unordered_flat_map<Node, std::shared_ptr<const Patch>>;
    struct LateAccounts {
        std::vector<AccountId> ids;
        boost::unordered_flat_map<std::uint64_t, Node> nodes;
    };
    static constexpr std::size_t kBuckets = 256;
    class Edit;  // a graph that is being made of another

    [[nodiscard]] const Patch* patch_of(Node node) const;

    std::shared_ptr<const GraphBase> base_;
    std::array<std::shared_ptr<const Bucket>, kBuckets> buckets_;  ///< null: empty
    std::shared_ptr<const LateAccounts> late_;
    std::uint64_t edges_ = 0;
    std::size_t overlay_size_ = 0;
};
using FollowGraphPtr = std::shared_ptr<const FollowGraph>;

}  // namespace rookery::discover
