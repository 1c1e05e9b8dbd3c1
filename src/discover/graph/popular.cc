#include "discover/graph/popular.h"

#include "discover/graph/scope.h"

#include <algorithm>

namespace rookery::discover {

std::vector<AccountId> most_followed(const FollowGraph& graph, std::size_t count) {
    std::vector<Scored> best;
    const auto is_better = [](const Scored& a, const Scored& b) {
        return a.score != b.score ? a.score > b.score : a.node < b.node;
    };
    const auto keep_best = [&] {
        std::ranges::sort(best, is_better);
        best.resize(std::min(best.size(), count));
    };
    for (Node node = 0; node < graph.nodes(); ++node) {
        const std::size_t followers = graph.in(node).size();
        const auto score = static_cast<double>(followers);
        const bool may_count = best.size() < count || score >= best[count - 1].score;
        if (followers == 0 || !may_count || !graph.is_listed(node)) {
            continue;
        }
        best.push_back({node, score});
        if (best.size() >= 2 * count) {
            keep_best();
        }
    }
    keep_best();
    std::vector<AccountId> ids;
    ids.reserve(best.size());
    for (const Scored& one : best) {
        ids.push_back(graph.account_of(one.node));
    }
    return ids;
}

}  // namespace rookery::discover
