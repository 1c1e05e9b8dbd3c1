// The index of this server as a library: from the text to the ids, without HTTP, posts and privacy.
#include "base/blocking_pool.h"
#include "discover/post_query.h"
#include "discover/post_terms.h"
#include "engine.h"
#include "kit/task_driver.h"
#include "search/segmented_index.h"

#include <stdexcept>
#include <utility>

namespace rookery::bench {

namespace {

/// As many as an index is filled with at once.
constexpr std::size_t kBatch = 2'000;

template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}
void must(Result<void> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
}

class RookeryEngine final : public Engine {
public:
    explicit RookeryEngine(const std::filesystem::path& folder) {
        search::SegmentedIndexConfig config;
        config.directory = folder;
        index_ = must(search::SegmentedIndex::open(config, pool_));
    }

    void add(std::uint64_t id, const std::string& text) override {
        social::Post post;
        post.id = PostId(id);
        post.author = AccountId(1 + id % 1'000);
        post.text = text;
        post.language = "en";
        changes_.push_back({discover::document_of(post, true), false});
        if (changes_.size() == kBatch) {
            apply();
        }
    }

    void finish() override {
        apply();
        must(kit::run(index_->flush()));
        index_->settle();
        must(kit::run(index_->flush()));
    }

    void newest(
        const std::vector<std::string>& words,
        std::size_t limit,
        std::vector<std::uint64_t>& ids
    ) override {
        std::string typed;
        for (const std::string& word : words) {
            typed += word + " ";
        }
        const auto parsed = must(discover::parse_post_query(typed, reader_));
        ports::SearchQuery query = discover::to_search(parsed, {});
        query.limit = limit;
        ids.clear();
        for (const auto& hit : must(kit::run(index_->search(std::move(query))))) {
            ids.push_back(hit.id);
        }
    }

private:
    void apply() { must(kit::run(index_->apply(std::exchange(changes_, {}), 1))); }

    const discover::PostQueryReader reader_{.languages = {"en"}, .local_host = "home.example"};
    BlockingPool pool_{1};
    std::unique_ptr<search::SegmentedIndex> index_;
    std::vector<ports::SearchChange> changes_;
};

}  // namespace

std::unique_ptr<Engine> open_engine(const std::filesystem::path& folder) {
    return std::make_unique<RookeryEngine>(folder);
}

}  // namespace rookery::bench
