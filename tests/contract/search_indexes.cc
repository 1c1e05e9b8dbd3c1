#include "base/blocking_pool.h"
#include "contract/search_index_contract.h"
#include "kit/memory_search_index.h"
#include "kit/temporary_directory.h"
#include "search/segmented_index.h"

namespace rookery::contract {

namespace {

class InMemory final : public SearchIndexUnderTest {
public:
    ports::SearchIndex& index() override { return index_; }
    bool reopen() override { return false; }

private:
    kit::MemorySearchIndex index_;
};

class InSegments final : public SearchIndexUnderTest {
public:
    InSegments() { reopen(); }

    ports::SearchIndex& index() override { return *index_; }
    bool reopen() override {
        index_.reset();
        search::SegmentedIndexConfig config;
        config.directory = directory_.path() / "search";
        config.merge_width = 3;
        config.memory_segment_bytes_max = 1'000;
        index_ = search::SegmentedIndex::open(config, pool_).value();
        return true;
    }

private:
    kit::TemporaryDirectory directory_;
    BlockingPool pool_{2};
    std::unique_ptr<search::SegmentedIndex> index_;
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(
    SearchIndexes,
    SearchIndexContract,
    testing::Values(
        SearchIndexCase{"MemorySearchIndex", [] { return std::make_unique<InMemory>(); }},
        SearchIndexCase{"SegmentedIndex", [] { return std::make_unique<InSegments>(); }}
    ),
    [](const testing::TestParamInfo<SearchIndexCase>& info) { return info.param.name; }
);

}  // namespace rookery::contract
