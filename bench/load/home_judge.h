#pragma once

#include "base/result.h"
#include "load/fetcher.h"
#include "load/graph.h"
#include "load/page.h"
#include "load/recorder.h"
#include "load/source.h"
#include "load/workload.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rookery::load {

struct HomeVerdict {
    std::size_t compared = 0;  ///< pages that were compared post by post
    std::vector<std::string> complaints;
};

/// Judges sampled home pages by the dataset's graph: whoever wrote is followed by the reader, and
/// the page is exactly the newest posts of all of them, as their own pages tell after the run
/// (which the server makes in another way than home pages). Posts that were acknowledged before a
/// page was asked for must be on it; those under way meanwhile may be.
class HomeJudge {
public:
    explicit HomeJudge(Scene scene);

    /// Reads the follows of the readers whose pages the plan keeps.
    [[nodiscard]] Result<void>
    read_graph(const std::string& path, const Workload& workload, const Plan& plan);
    /// Or takes any graph.
    void use_graph(std::unique_ptr<const Graph> graph) { graph_ = std::move(graph); }

    /// `answers` are right by themselves.
    [[nodiscard]] Result<HomeVerdict> judge(
        const Workload& workload,
        const std::vector<const KeptAnswer*>& answers,
        Fetcher& fetcher
    ) const;

private:
    struct Page {
        const KeptAnswer* answer = nullptr;
        std::vector<PageEntry> entries;
        PageBounds bounds;
        std::set<std::string, std::less<>> authors;  ///< who may be on it: ids
    };

    [[nodiscard]] std::set<std::string, std::less<>> authors_for(std::uint32_t reader) const;
    static void choose_affordable(std::vector<Page>& pages);

    Scene scene_;
    std::unordered_map<std::uint64_t, std::uint32_t> person_of_number_;
    std::unique_ptr<const Graph> graph_;
};

}  // namespace rookery::load
