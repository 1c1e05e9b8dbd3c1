#include "discover/graph/follow_graph.h"

#include "discover/graph/account_places.h"

#include <bitset>
#include <utility>

namespace rookery::discover {

namespace {

/// So many times a removed entry may be drawn before the list is written out.
constexpr int kDrawsMax = 64;

void insert_sorted(std::vector<Node>& list, Node node) {
    list.insert(std::ranges::lower_bound(list, node), node);
}

bool erase_sorted(std::vector<Node>& list, Node node) {
    const auto at = std::ranges::lower_bound(list, node);
    if (at == list.end() || *at != node) {
        return false;
    }
    list.erase(at);
    return true;
}

}  // namespace

Node Neighbours::pick(Random& random) const {
    const std::uint64_t all_entries = base_.size() + added_.size();
    for (int i = 0; i < kDrawsMax; ++i) {
        const std::uint64_t drawn = random.below(all_entries);
        if (drawn >= base_.size()) {
            return added_[drawn - base_.size()];
        }
        const Node node = base_[drawn];
        if (removed_.empty() || !std::ranges::binary_search(removed_, node)) {
            return node;
        }
    }
    const std::vector<Node> rest = all();
    return rest[random.below(rest.size())];
}

std::vector<Node> Neighbours::all() const {
    std::vector<Node> nodes;
    nodes.reserve(size());
    for_each([&nodes](Node node) { nodes.push_back(node); });
    return nodes;
}

std::vector<Node> intersection(const Neighbours& a, const Neighbours& b) {
    const Neighbours& shorter = a.size() <= b.size() ? a : b;
    const Neighbours& longer = a.size() <= b.size() ? b : a;
    std::vector<Node> both;
    std::uint32_t at = 0;
    shorter.for_each([&](Node node) {
        at = longer.base_.seek(node, at);
        const bool in_base = at < longer.base_.size() && longer.base_[at] == node;
        if (in_base ? !std::ranges::binary_search(longer.removed_, node)
                    : std::ranges::binary_search(longer.added_, node)) {
            both.push_back(node);
        }
    });
    return both;
}

std::size_t GraphBase::bytes() const {
    return (ids.size() * sizeof(AccountId)) + flags.size() + out.bytes() + in.bytes();
}

/// Copies a bucket and a patch when it first changes them; those of the former graph stay as they
/// are.
class FollowGraph::Edit {
public:
    explicit Edit(const FollowGraph& from) : graph_(from) {}

    void apply(const GraphChange& change) {
        if (change.follower == change.followee) {
            return;
        }
        const auto from = change.follows ? node_for(change.follower) : find(change.follower);
        const auto to = change.follows ? node_for(change.followee) : find(change.followee);
        if (!from || !to || graph_.follows(*from, *to) == change.follows) {
            return;
        }
        Patch& source = patch(*from);
        const bool is_undone = set(source.out_added, source.out_removed, *to, change.follows);
        Patch& target = patch(*to);
        set(target.in_added, target.in_removed, *from, change.follows);
        graph_.overlay_size_ = is_undone ? graph_.overlay_size_ - 1 : graph_.overlay_size_ + 1;
        if (change.follows) {
            ++graph_.edges_;
        } else {
            --graph_.edges_;
        }
    }

    void apply(const FlagsChange& change) {
        const auto node = find(change.account);
        if (node && graph_.flags(*node) != change.flags) {
            patch(*node).flags = change.flags;
            ++graph_.overlay_size_;
        }
    }

    FollowGraph finish() && { return std::move(graph_); }

private:
    /// True if this undoes a change of before: what was removed from the base comes back, or what
    /// was added goes again.
    static bool set(std::vector<Node>& added, std::vector<Node>& removed, Node node, bool present) {
        if (erase_sorted(present ? removed : added, node)) {
            return true;
        }
        insert_sorted(present ? added : removed, node);
        return false;
    }

    std::optional<Node> find(AccountId account) const { return graph_.node_of(account); }

    std::optional<Node> node_for(AccountId account) {
        if (const auto known = find(account)) {
            return known;
        }
        if (!own_late_) {
            own_late_ = std::make_shared<LateAccounts>(*graph_.late_);
            graph_.late_ = own_late_;
        }
        const Node node = graph_.nodes();
        own_late_->ids.push_back(account);
        own_late_->nodes.emplace(account.value, node);
        ++graph_.overlay_size_;
        return node;
    }

    Patch& patch(Node node) {
        const std::size_t index = node % kBuckets;
        auto& place = graph_.buckets_[index];
        if (!own_buckets_[index]) {
            place = place ? std::make_shared<Bucket>(*place) : std::make_shared<Bucket>();
            own_buckets_[index] = true;
        }
        // Made by this object a moment ago, so nobody else reads it yet.
        auto& bucket = const_cast<Bucket&>(*place);  // NOLINT(*-const-cast)
        auto& held = bucket[node];
        auto [own, is_first] = own_patches_.try_emplace(node, nullptr);
        if (is_first) {
            own->second = held ? std::make_shared<Patch>(*held) : std::make_shared<Patch>();
            held = own->second;
        }
        return *own->second;
    }

    FollowGraph graph_;
    std::bitset<kBuckets> own_buckets_;
    boost::unordered_flat_map<Node, std::shared_ptr<Patch>> own_patches_;
    std::shared_ptr<LateAccounts> own_late_;
};

FollowGraph::FollowGraph()
    : FollowGraph([] {
          auto base = std::make_shared<GraphBase>();
          base->out = PackedRows::Filler({}).finish();
          base->in = PackedRows::Filler({}).finish();
          return base;
      }()) {}

FollowGraph::FollowGraph(std::shared_ptr<const GraphBase> base)
    : base_(std::move(base)),
      late_(std::make_shared<const LateAccounts>()),
      edges_(base_->out.entries()) {}

FollowGraph
FollowGraph::with(std::span<const GraphChange> changes, std::span<const FlagsChange> flags) const {
    Edit edit(*this);
    for (const GraphChange& change : changes) {
        edit.apply(change);
    }
    for (const FlagsChange& change : flags) {
        edit.apply(change);
    }
    return std::move(edit).finish();
}

std::optional<Node> FollowGraph::node_of(AccountId account) const {
    if (const auto place = place_of(base_->ids, account)) {
        return place;
    }
    const auto late = late_->nodes.find(account.value);
    return late == late_->nodes.end() ? std::nullopt : std::optional(late->second);
}

const FollowGraph::Patch* FollowGraph::patch_of(Node node) const {
    const auto& bucket = buckets_[node % kBuckets];
    if (!bucket) {
        return nullptr;
    }
    const auto found = bucket->find(node);
    return found == bucket->end() ? nullptr : found->second.get();
}

std::uint8_t FollowGraph::flags(Node node) const {
    if (const Patch* patch = patch_of(node); patch != nullptr && patch->flags) {
        return *patch->flags;
    }
    return node < base_->flags.size() ? base_->flags[node] : kUnknown;
}

Neighbours FollowGraph::out(Node node) const {
    const auto row = node < base_->ids.size() ? base_->out.row(node) : PackedRows::Row();
    const Patch* patch = patch_of(node);
    return patch == nullptr ? Neighbours(row, {}, {})
                            : Neighbours(row, patch->out_added, patch->out_removed);
}

Neighbours FollowGraph::in(Node node) const {
    const auto row = node < base_->ids.size() ? base_->in.row(node) : PackedRows::Row();
    const Patch* patch = patch_of(node);
    return patch == nullptr ? Neighbours(row, {}, {})
                            : Neighbours(row, patch->in_added, patch->in_removed);
}

}  // namespace rookery::discover
