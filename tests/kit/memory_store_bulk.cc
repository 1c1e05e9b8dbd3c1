#include "kit/memory_store.h"
#include "ports/bulk_load.h"

#include <algorithm>
#include <utility>

namespace rookery::kit {

using ports::Batch;
using ports::Key;
using ports::KeyView;

/// Keeps the runs as batches until finish().
class MemoryStore::Bulk final : public ports::BulkLoad {
public:
    explicit Bulk(MemoryStore& store) : store_(store) {}
    ~Bulk() override {
        const std::lock_guard lock(store_.mutex_);
        store_.bulk_loading_ = false;
    }
    Bulk(const Bulk&) = delete;
    Bulk& operator=(const Bulk&) = delete;

    Result<std::unique_ptr<ports::BulkWriter>> writer() override {
        return std::unique_ptr<ports::BulkWriter>(std::make_unique<Writer>(*this));
    }

    Task<Result<void>> finish() override {
        co_await store_.yield_if_asked();
        std::ranges::sort(runs_, [](const Batch& a, const Batch& b) {
            return comes_before(a.operations.front().key, b.operations.front().key);
        });
        Batch all;
        for (Batch& run : runs_) {
            if (!all.operations.empty() &&
                !comes_before(all.operations.back().key, run.operations.front().key)) {
                co_return fail(ErrorCode::kInvalid, "runs of a bulk load must not overlap");
            }
            std::ranges::move(run.operations, std::back_inserter(all.operations));
        }
        Result<void> loaded = co_await store_.load(std::move(all));
        co_return loaded;
    }

private:
    static KeyView view(const Key& key) { return {key.table, key.partition, key.sort}; }
    static bool comes_before(const Key& a, const Key& b) {
        return ports::loads_before(view(a), view(b));
    }

    class Writer final : public ports::BulkWriter {
    public:
        explicit Writer(Bulk& load) : load_(load) {}

        Result<void> put(const KeyView& key, std::string_view value) override {
            TRY(Key owned, next(key));
            run_.put(std::move(owned), std::string(value));
            return {};
        }
        Result<void> add(const KeyView& key, const ports::Counters& delta) override {
            TRY(Key owned, next(key));
            run_.add(std::move(owned), delta);
            return {};
        }
        Result<void> close() override {
            const std::lock_guard lock(load_.mutex_);
            if (!run_.operations.empty()) {
                load_.runs_.push_back(std::move(run_));
            }
            return {};
        }

    private:
        Result<Key> next(const KeyView& key) const {
            if (!run_.operations.empty() &&
                !ports::loads_before(view(run_.operations.back().key), key)) {
                return fail(ErrorCode::kInvalid, "rows of a bulk load must rise by key");
            }
            if (key.partition.size() > ports::kPartitionBytesMax) {
                return fail(ErrorCode::kInvalid, "partition of a row is over 255 bytes");
            }
            return Key{key.table, std::string(key.partition), std::string(key.sort)};
        }

        Bulk& load_;
        Batch run_;
    };

    MemoryStore& store_;
    std::mutex mutex_;
    std::vector<Batch> runs_;  // guarded by mutex_
};

Task<Result<std::unique_ptr<ports::BulkLoad>>> MemoryStore::begin_bulk_load(
    std::vector<ports::Table> empty
) {
    co_await yield_if_asked();
    const std::lock_guard lock(mutex_);
    if (bulk_loading_) {
        co_return fail(ErrorCode::kUnavailable, "another bulk load is under way");
    }
    for (const ports::Table table : empty) {
        const auto first = rows_.lower_bound(RowKey(static_cast<std::uint8_t>(table), "", ""));
        if (first != rows_.end() && std::get<0>(first->first) == static_cast<std::uint8_t>(table)) {
            co_return fail(ErrorCode::kConflict, "a table has rows that must have none");
        }
    }
    bulk_loading_ = true;
    co_return std::unique_ptr<ports::BulkLoad>(std::make_unique<Bulk>(*this));
}

}  // namespace rookery::kit
