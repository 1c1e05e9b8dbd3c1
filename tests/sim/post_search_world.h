#pragma once

#include "base/random.h"
#include "discover/post_indexer.h"
#include "discover/post_search.h"
#include "kit/task_driver.h"
#include "search/segmented_index.h"
#include "sim/post_search_services.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rookery::sim {

/// What somebody asks for, as a person types it and as the model reads it.
struct MadeUpQuery {
    std::vector<std::string> words;     ///< all of them
    std::vector<std::string> unwanted;  ///< none of them
    std::vector<std::string> phrase;    ///< side by side
    std::optional<std::size_t> from;    ///< a person's number
    std::string scope;                  ///< "", "public", "library"
    bool only_replies = false;

    [[nodiscard]] std::string typed(const std::vector<std::string>& names) const;
};

/// People who post, edit, delete, react, block and hide, over a store in memory, with an index of
/// posts that is told late, twice, and killed.
class PostSearchWorld : private PostSearchServices {
public:
    explicit PostSearchWorld(std::uint64_t seed);

    /// Something happens, chosen at random.
    void step();
    /// The indexer handles all that happened, in groups, some of them twice, and does its work.
    void drain();

    [[nodiscard]] MadeUpQuery made_up_query();
    /// Page by page to the end.
    [[nodiscard]] std::vector<std::uint64_t>
    search(std::size_t reader, const MadeUpQuery& query, ports::SearchOrder order);
    /// What search() must find by time: looks at every post.
    [[nodiscard]] std::vector<std::uint64_t> model(std::size_t reader, const MadeUpQuery& query);

    Random random;
    std::vector<std::string> names;

private:
    void post();
    void change_post();
    void react();
    void relate();
    void open_index();
    [[nodiscard]] AccountId anybody() { return people_[random.below(people_.size())]; }
    [[nodiscard]] social::PostPtr any_post();
    [[nodiscard]] std::string made_up_text();
    [[nodiscard]] bool is_there(const social::Post& post, const MadeUpQuery& query) const;

    std::unique_ptr<search::SegmentedIndex> index_;
    std::unique_ptr<discover::PostIndexer> indexer_;
    std::unique_ptr<discover::PostSearch> post_search_;
    ports::EventId handled_ = 0;

    std::vector<AccountId> people_;
    std::vector<PostId> posted_;                             ///< those deleted too
    std::map<std::size_t, std::set<std::uint64_t>> marked_;  ///< by a person's number
};

}  // namespace rookery::sim
