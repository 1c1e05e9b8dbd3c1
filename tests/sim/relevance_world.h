#pragma once

#include "discover/post_search.h"
#include "ports/search_index.h"
#include "search/segmented_index.h"
#include "sim/judged_queries.h"
#include "sim/post_search_services.h"
#include "sim/relevance_model.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::sim {

/// A judged query's post, as it was made.
struct MadePost {
    std::uint64_t id = 0;
    int grade = 0;
};

/// Real posts of a hundred days with the judged ones among them, in an index, and beside it the
/// same in plain containers.
class RelevanceWorld : private PostSearchServices {
public:
    RelevanceWorld(const std::vector<std::string>& real, const std::vector<JudgedQuery>& judged);

    /// All that is found, page by page, the newest first.
    [[nodiscard]] std::vector<std::uint64_t> all(std::string_view typed, std::string_view reads);
    /// The first page by relevance.
    [[nodiscard]] std::vector<std::uint64_t>
    best(std::string_view typed, std::string_view reads, std::size_t limit);
    /// What they must be: all posts that match, with their scores, the best first.
    [[nodiscard]] std::vector<ModelHit> model(std::string_view typed, std::string_view reads);

    /// Of a post and its author's name, to be read where something is wrong.
    [[nodiscard]] std::string text_of(std::uint64_t id);

    /// In the order of the query's posts.
    [[nodiscard]] const std::vector<MadePost>& made_for(std::size_t query) const {
        return made_[query];
    }
    [[nodiscard]] std::size_t size() const { return model_.size(); }

private:
    AccountId create(std::string_view name, bool indexable = true);
    void post_real(const std::string& text, std::size_t number);
    void post_judged(const JudgedPost& judged, std::vector<MadePost>& made, std::size_t at);
    social::PostPtr post(social::NewPost draft);
    void build_index();
    [[nodiscard]] std::vector<std::uint64_t> page(discover::PostSearchRequest request);

    std::map<std::string, AccountId, std::less<>> people_;
    std::vector<AccountId> writers_;
    AccountId searcher_;
    PostId first_;
    std::vector<std::vector<MadePost>> made_;
    RelevanceModel model_;
    std::unique_ptr<search::SegmentedIndex> index_;
    std::unique_ptr<discover::PostSearch> search_;
};

}  // namespace rookery::sim
