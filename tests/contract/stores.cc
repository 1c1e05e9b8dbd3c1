#include "base/blocking_pool.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "contract/store_contract.h"
#include "kit/memory_store.h"
#include "kit/temporary_directory.h"
#include "store/rocks_store.h"

namespace rookery::contract {

namespace {

class InMemory final : public StoreUnderTest {
public:
    ports::Store& store() override { return store_; }
    ports::Partitions& partitions() override { return store_; }
    void reopen() override {}

private:
    kit::MemoryStore store_;
};

class OnRocks final : public StoreUnderTest {
public:
    explicit OnRocks(store::SyncMode sync) : sync_(sync) { reopen(); }

    ports::Store& store() override { return *store_; }
    ports::Partitions& partitions() override { return *store_; }
    void reopen() override {
        store_.reset();
        store::RocksStoreConfig config;
        config.directory = directory_.path() / "data";
        config.sync = sync_;
        store_ = store::RocksStore::open(config, clock_, pool_, registry_).value();
    }

private:
    const store::SyncMode sync_;
    kit::TemporaryDirectory directory_;
    SystemClock clock_;
    BlockingPool pool_{2};
    metrics::Registry registry_;
    std::unique_ptr<store::RocksStore> store_;
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(
    Stores,
    StoreContract,
    testing::Values(
        StoreCase{"MemoryStore", [] { return std::make_unique<InMemory>(); }},
        StoreCase{"RocksStore", [] { return std::make_unique<OnRocks>(store::SyncMode::kAlways); }},
        StoreCase{
            "RocksStoreInterval",
            [] { return std::make_unique<OnRocks>(store::SyncMode::kInterval); }
        }
    ),
    [](const testing::TestParamInfo<StoreCase>& info) { return info.param.name; }
);

}  // namespace rookery::contract
